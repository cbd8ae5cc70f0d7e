import { Button, Group, MultiSelect, Paper, Select, Stack, TextInput, Title } from '@mantine/core'
import { useSettings } from '../shell/settings.tsx'
import { LeverSlider } from './lever-slider.tsx'
import { type Levers, noLevers } from './no-levers.ts'
import { Rules } from './rules.tsx'
import type { MarketTold } from './study.ts'
import { useWritten } from './written.ts'

interface Props {
  readonly told: MarketTold
  readonly levers: Levers
  readonly last_year: number
  readonly draws: number
  readonly onLevers: (levers: Levers) => void
  readonly onLastYear: (year: number) => void
  readonly onDraws: (draws: number) => void
}

const DRAWS = [0, 100, 300, 1000]
const FIRST_END = 2027
const LAST_END = 2050
const HUNDRED = { min: 0, max: 1, step: 0.05 }

function NetworkLevers({ told, levers, onLevers }: Pick<Props, 'told' | 'levers' | 'onLevers'>) {
  const { t } = useSettings()
  const { share } = useWritten()
  const { closed, groups } = told.region
  if (!closed) return null
  const guests = groups.filter(({ id, inlets }) => id !== closed.owner && inlets.length > 0)
  const last = told.uses.at(-1)?.rows ?? []
  const set = (group: string, value: number | null) => {
    const others = Object.fromEntries(Object.entries(levers.access).filter(([id]) => id !== group))
    onLevers({ ...levers, access: value === null ? others : { ...others, [group]: value } })
  }
  return guests.map(({ id, name }) => (
    <LeverSlider
      key={id}
      {...HUNDRED}
      label={t('web.market.lever.access', { group: name })}
      value={levers.access[id] ?? null}
      base={last.find((row) => row.group === id)?.closed_frac ?? 0}
      text={share}
      onChange={(value) => set(id, value)}
    />
  ))
}

function MakerLevers({ told, levers, onLevers }: Pick<Props, 'told' | 'levers' | 'onLevers'>) {
  const { t } = useSettings()
  const { share } = useWritten()
  const change = told.region.switch
  if (!change) return null
  return (
    <>
      <MultiSelect
        label={t('web.market.lever.never')}
        data={change.makers.map(({ id }) => id)}
        value={[...levers.never]}
        onChange={(never) => onLevers({ ...levers, never })}
        clearable
      />
      <LeverSlider
        {...HUNDRED}
        label={t('web.market.lever.cap')}
        value={levers.cap_frac}
        base={change.cap_frac}
        text={share}
        onChange={(cap_frac) => onLevers({ ...levers, cap_frac })}
      />
      <TextInput
        type="date"
        label={t('web.market.lever.opened')}
        value={levers.opened ?? change.opened}
        onChange={({ currentTarget: { value } }) => onLevers({ ...levers, opened: value === '' ? null : value })}
      />
    </>
  )
}

function MarketLevers({ told, levers, onLevers }: Pick<Props, 'told' | 'levers' | 'onLevers'>) {
  const { t } = useSettings()
  const { share } = useWritten()
  const { adapters } = told.region
  return (
    <>
      <LeverSlider
        {...{ min: 0.25, max: 2, step: 0.05, base: 1 }}
        label={t('web.market.lever.sales')}
        value={levers.salesFactor}
        text={(value) => `× ${value.toFixed(2)}`}
        onChange={(salesFactor) => onLevers({ ...levers, salesFactor })}
      />
      {adapters.length > 0 ? (
        <LeverSlider
          {...HUNDRED}
          label={t('web.market.lever.adapters')}
          value={levers.adapterCover_frac}
          base={Math.max(...adapters.map(({ cover_frac }) => cover_frac))}
          text={share}
          onChange={(adapterCover_frac) => onLevers({ ...levers, adapterCover_frac })}
        />
      ) : null}
      <LeverSlider
        {...{ min: 0.01, max: 0.4, step: 0.005 }}
        label={t('web.market.lever.threshold')}
        value={levers.threshold_frac}
        base={told.threshold_frac}
        text={share}
        onChange={(threshold_frac) => onLevers({ ...levers, threshold_frac })}
      />
    </>
  )
}

/** Everything one can turn: the options of the command line, each as the scenario has it until it is turned. */
export function LeverPanel(props: Props) {
  const { told, levers, last_year, draws, onLevers, onLastYear, onDraws } = props
  const { t } = useSettings()
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="market-levers">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="market-levers">
            {t('web.market.levers')}
          </Title>
          <Button size="compact-xs" variant="default" disabled={levers === noLevers} onClick={() => onLevers(noLevers)}>
            {t('web.market.reset')}
          </Button>
        </Group>
        <MakerLevers {...{ told, levers, onLevers }} />
        <MarketLevers {...{ told, levers, onLevers }} />
        <NetworkLevers {...{ told, levers, onLevers }} />
        <Rules
          rules={levers.rules}
          connectors={told.region.connectors}
          from={`${Math.ceil(told.from_yr) + 2}-01-01`}
          onChange={(rules) => onLevers({ ...levers, rules })}
        />
        <LeverSlider
          {...{ min: FIRST_END, max: LAST_END, step: 1, value: null, base: last_year }}
          label={t('web.market.lever.to')}
          text={String}
          onChange={(year) => onLastYear(year ?? last_year)}
        />
        <Select
          label={t('web.market.lever.draws')}
          data={DRAWS.map((count) => ({
            value: String(count),
            label: count === 0 ? t('web.market.noBands') : String(count),
          }))}
          value={String(draws)}
          allowDeselect={false}
          onChange={(value) => onDraws(Number(value ?? draws))}
        />
      </Stack>
    </Paper>
  )
}
