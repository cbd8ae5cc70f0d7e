import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { EvseNow } from '../../../src/app/api/hub-view.ts'
import { formatNumber } from '../../../src/base/words/index.ts'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { useSettings } from '../shell/settings.tsx'
import { Drawing } from './drawing.tsx'
import type { HubPlan } from './plan.ts'
import { type HubState, modeWords } from './state.ts'

interface Props {
  readonly plan: HubPlan
  readonly state: HubState | null
  readonly evses: readonly EvseNow[]
  readonly onChoose: (key: string) => void
}

/** From how many EVSEs on, and up to what width, the table is what one sees first. */
const MANY = 100
const NARROW_px = 600

function useColumns(onChoose: Props['onChoose']): readonly Column<EvseNow>[] {
  const { t, language } = useSettings()
  const number = (value: number | null) => (value === null ? '–' : formatNumber(value, language, 0))
  return [
    {
      head: 'EVSE',
      text: ({ id }) => id,
      cell: ({ id }) => (
        <Button size="compact-sm" variant="subtle" onClick={() => onChoose(`evse ${id}`)}>
          {id}
        </Button>
      ),
    },
    {
      head: t('web.evse.mode'),
      text: ({ mode }) => t(modeWords[mode]),
      cell: ({ mode }) => (
        <Badge
          variant="light"
          color={mode === 'charging' ? 'teal' : mode === 'faulted' || mode === 'offline' ? 'red' : 'gray'}
        >
          {t(modeWords[mode])}
        </Badge>
      ),
    },
    { head: `${t('web.match.power')}, kW`, text: ({ power_kW }) => number(power_kW), isNumber: true },
    { head: `${t('web.evse.limit')}, kW`, text: ({ limit_kW }) => number(limit_kW), isNumber: true },
    {
      head: `${t('web.match.soc')}, %`,
      text: ({ soc_frac }) => number(soc_frac === null ? null : 100 * soc_frac),
      isNumber: true,
    },
    { head: t('web.match.vehicle'), text: ({ vehicle }) => vehicle ?? '–' },
    { head: t('web.evse.trouble'), text: ({ trouble }) => trouble ?? '' },
  ]
}

/** What the colours mean, and how sure they are. */
function Legend({ plan }: Pick<Props, 'plan'>) {
  const { t } = useSettings()
  return (
    <Stack gap={2}>
      {plan.cabinets.some(({ module_kW }) => module_kW !== null) ? (
        <Text size="sm">{t('web.hub.legend.modules')}</Text>
      ) : null}
      <Group gap="xs">
        <Text size="sm">{t('web.hub.legend.cable')}</Text>
        <Text size="sm">20 °C</Text>
        <svg width="120" height="8" aria-hidden="true">
          <defs>
            <linearGradient id="cable-colours">
              {[220, 165, 110, 55, 0].map((hue, at) => (
                <stop key={hue} offset={at / 4} stopColor={`hsl(${hue} 75% 50%)`} />
              ))}
            </linearGradient>
          </defs>
          <rect width="120" height="8" rx="4" fill="url(#cable-colours)" />
        </svg>
        <Text size="sm">90 °C</Text>
      </Group>
    </Stack>
  )
}

/** The hub as a drawing, or the same as a table. */
export function HubViews({ plan, state, evses, onChoose }: Props) {
  const { t } = useSettings()
  const [view, setView] = useState<'drawing' | 'table'>(
    evses.length > MANY || window.innerWidth < NARROW_px ? 'table' : 'drawing',
  )
  const columns = useColumns(onChoose)
  return (
    <Stack gap="xs">
      <SegmentedControl
        w="fit-content"
        aria-label={t('web.hub.view')}
        value={view}
        onChange={(value) => setView(value as typeof view)}
        data={[
          { value: 'drawing', label: t('web.chart.asPicture') },
          { value: 'table', label: t('web.chart.asTable') },
        ]}
      />
      {view === 'drawing' ? (
        <>
          <Drawing plan={plan} state={state} onChoose={onChoose} />
          <Legend plan={plan} />
        </>
      ) : (
        <DataTable label="EVSEs" rows={evses} columns={columns} keyOf={({ id }) => id} empty={t('web.hub.empty')} />
      )}
    </Stack>
  )
}
