import { Alert, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { EvseNow, Why } from '../../../src/app/api/hub-view.ts'
import { type Coded, formatNumber, limitName } from '../../../src/base/words/index.ts'
import { get } from '../api/client.ts'
import { CommandButton } from '../operate/command-button.tsx'
import { Figure } from '../parts/figure.tsx'
import { EvseHistory } from '../parts/history-chart.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { Waterfall } from '../parts/waterfall.tsx'
import { useSettings } from '../shell/settings.tsx'
import { Failures } from './failures.tsx'
import { modeWords } from './state.ts'

const AGAIN_ms = 5000
/** A vehicle that draws less of its limit is not held back by it. */
const FILLS_frac = 0.97

function WhyThisPower({ evse }: { readonly evse: EvseNow }) {
  const { t, told, language } = useSettings()
  const path = `evses/${encodeURIComponent(evse.stationId)}/${evse.evse}/why`
  const { data, error } = useQuery({
    queryKey: ['why', path],
    queryFn: () => get<readonly Why[]>(path),
    refetchInterval: AGAIN_ms,
  })
  if (!data && error) return <Trouble error={error} />
  if (!data || data.length === 0) return <Text size="sm">{t('web.why.nothing')}</Text>
  const nameOf = ({ code, params }: Coded) =>
    code === 'control.source.node' ? limitName(String(params['source']), language) : told(code, params)
  const limits = data.map(({ power_kW, reason }, at) => ({
    key: `${at} ${reason.code}`,
    name: nameOf(reason),
    power_kW,
  }))
  const drawn_kW = evse.power_kW ?? 0
  const takesLess = drawn_kW < FILLS_frac * (data[0]?.power_kW ?? 0)
  const steps = takesLess ? [{ key: 'vehicle', name: t('web.why.vehicle'), power_kW: drawn_kW }, ...limits] : limits
  return <Waterfall title={t('web.why.title')} steps={steps} />
}

function Readings({ evse }: { readonly evse: EvseNow }) {
  const { t, language } = useSettings()
  const number = (value: number | null, unit: string, digits = 0) =>
    value === null ? t('web.unknown') : `${formatNumber(value, language, digits)} ${unit}`
  return (
    <Group gap="lg">
      <Figure name={t('web.evse.mode')} value={t(modeWords[evse.mode])} />
      <Figure name={t('web.match.power')} value={number(evse.power_kW, 'kW', 1)} />
      <Figure name={t('web.evse.limit')} value={number(evse.limit_kW, 'kW', 1)} />
      <Figure name={t('web.match.soc')} value={number(evse.soc_frac === null ? null : 100 * evse.soc_frac, '%')} />
      <Figure name={t('web.match.vehicle')} value={evse.vehicle ?? t('web.unknown')} />
      <Figure name={t('web.evse.cable')} value={number(evse.cable_degC, '°C')} />
    </Group>
  )
}

function Commands({ evse }: { readonly evse: EvseNow }) {
  const { t } = useSettings()
  const { stationId, evse: number, id, transaction, mode } = evse
  return (
    <Group>
      {transaction === null ? null : (
        <CommandButton
          label={t('web.evse.stop')}
          says={t('web.evse.stopSays', { id })}
          command={{ name: 'stop', transaction }}
        />
      )}
      <CommandButton
        label={t(mode === 'unavailable' ? 'web.evse.open' : 'web.evse.close')}
        says={t(mode === 'unavailable' ? 'web.evse.openSays' : 'web.evse.closeSays', { id })}
        command={{ name: 'availability', stationId, evse: number, operative: mode === 'unavailable' }}
      />
      <CommandButton
        label={t('web.evse.reset')}
        says={t('web.evse.resetSays', { station: stationId })}
        command={{ name: 'reset', stationId, evse: null, when: 'now' }}
      />
    </Group>
  )
}

interface Props {
  readonly evse: EvseNow | null
  /** Its station is simulated. */
  readonly isVirtual: boolean
  readonly onClose: () => void
}

/** Everything about one EVSE: readings, why it has this power, what one can do. */
export function EvseDrawer({ evse, isVirtual, onClose }: Props) {
  const { t } = useSettings()
  return (
    <Drawer
      opened={evse !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={
        evse ? (
          <Text fw={700} dir="auto">
            {evse.id}
          </Text>
        ) : null
      }
      closeButtonProps={{ 'aria-label': t('web.close') }}
    >
      {evse ? (
        <Stack>
          {evse.trouble === null ? null : (
            <Alert color="red" title={t('web.evse.stationSays')}>
              <span dir="auto">{evse.trouble}</span>
            </Alert>
          )}
          <Readings evse={evse} />
          <Title order={2} size="h4">
            {t('web.why.title')}
          </Title>
          <WhyThisPower evse={evse} />
          <EvseHistory stationId={evse.stationId} evse={evse.evse} />
          <Commands evse={evse} />
          {isVirtual ? <Failures stationId={evse.stationId} evse={evse.evse} /> : null}
          <Button variant="default" onClick={onClose}>
            {t('web.close')}
          </Button>
        </Stack>
      ) : null}
    </Drawer>
  )
}
