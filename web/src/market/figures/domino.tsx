import { Checkbox, Table } from '@mantine/core'
import { scaleLinear } from 'd3-scale'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame } from './chart-frame.tsx'
import { Scrolled } from './scrolled.tsx'

interface Props {
  readonly told: MarketTold
  readonly never: readonly string[]
  readonly onVeto: (maker: string) => void
}

const STRIP = { width: 240, height: 24, room: 10 }
const MONTHS = 12
const FAR_yr = 9999

type Maker = MarketTold['makers'][number]

function monthsLater({ tipping }: MarketTold, maker: string): number | 'never' | null {
  const found = tipping.movers.find((mover) => mover.maker === maker)
  if (!found) return null
  return found.later_yr === null ? 'never' : found.later_yr * MONTHS
}

function dateOf({ committed_yr }: Maker): string | null {
  if (committed_yr === null) return null
  const month = Math.floor((committed_yr % 1) * MONTHS + 1e-6)
  return `${Math.floor(committed_yr)}-${String(month + 1).padStart(2, '0')}`
}

/** Where on the line of time a maker committed; its size is its share of the sales that can change. */
function Strip({ maker, from_yr, to_yr }: { readonly maker: Maker; readonly from_yr: number; readonly to_yr: number }) {
  const x = scaleLinear()
    .domain([from_yr, to_yr])
    .range([STRIP.room, STRIP.width - STRIP.room])
  const ticks = Array.from({ length: Math.floor(to_yr) - Math.ceil(from_yr) + 1 }, (_, at) => Math.ceil(from_yr) + at)
  const isVetoed = maker.never || maker.committed_yr === null
  return (
    <svg width="100%" viewBox={`0 0 ${STRIP.width} ${STRIP.height}`} role="presentation">
      <g className="axis">
        <line x1={0} x2={STRIP.width} y1={STRIP.height / 2} y2={STRIP.height / 2} />
        {ticks.map((year) => (
          <line key={year} x1={x(year)} x2={x(year)} y1={3} y2={STRIP.height - 3} />
        ))}
      </g>
      {isVetoed ? null : (
        <circle
          cx={x(maker.committed_yr ?? 0)}
          cy={STRIP.height / 2}
          r={3 + 14 * Math.sqrt(maker.weight)}
          fill="var(--plug-1)"
        />
      )}
    </svg>
  )
}

function Head({ years }: { readonly years: string }) {
  const { t } = useSettings()
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{t('market.report.maker')}</Table.Th>
        <Table.Th className="numbers">{t('web.market.weight')}</Table.Th>
        <Table.Th className="numbers">{t('web.market.committed')}</Table.Th>
        <Table.Th miw={180}>{years}</Table.Th>
        <Table.Th className="numbers">{t('market.report.monthsLater')}</Table.Th>
        <Table.Th>{t('web.market.veto')}</Table.Th>
      </Table.Tr>
    </Table.Thead>
  )
}

/** Makers by the day they committed; each can be made one that never does. Nothing where no maker changes inlet. */
export function Domino({ told, never, onVeto }: Props) {
  const { t } = useSettings()
  const { share, cell } = useWritten()
  const makers = [...told.makers].sort((a, b) => (a.committed_yr ?? FAR_yr) - (b.committed_yr ?? FAR_yr))
  if (makers.length === 0) return null
  const known = makers.flatMap(({ committed_yr }) => committed_yr ?? [])
  const [from_yr, to_yr] = [
    Math.floor(Math.min(told.from_yr - 1, ...known)),
    Math.ceil(Math.max(told.from_yr, ...known)),
  ]
  const later = (maker: string) => {
    const months = monthsLater(told, maker)
    return months === 'never' ? t('market.report.never') : cell(months, 'count')
  }
  const values = {
    columns: [
      { head: t('market.report.maker'), kind: 'text' as const },
      { head: t('web.market.weight'), kind: 'share' as const },
      { head: t('web.market.committed'), kind: 'text' as const },
      { head: t('market.report.monthsLater'), kind: 'count' as const },
    ],
    rows: makers.map((maker) => [maker.id, maker.weight, dateOf(maker), monthsLater(told, maker.id)]),
  }
  const picture = () => (
    <Scrolled label={t('market.report.domino')} width_px={620}>
      <Table verticalSpacing={2} aria-label={t('market.report.domino')}>
        <Head years={`${from_yr} – ${to_yr}`} />
        <Table.Tbody>
          {makers.map((maker) => (
            <Table.Tr key={maker.id}>
              <Table.Th scope="row">{maker.id}</Table.Th>
              <Table.Td className="numbers">{share(maker.weight)}</Table.Td>
              <Table.Td className="numbers">{dateOf(maker) ?? t('market.report.notCommitted')}</Table.Td>
              <Table.Td aria-hidden="true">
                <Strip {...{ maker, from_yr, to_yr }} />
              </Table.Td>
              <Table.Td className="numbers">{later(maker.id)}</Table.Td>
              <Table.Td>
                <Checkbox
                  checked={maker.never || never.includes(maker.id)}
                  disabled={maker.never && !never.includes(maker.id)}
                  onChange={() => onVeto(maker.id)}
                  aria-label={t('web.market.vetoOf', { maker: maker.id })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  )
  return (
    <ChartFrame
      title={t('market.report.domino')}
      text={t('web.market.dominoText')}
      file="market-makers"
      {...{ values, picture }}
    />
  )
}
