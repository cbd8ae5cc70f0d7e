import { List, Stack } from '@mantine/core'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import type { Cell } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'
import type { Year } from './time-axis.tsx'

interface Row {
  readonly key: string
  readonly name: string
  readonly of: (year: Year) => number
  readonly isShare: boolean
}

const partOf = (values: readonly number[], at: number): number => {
  const sum = values.reduce((a, b) => a + b, 0)
  return sum > 0 ? (values[at] ?? 0) / sum : 0
}

function useRows() {
  const { t } = useSettings()
  return ({ region }: MarketTold): readonly Row[] => [
    ...region.groups.map(({ id, name }, g) => ({
      ...{ key: `fleet ${id}`, name: t('market.row.fleet', { name }), isShare: true },
      of: ({ fleet }: Year) => partOf(fleet, g),
    })),
    ...region.connectors.map(({ id, name }, c) => ({
      ...{ key: `cables ${id}`, name: t('market.row.cables', { name }), isShare: true },
      of: ({ cables, ports }: Year) => (cables[c] ?? 0) / Math.max(1, ports),
    })),
    { key: 'ports', name: t('market.row.ports'), of: ({ ports }) => ports, isShare: false },
    { key: 'adapter', name: t('market.row.adapterSessions'), of: (year) => year.adapterSessions_frac, isShare: true },
    { key: 'unusable', name: t('market.row.unusable'), of: (year) => year.unusablePorts_frac, isShare: true },
    { key: 'redundant', name: t('market.row.redundant'), of: (year) => year.redundantCables, isShare: false },
    { key: 'stranded', name: t('market.row.stranded'), of: (year) => year.strandedCables, isShare: false },
  ]
}

interface Props {
  readonly told: MarketTold
  readonly other: MarketTold
  readonly names: readonly [string, string]
}

/** Two scenarios beside each other at the end of the same year. */
export function Compare({ told, other, names }: Props) {
  const { t, told: said } = useSettings()
  const rowsOf = useRows()
  const year = Math.min(told.years.at(-1)?.year ?? 0, other.years.at(-1)?.year ?? 0)
  const [a, b] = [told, other].map(({ years }) => years.find((one) => one.year === year))
  const [ofA, ofB] = [rowsOf(told), rowsOf(other)]
  const keys = [...new Set([...ofA, ...ofB].map(({ key }) => key))]
  const rows = keys.flatMap((key): (readonly Cell[])[] => {
    const [first, second] = [ofA.find((row) => row.key === key), ofB.find((row) => row.key === key)]
    const row = first ?? second
    if (!row) return []
    const [x, y] = [a && first ? first.of(a) : null, b && second ? second.of(b) : null]
    const scale = row.isShare ? 100 : 1
    return [
      [
        `${row.name}${row.isShare ? ', %' : ''}`,
        x === null ? null : scale * x,
        y === null ? null : scale * y,
        x === null || y === null ? null : scale * (x - y),
      ],
    ]
  })
  const values: Values = {
    columns: [
      { head: t('web.market.endOf', { year: String(year) }), kind: 'text' },
      { head: names[0], kind: 'count' },
      { head: names[1], kind: 'count' },
      { head: t('web.market.difference'), kind: 'count' },
    ],
    rows,
  }
  return (
    <Stack gap="xs">
      <ChartFrame title={t('web.market.compareTitle')} file="market-compare" values={values} />
      <List size="sm">
        {other.verdict.sentences.map(({ code, params }) => (
          <List.Item key={code}>{`${names[1]}: ${said(code, params)}`}</List.Item>
        ))}
      </List>
    </Stack>
  )
}
