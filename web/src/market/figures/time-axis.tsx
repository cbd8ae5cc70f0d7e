import { scaleLinear } from 'd3-scale'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { margin, type Scale } from './plot.tsx'

/** Years of a figure: the past ones first, the end of a year is where its value stands. */
export interface Span {
  readonly from_yr: number
  readonly to_yr: number
  /** Where data end and forecast begins. */
  readonly cut_yr: number
}

/** Seldom is more than this of the past worth its room. */
const PAST_YEARS = 10

export type Year = MarketTold['years'][number]

/** Years that figures show, past and forecast. */
export function shownYears({ past, years }: MarketTold): readonly Year[] {
  return [...past.slice(-PAST_YEARS), ...years]
}

export function spanOf(told: MarketTold): Span {
  const years = shownYears(told)
  const [first, last] = [years[0]?.year ?? 2020, years.at(-1)?.year ?? 2040]
  return { from_yr: first + 1, to_yr: last + 1, cut_yr: told.from_yr }
}

export function acrossOf({ from_yr, to_yr }: Span, width: number): Scale {
  return scaleLinear()
    .domain([from_yr, to_yr])
    .range([margin.left, width - margin.right])
}

export function yearTicks({ from_yr, to_yr }: Span): readonly number[] {
  const first = Math.ceil(from_yr)
  return Array.from({ length: Math.floor(to_yr) - first + 1 }, (_, at) => first + at)
}

/** Marks that stand so close that their flags would cover each other are one. */
export interface Flag {
  readonly at_yr: number
  readonly first: number
  readonly last: number
}

const FLAG_px = 40

/** Events in the span, numbered as in their list. */
export function flagsOf(events: MarketTold['events'], span: Span, x: Scale): readonly Flag[] {
  const flags: Flag[] = []
  events.forEach(({ at_yr }, at) => {
    if (at_yr < span.from_yr || at_yr > span.to_yr) return
    const last = flags.at(-1)
    if (last && x(at_yr) - x(last.at_yr) < FLAG_px) flags[flags.length - 1] = { ...last, last: at + 1 }
    else flags.push({ at_yr, first: at + 1, last: at + 1 })
  })
  return flags
}

interface Props {
  readonly told: MarketTold
  readonly span: Span
  readonly x: Scale
  /** Upper and lower end of the drawing. */
  readonly top: number
  readonly bottom: number
}

const LETTER_px = 7

function FlagMark({
  flag: { at_yr, first, last },
  x,
  top,
  bottom,
}: { readonly flag: Flag } & Omit<Props, 'told' | 'span'>) {
  const label = first === last ? String(first) : `${first}–${last}`
  const width = LETTER_px * label.length + 8
  return (
    <g>
      <line className="event" x1={x(at_yr)} x2={x(at_yr)} y1={top - 4} y2={bottom} />
      <rect className="flag" x={x(at_yr) - width / 2} y={top - 20} width={width} height={16} rx={8} />
      <text x={x(at_yr)} y={top - 8} textAnchor="middle" style={{ fontSize: 11 }}>
        {label}
      </text>
    </g>
  )
}

/** Where the data end, and what happened when: numbers of the list of events. */
export function Marks({ told, span, x, top, bottom }: Props) {
  const { t } = useSettings()
  const cut = x(span.cut_yr)
  return (
    <g>
      {flagsOf(told.events, span, x).map((flag) => (
        <FlagMark key={flag.first} flag={flag} x={x} top={top} bottom={bottom} />
      ))}
      {span.cut_yr > span.from_yr ? (
        <>
          <line className="cut" x1={cut} x2={cut} y1={top} y2={bottom} />
          <text className="halo" x={cut + 5} y={bottom - 8}>
            {t('web.market.forecast')}
          </text>
        </>
      ) : null}
    </g>
  )
}
