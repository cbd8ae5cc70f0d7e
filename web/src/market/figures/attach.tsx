import { scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { useSettings } from '../../shell/settings.tsx'
import { plugColour } from '../colours.ts'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'
import { margin, Plot, type Scale } from './plot.tsx'
import { shownYears } from './time-axis.tsx'

const HEIGHT = 330
const LEAST_FRAC = 0.01
/** Below this a year stands above its dot, lest it stands on the axis. */
const LOW_frac = 0.08
const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

interface Dot {
  readonly year: number
  readonly demand_frac: number
  readonly fits_frac: number
  readonly isPast: boolean
}

/** The way of a connector along the curve; years in which nobody asks for it are left out. */
function dotsOf(told: MarketTold, connector: number): readonly Dot[] {
  return shownYears(told).flatMap(({ year, demand_frac, fitted_frac }) => {
    const share = Math.min(1, demand_frac[connector] ?? 0)
    const isPast = year + 1 <= told.from_yr
    return share < LEAST_FRAC ? [] : [{ year, demand_frac: share, fits_frac: fitted_frac[connector] ?? 0, isPast }]
  })
}

function valuesOf(told: MarketTold, words: { year: string; demand: string; pays: string; attached: string }): Values {
  const { connectors } = told.region
  const heads = connectors.flatMap(({ name }) =>
    [words.demand, words.pays, words.attached].map((word) => `${name}: ${word}`),
  )
  return {
    columns: [{ head: words.year, kind: 'year' }, ...heads.map((head) => ({ head, kind: 'share' as const }))],
    rows: shownYears(told).map(({ year, demand_frac, fitted_frac, attached_frac }) => [
      year,
      ...connectors.flatMap((_, c) => [demand_frac[c] ?? null, fitted_frac[c] ?? null, attached_frac[c] ?? null]),
    ]),
  }
}

function Path({ dots, colour, x, y }: { dots: readonly Dot[]; colour: string; x: Scale; y: Scale }) {
  const ends = new Set([dots[0]?.year, dots.at(-1)?.year])
  return (
    <g>
      {dots.map(({ year, demand_frac, fits_frac, isPast }) => (
        <circle
          key={year}
          cx={x(demand_frac)}
          cy={y(fits_frac)}
          r={ends.has(year) ? 6 : 4}
          stroke={isPast ? colour : 'var(--mantine-color-body)'}
          strokeWidth={isPast ? 1.5 : 1}
          fill={isPast ? 'var(--mantine-color-body)' : colour}
        />
      ))}
      {dots
        .filter(({ year }) => ends.has(year))
        .map(({ year, demand_frac, fits_frac, isPast }) => (
          <text
            key={year}
            className="halo"
            x={x(demand_frac) + (demand_frac > 0.5 ? -8 : 8)}
            y={y(fits_frac) + (isPast && fits_frac > LOW_frac ? 18 : -9)}
            textAnchor={demand_frac > 0.5 ? 'end' : 'start'}
          >
            {year}
          </text>
        ))}
    </g>
  )
}

/** When a cable pays: the law of operators, and the way of each connector along it, year by year. */
export function Attach({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const { share } = useWritten()
  const picture = (width: number) => {
    const x = scaleLog()
      .domain([LEAST_FRAC, 1])
      .range([margin.left, width - margin.right])
      .clamp(true)
    const y = scaleLinear()
      .domain([0, 1])
      .range([HEIGHT - margin.bottom - 16, margin.top])
    const law = line<MarketTold['curve'][number]>()
      .x(({ demand_frac }) => x(demand_frac))
      .y(({ fits_frac }) => y(fits_frac))
    return (
      <Plot
        {...{ width, height: HEIGHT, x, y, label: `${t('market.report.curve')}. ${t('web.market.seeTable')}` }}
        xTicks={TICKS}
        yTicks={[0, 0.25, 0.5, 0.75, 1]}
        xText={share}
        yText={share}
        xName={t('market.report.curveX')}
        yName={t('market.report.curveY')}
      >
        <path className="line" d={law([...told.curve]) ?? ''} stroke="currentColor" />
        <line className="event" x1={x(told.threshold_frac)} x2={x(told.threshold_frac)} y1={y(0)} y2={y(1)} />
        {told.region.connectors.map(({ id }, c) => (
          <Path key={id} dots={dotsOf(told, c)} colour={plugColour(c)} x={x} y={y} />
        ))}
      </Plot>
    )
  }
  const words = {
    ...{ year: t('market.row.year'), demand: t('market.report.demand'), pays: t('market.report.pays') },
    attached: t('web.market.attached'),
  }
  return (
    <ChartFrame
      title={t('market.report.curve')}
      text={t('web.market.curveText', { threshold: share(told.threshold_frac) })}
      file="market-curve"
      values={valuesOf(told, words)}
      legend={told.region.connectors.map(({ name }, c) => ({ name, colour: plugColour(c) }))}
      picture={picture}
    />
  )
}
