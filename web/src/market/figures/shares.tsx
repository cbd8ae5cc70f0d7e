import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { Code } from '../../../../src/base/words/index.ts'
import type { Band } from '../../../../src/study/market/index.ts'
import { useSettings } from '../../shell/settings.tsx'
import { groupColour, plugColour } from '../colours.ts'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'
import { margin, Plot, type Scale } from './plot.tsx'
import { acrossOf, Marks, shownYears, spanOf, type Year, yearTicks } from './time-axis.tsx'

/** Shares of one kind over the years. */
export interface Layer {
  readonly id: string
  readonly name: string
  readonly colour: string
  /** Year by year; the band is null before the forecast and without draws. */
  readonly points: readonly Point[]
}

interface Point {
  readonly at_yr: number
  readonly share_frac: number
  readonly band: Band | null
}

/** What the shares are of. */
export type ShareOf = 'fleet' | 'sales' | 'cables'

function partOf(values: readonly number[], at: number): number {
  const sum = values.reduce((a, b) => a + b, 0)
  return sum > 0 ? (values[at] ?? 0) / sum : 0
}

function bandAt(told: MarketTold, of: ShareOf, year: number, at: number): Band | null {
  const found = told.bands?.find((band) => band.year === year)
  if (!found || of === 'cables') return null
  return (of === 'fleet' ? found.fleetShare_frac : found.salesShare_frac)[at] ?? null
}

/** Shares of cars by inlet, or of cables by connector. */
export function layersOf(told: MarketTold, of: ShareOf): readonly Layer[] {
  const { region } = told
  const named = of === 'cables' ? region.connectors : region.groups
  const years = shownYears(told)
  return named.map(({ id, name }, at) => ({
    ...{ id, name, colour: of === 'cables' ? plugColour(at) : groupColour(region, at) },
    points: years.map((year: Year) => ({
      at_yr: year.year + 1,
      share_frac: partOf(year[of], at),
      band: bandAt(told, of, year.year, at),
    })),
  }))
}

function valuesOf(
  told: MarketTold,
  layers: readonly Layer[],
  words: { year: string; low: string; high: string },
): Values {
  const hasBands = told.bands !== null && layers.some(({ points }) => points.some(({ band }) => band !== null))
  const bandHeads = (name: string) => [`${name}, ${words.low}`, `${name}, ${words.high}`]
  const heads = layers.flatMap(({ name }) => [name, ...(hasBands ? bandHeads(name) : [])])
  return {
    columns: [{ head: words.year, kind: 'year' }, ...heads.map((head) => ({ head, kind: 'share' as const }))],
    rows: shownYears(told).map(({ year }, at) => [
      year,
      ...layers.flatMap(({ points }) => {
        const point = points[at]
        const band = point?.band ?? null
        return [point?.share_frac ?? null, ...(hasBands ? [band?.p10 ?? null, band?.p90 ?? null] : [])]
      }),
    ]),
  }
}

interface Drawn {
  readonly layers: readonly Layer[]
  readonly x: Scale
  readonly y: Scale
}

/** One layer on another; each upper edge with the band of its layer, on the layers below as they are in the middle. */
function Stacked({ layers, x, y }: Drawn) {
  const below = (layer: number, at: number) =>
    layers.slice(0, layer).reduce((sum, { points }) => sum + (points[at]?.share_frac ?? 0), 0)
  return (
    <>
      {layers.map(({ id, colour, points }, layer) => {
        const shape = area<Point>()
          .x(({ at_yr }) => x(at_yr))
          .y0((_, at) => y(below(layer, at)))
          .y1(({ share_frac }, at) => y(below(layer, at) + share_frac))
        return <path key={id} d={shape([...points]) ?? ''} fill={colour} />
      })}
      {layers.slice(0, -1).map(({ id, points }, layer) => {
        const edge = area<Point>()
          .defined(({ band }) => band !== null)
          .x(({ at_yr }) => x(at_yr))
          .y0(({ band }, at) => y(below(layer, at) + (band?.p10 ?? 0)))
          .y1(({ band }, at) => y(Math.min(1, below(layer, at) + (band?.p90 ?? 0))))
        return <path key={id} className="edge" d={edge([...points]) ?? ''} />
      })}
    </>
  )
}

/** A line for each, with its band. */
function Lines({ layers, x, y, isOther }: Drawn & { readonly isOther: boolean }) {
  return layers.map(({ id, colour, points }) => {
    const band = area<Point>()
      .defined((point) => point.band !== null)
      .x(({ at_yr }) => x(at_yr))
      .y0((point) => y(point.band?.p10 ?? 0))
      .y1((point) => y(point.band?.p90 ?? 0))
    const middle = line<Point>()
      .x(({ at_yr }) => x(at_yr))
      .y(({ share_frac }) => y(share_frac))
    return (
      <g key={id}>
        {isOther ? null : <path d={band([...points]) ?? ''} fill={colour} opacity={0.22} />}
        <path className={isOther ? 'line other' : 'line'} d={middle([...points]) ?? ''} stroke={colour} />
      </g>
    )
  })
}

interface Props {
  readonly told: MarketTold
  /** A second scenario of the same region: dashed, where lines are shown. */
  readonly other: MarketTold | null
  readonly of: ShareOf
  readonly title: Code
  readonly isStacked: boolean
}

const HEIGHT = 300

/** Shares over the years: stacked, or as lines with bands. */
export function Shares({ told, other, of, title, isStacked }: Props) {
  const { t } = useSettings()
  const { share } = useWritten()
  const layers = layersOf(told, of)
  const span = spanOf(told)
  const name = t(title)
  const words = { year: t('market.row.year'), low: '10 %', high: '90 %' }
  const picture = (width: number) => {
    const x = acrossOf(span, width)
    const bottom = HEIGHT - margin.bottom
    const y = scaleLinear().domain([0, 1]).range([bottom, margin.top])
    const drawn = { layers, x, y }
    return (
      <Plot
        {...{ width, height: HEIGHT, x, y, label: `${name}. ${t('web.market.seeTable')}` }}
        xTicks={yearTicks(span)}
        yTicks={[0, 0.25, 0.5, 0.75, 1]}
        xText={String}
        yText={share}
      >
        {isStacked ? <Stacked {...drawn} /> : <Lines {...drawn} isOther={false} />}
        {isStacked || !other ? null : <Lines {...drawn} layers={layersOf(other, of)} isOther />}
        <Marks told={told} span={span} x={x} top={margin.top} bottom={bottom} />
      </Plot>
    )
  }
  return (
    <ChartFrame
      title={name}
      file={`market-${of}`}
      values={valuesOf(told, layers, words)}
      legend={layers.map((layer) => ({ name: layer.name, colour: layer.colour }))}
      picture={picture}
    />
  )
}
