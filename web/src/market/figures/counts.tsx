import { SegmentedControl } from '@mantine/core'
import { scaleLinear, scaleLog } from 'd3-scale'
import { area, line } from 'd3-shape'
import { useState } from 'react'
import type { Band } from '../../../../src/study/market/index.ts'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'
import { margin, Plot, type Scale } from './plot.tsx'
import { acrossOf, Marks, spanOf, yearTicks } from './time-axis.tsx'

/** A count over the years, with what was counted in registers. */
export interface CountLine {
  readonly name: string
  readonly colour: string
  readonly isDashed?: boolean
  readonly points: readonly CountPoint[]
  /** Dots: solid where the laws were fitted to them, else hollow. */
  readonly counted?: readonly { readonly at_yr: number; readonly value: number; readonly used: boolean }[]
}

export interface CountPoint {
  readonly at_yr: number
  readonly value: number
  readonly band: Band | null
}

interface Props {
  readonly told: MarketTold
  readonly title: string
  readonly text?: string
  readonly file: string
  readonly lines: readonly CountLine[]
}

function valuesOf(lines: readonly CountLine[], year: string): Values {
  const hasBand = (one: CountLine) => one.points.some(({ band }) => band !== null)
  const heads = lines.flatMap((one) => [one.name, ...(hasBand(one) ? [`${one.name}, 10 %`, `${one.name}, 90 %`] : [])])
  const first = lines[0]?.points ?? []
  return {
    columns: [{ head: year, kind: 'year' }, ...heads.map((head) => ({ head, kind: 'count' as const }))],
    rows: first.map(({ at_yr }, at) => [
      at_yr - 1,
      ...lines.flatMap((one) => {
        const point = one.points[at]
        const band = point?.band ?? null
        return [point?.value ?? null, ...(hasBand(one) ? [band?.p10 ?? null, band?.p90 ?? null] : [])]
      }),
    ]),
  }
}

/** From here logarithms are worth drawing: a factor of a thousand is enough to see. */
const LOG_SPAN = 1000

function upOf(lines: readonly CountLine[], isLog: boolean, bottom: number): Scale {
  const most = Math.max(1, ...lines.flatMap(({ points }) => points.map(({ value, band }) => band?.p90 ?? value)))
  const range = [bottom, margin.top]
  return isLog
    ? scaleLog()
        .domain([most / LOG_SPAN, most])
        .range(range)
        .clamp(true)
    : scaleLinear().domain([0, most]).nice(5).range(range)
}

function Line({ one, x, y }: { readonly one: CountLine; readonly x: Scale; readonly y: Scale }) {
  const band = area<CountPoint>()
    .defined((point) => point.band !== null)
    .x(({ at_yr }) => x(at_yr))
    .y0((point) => y(point.band?.p10 ?? 0))
    .y1((point) => y(point.band?.p90 ?? 0))
  const middle = line<CountPoint>()
    .x(({ at_yr }) => x(at_yr))
    .y(({ value }) => y(value))
  return (
    <g>
      <path d={band([...one.points]) ?? ''} fill={one.colour} opacity={0.2} />
      <path className={one.isDashed ? 'line other' : 'line'} d={middle([...one.points]) ?? ''} stroke={one.colour} />
      {one.counted?.map(({ at_yr, value, used }) => (
        <circle
          key={`${at_yr} ${value}`}
          cx={x(at_yr)}
          cy={y(value)}
          r={3.5}
          stroke={one.colour}
          strokeWidth={1.5}
          fill={used ? one.colour : 'var(--mantine-color-body)'}
        />
      ))}
    </g>
  )
}

const HEIGHT = 300

/** Counts over the years with bands, straight or by powers of ten. */
export function Counts({ told, title, text, file, lines }: Props) {
  const { t } = useSettings()
  const { short } = useWritten()
  const [scale, setScale] = useState('linear')
  const span = spanOf(told)
  const inSpan = lines.map((one) => ({
    ...one,
    counted: one.counted?.filter(({ at_yr }) => at_yr >= span.from_yr && at_yr <= span.to_yr) ?? [],
  }))
  const picture = (width: number) => {
    const x = acrossOf(span, width)
    const bottom = HEIGHT - margin.bottom
    const isLog = scale === 'log'
    const y = upOf(lines, isLog, bottom)
    const ticks = isLog ? y.ticks(4).filter((tick) => Number.isInteger(Math.log10(tick))) : y.ticks(5)
    return (
      <Plot
        {...{ width, height: HEIGHT, x, y, label: `${title}. ${t('web.market.seeTable')}` }}
        xTicks={yearTicks(span)}
        yTicks={ticks}
        xText={String}
        yText={short}
      >
        {inSpan.map((one) => (
          <Line key={one.name} one={one} x={x} y={y} />
        ))}
        <Marks told={told} span={span} x={x} top={margin.top} bottom={bottom} />
      </Plot>
    )
  }
  return (
    <ChartFrame
      {...{ title, file, picture }}
      {...(text ? { text } : {})}
      values={valuesOf(lines, t('market.row.year'))}
      legend={lines.map(({ name, colour }) => ({ name, colour }))}
      controls={
        <SegmentedControl
          size="xs"
          aria-label={t('web.market.axis')}
          value={scale}
          onChange={setScale}
          data={[
            { value: 'linear', label: t('web.market.axis.linear') },
            { value: 'log', label: t('web.market.axis.log') },
          ]}
        />
      }
    />
  )
}
