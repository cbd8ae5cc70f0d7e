import { SegmentedControl, Select, SimpleGrid } from '@mantine/core'
import { useSettings } from '../shell/settings.tsx'
import type { ScenarioName } from './study.ts'

/** What to compare with: the same scenario with no lever turned, or another one. */
export const UNTURNED = 'unturned'

interface Props {
  readonly scenarios: readonly ScenarioName[]
  readonly scenario: string
  readonly other: string | null
  readonly isStacked: boolean
  readonly onScenario: (id: string) => void
  readonly onOther: (id: string | null) => void
  readonly onStacked: (isStacked: boolean) => void
}

/** Region and scenario, what to compare it with, and how shares are drawn. */
export function Choices({ scenarios, scenario, other, isStacked, onScenario, onOther, onStacked }: Props) {
  const { t } = useSettings()
  const region = scenarios.find(({ id }) => id === scenario)?.region ?? null
  const regions = [...new Map(scenarios.map((one) => [one.region, one.regionName]))]
  const title = (one: ScenarioName) => (one.isPlain ? t('web.market.asItGoes', { region: one.title }) : one.title)
  const toRegion = (next: string | null) => {
    const first = scenarios.find((one) => one.region === next)
    if (first) onScenario(first.id)
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} style={{ alignItems: 'end' }}>
      <Select
        label={t('market.report.region')}
        data={regions.map(([value, label]) => ({ value, label }))}
        value={region}
        allowDeselect={false}
        onChange={toRegion}
      />
      <Select
        label={t('web.market.scenario')}
        data={scenarios.filter((one) => one.region === region).map((one) => ({ value: one.id, label: title(one) }))}
        value={scenario}
        allowDeselect={false}
        onChange={(id) => id && onScenario(id)}
      />
      <Select
        label={t('web.market.compareWith')}
        placeholder={t('web.market.nothing')}
        clearable
        data={[
          { value: UNTURNED, label: t('web.market.unturned') },
          ...scenarios.filter(({ id }) => id !== scenario).map((one) => ({ value: one.id, label: title(one) })),
        ]}
        value={other}
        onChange={onOther}
      />
      <SegmentedControl
        aria-label={t('web.market.shares')}
        value={isStacked ? 'stacked' : 'lines'}
        onChange={(value) => onStacked(value === 'stacked')}
        data={[
          { value: 'stacked', label: t('web.market.stacked') },
          { value: 'lines', label: t('web.market.lines') },
        ]}
      />
    </SimpleGrid>
  )
}
