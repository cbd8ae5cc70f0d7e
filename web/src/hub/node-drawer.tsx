import { Drawer, Group, Stack, Text } from '@mantine/core'
import { formatNumber } from '../../../src/base/words/index.ts'
import { Figure } from '../parts/figure.tsx'
import { HistoryChart } from '../parts/history-chart.tsx'
import { useSettings } from '../shell/settings.tsx'
import type { HubPlan } from './plan.ts'
import type { HubState } from './state.ts'

interface Props {
  /** null: none is chosen. */
  readonly nodeKey: string | null
  readonly plan: HubPlan | null
  readonly state: HubState | null
  readonly onClose: () => void
}

function limitOf(plan: HubPlan | null, key: string): number | null {
  if (!plan || key === 'grid') return plan?.import_kW ?? null
  const id = key.replace(/^\S+ /, '')
  const circuit = plan.circuits.find((one) => key === `circuit ${one.id}`)
  return circuit?.max_kW ?? plan.cabinets.find((one) => one.id === id)?.power_kW ?? null
}

/** The grid connection, a circuit or a cabinet: its load against its limit, now and over the last hour. */
export function NodeDrawer({ nodeKey, plan, state, onClose }: Props) {
  const { t, language } = useSettings()
  const isNode = nodeKey !== null && /^(grid$|circuit |cabinet )/.test(nodeKey)
  const number = (value: number | null | undefined) =>
    value == null ? t('web.unknown') : `${formatNumber(value, language, 0)} kW`
  const name = nodeKey === 'grid' ? t('web.hub.grid') : (nodeKey?.replace(/^\S+ /, '') ?? '')
  return (
    <Drawer
      opened={isNode}
      onClose={onClose}
      position="right"
      size="lg"
      title={<Text fw={700}>{name}</Text>}
      closeButtonProps={{ 'aria-label': t('web.close') }}
    >
      {isNode ? (
        <Stack>
          <Group gap="lg">
            <Figure name={t('web.match.power')} value={number(state?.power_kW[nodeKey])} />
            <Figure name={t('web.time.limit')} value={number(state?.limit_kW[nodeKey] ?? limitOf(plan, nodeKey))} />
          </Group>
          <HistoryChart nodeKey={nodeKey} name={name} />
        </Stack>
      ) : null}
    </Drawer>
  )
}
