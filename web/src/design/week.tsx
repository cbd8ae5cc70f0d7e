import { Alert, Button, Group, Progress, Stack, Table, Title } from '@mantine/core'
import { useState } from 'react'
import { formatNumber } from '../../../src/base/words/index.ts'
import type { SimulationResult } from '../../../src/study/simulate/index.ts'
import { TimeChart } from '../parts/time-chart.tsx'
import { useSettings } from '../shell/settings.tsx'
import { runner } from '../worker/client.ts'

interface Props {
  readonly text: string
  readonly canRun: boolean
  readonly timezone: string
}

const FROM = '2026-06-01'
const SEED = 1
const COLOURS = ['#0b7285', '#e8590c']

/** A design that was run, youngest first. */
interface Ran {
  readonly text: string
  readonly result: SimulationResult
}

type Row = readonly [name: string, value: (result: SimulationResult) => number, digits: number]

function useRows(): readonly Row[] {
  const { t } = useSettings()
  return [
    [t('web.design.energy_kWh'), ({ energyDelivered_kWh }) => energyDelivered_kWh, 0],
    [t('web.design.served'), ({ sessions }) => sessions.served, 0],
    [t('web.design.refused'), ({ sessions }) => sessions.refused, 0],
    [t('web.design.lost'), ({ sessions }) => sessions.balked + sessions.reneged, 0],
    [t('web.design.wait_min'), ({ wait }) => wait.mean_min, 1],
    [t('web.design.waitP95_min'), ({ wait }) => wait.p95_min, 1],
    [t('web.design.peak_kW'), ({ peak15min_kW }) => peak15min_kW, 0],
    [t('web.design.unserved_kWh'), ({ unserved_kWh }) => unserved_kWh, 0],
  ]
}

function Results({ runs }: { readonly runs: readonly Ran[] }) {
  const { t, language } = useSettings()
  const rows = useRows()
  const [now, before] = runs
  if (!now) return null
  return (
    <Table aria-label={t('web.design.results')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('web.design.week')}</Table.Th>
          <Table.Th className="numbers">{t('web.design.now')}</Table.Th>
          {before ? <Table.Th className="numbers">{t('web.design.before')}</Table.Th> : null}
          {before ? <Table.Th className="numbers">{t('web.design.change')}</Table.Th> : null}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, value, digits]) => {
          const [new_, old] = [value(now.result), before ? value(before.result) : null]
          const change = old === null ? 0 : new_ - old
          return (
            <Table.Tr key={name}>
              <Table.Td>{name}</Table.Td>
              <Table.Td className="numbers">{formatNumber(new_, language, digits)}</Table.Td>
              {old === null ? null : <Table.Td className="numbers">{formatNumber(old, language, digits)}</Table.Td>}
              {old === null ? null : (
                <Table.Td className="numbers">
                  {change > 0 ? '+' : ''}
                  {formatNumber(change, language, digits)}
                </Table.Td>
              )}
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

function Power({ runs, timezone }: { readonly runs: readonly Ran[]; readonly timezone: string }) {
  const { t } = useSettings()
  const first = runs[0]
  if (!first) return null
  const { step_s, power_kW } = first.result.timeline
  const from_s = Date.parse(`${FROM}T00:00:00Z`) / 1000
  const series = runs.map(({ result }, at) => ({
    name: t(at === 0 ? 'web.design.now' : 'web.design.before'),
    values: result.timeline.power_kW,
    colour: COLOURS[at] ?? 'gray',
    filled: at === 0,
  }))
  const times_s = power_kW.map((_, at) => from_s + at * step_s)
  return <TimeChart title={t('web.design.power')} unit="kW" times_s={times_s} series={series} timezone={timezone} />
}

/** Runs a week of the design beside the page, and shows it next to the design before. */
export function Week({ text, canRun, timezone }: Props) {
  const { t, told } = useSettings()
  const [done_frac, setDone] = useState<number | null>(null)
  const [runs, setRuns] = useState<readonly Ran[]>([])
  const [trouble, setTrouble] = useState<string | null>(null)
  const run = async () => {
    setTrouble(null)
    setDone(0)
    try {
      const answer = await runner.ask('week', { text, from: FROM, seed: SEED }, setDone)
      if (answer.ok) setRuns([{ text, result: answer.result }, ...runs.filter((ran) => ran.text !== text)].slice(0, 2))
      else setTrouble(answer.problems.map(({ code, params }) => told(code, params)).join(' '))
    } catch (error) {
      if (error instanceof Error && error.message !== 'stopped') setTrouble(t('web.failed', { says: error.message }))
    } finally {
      setDone(null)
    }
  }
  return (
    <Stack component="section">
      <Group>
        <Title order={2} size="h3">
          {t('web.design.weekTitle')}
        </Title>
        <Button onClick={run} disabled={!canRun || done_frac !== null}>
          {t('web.design.run')}
        </Button>
        {done_frac === null ? null : (
          <Button variant="default" onClick={() => runner.stop()}>
            {t('web.design.stop')}
          </Button>
        )}
      </Group>
      {done_frac === null ? null : <Progress value={100 * done_frac} aria-label={t('web.design.progress')} />}
      {trouble ? <Alert color="red">{trouble}</Alert> : null}
      <Results runs={runs} />
      <Power runs={runs} timezone={timezone} />
    </Stack>
  )
}
