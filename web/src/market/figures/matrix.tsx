import { Slider, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'
import { Scrolled } from './scrolled.tsx'

type Row = MarketTold['uses'][number]['rows'][number]
type Cell = Row['cells'][number]

function groundOf(cover_frac: number): string {
  if (cover_frac <= 0) return 'color-mix(in srgb, var(--bad) 14%, transparent)'
  return `color-mix(in srgb, var(--good) ${Math.round(8 + 16 * cover_frac)}%, transparent)`
}

function useCellText() {
  const { t } = useSettings()
  const { share } = useWritten()
  return ({ how, cover_frac }: Cell): string => {
    if (how === 'none') return t('web.market.use.none')
    if (how === 'adapter') return t('web.market.use.adapter', { cover: share(cover_frac) })
    return cover_frac < 1 ? t('web.market.use.further', { cover: share(cover_frac) }) : t('web.market.use.native')
  }
}

function useValues({ uses, region }: MarketTold): Values {
  const { t } = useSettings()
  const text = useCellText()
  return {
    columns: [
      { head: t('market.report.group'), kind: 'text' },
      { head: t('market.row.year'), kind: 'year' },
      ...region.connectors.map(({ name }) => ({ head: name, kind: 'text' as const })),
      { head: t('web.market.closed'), kind: 'share' },
      { head: t('market.report.native'), kind: 'count' },
      { head: t('market.report.adapter'), kind: 'count' },
      { head: t('market.report.ofAll'), kind: 'share' },
    ],
    rows: uses.flatMap(({ year, rows }) =>
      rows.map(({ name, cells, closed_frac, native, byAdapter, ofAll_frac }) => [
        name,
        year,
        ...cells.map(text),
        closed_frac,
        native,
        byAdapter,
        ofAll_frac,
      ]),
    ),
  }
}

function Grid({ told, rows }: { readonly told: MarketTold; readonly rows: readonly Row[] }) {
  const { t } = useSettings()
  const { share, count } = useWritten()
  const text = useCellText()
  const hasClosed = rows.some(({ closed_frac }) => closed_frac !== null)
  return (
    <Scrolled label={t('market.report.use')} width_px={560}>
      <Table withColumnBorders withTableBorder aria-label={t('market.report.use')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('market.report.group')}</Table.Th>
            {told.region.connectors.map(({ id, name }) => (
              <Table.Th key={id}>{name}</Table.Th>
            ))}
            {hasClosed ? <Table.Th>{t('web.market.closed')}</Table.Th> : null}
            <Table.Th className="numbers">{t('web.market.outlets')}</Table.Th>
            <Table.Th className="numbers">{t('market.report.ofAll')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.group}>
              <Table.Th scope="row">{row.name}</Table.Th>
              {row.cells.map((cell) => (
                <Table.Td key={cell.connector} style={{ background: groundOf(cell.cover_frac) }}>
                  {text(cell)}
                </Table.Td>
              ))}
              {hasClosed ? (
                <Table.Td style={{ background: groundOf(row.closed_frac ?? 0) }}>
                  {share(row.closed_frac ?? 0)}
                </Table.Td>
              ) : null}
              <Table.Td className="numbers">{count(row.native + row.byAdapter)}</Table.Td>
              <Table.Td className="numbers">{share(row.ofAll_frac)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  )
}

/** Which cars can use which plugs at the end of a year one chooses. */
export function UseMatrix({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const values = useValues(told)
  const [first, last] = [told.uses[0]?.year ?? 0, told.uses.at(-1)?.year ?? 0]
  const [wanted, setWanted] = useState(first)
  const year = Math.min(last, Math.max(first, wanted))
  const rows = told.uses.find((one) => one.year === year)?.rows ?? []
  const picture = () => (
    <Stack gap="xs">
      <Text size="sm">{t('web.market.endOf', { year: String(year) })}</Text>
      <Slider
        min={first}
        max={last}
        value={year}
        onChange={setWanted}
        label={null}
        thumbLabel={t('web.market.year')}
        maw={420}
      />
      <Grid told={told} rows={rows} />
    </Stack>
  )
  return (
    <ChartFrame
      title={t('market.report.use')}
      text={t('web.market.useText')}
      file="market-who-can-use-what"
      {...{ values, picture }}
    />
  )
}
