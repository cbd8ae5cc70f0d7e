import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { useState } from 'react'
import { Waiting } from '../../parts/waiting.tsx'
import { useSettings } from '../../shell/settings.tsx'
import { runner } from '../../worker/client.ts'
import type { MarketQuestion, MarketTold, PhaseTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'
import { margin, Plot, type Scale } from './plot.tsx'

const HEIGHT = 420
const TICKS = [0, 0.25, 0.5, 0.75, 1]
/** Arrows are no longer than this part of a cell. */
const ARROW_frac = 0.42

type Cell = PhaseTold['cells'][number]
type Drawn = { readonly phase: PhaseTold; readonly x: Scale; readonly y: Scale }

function Basins({ phase: { cells, fleet_frac }, x, y }: Drawn) {
  const step = 1 / Math.max(1, fleet_frac.length - 1)
  const clipped = (value: number) => Math.min(1, Math.max(0, value))
  return cells.map((cell) => {
    const [left, right] = [x(clipped(cell.fleet_frac - step / 2)), x(clipped(cell.fleet_frac + step / 2))]
    const [top, bottom] = [y(clipped(cell.cable_frac + step / 2)), y(clipped(cell.cable_frac - step / 2))]
    return (
      <rect
        key={`${cell.fleet_frac} ${cell.cable_frac}`}
        x={left}
        y={top}
        width={right - left}
        height={bottom - top}
        fill={cell.tips ? 'var(--plug-1)' : 'var(--plug-2)'}
        opacity={0.2}
      />
    )
  })
}

/** Which way a year takes a state; long ways are drawn short. */
function arrowOf(
  { fleet_frac, cable_frac, toFleet_frac, toCable_frac }: Cell,
  { x, y }: Drawn,
  most_px: number,
): string {
  const [dx, dy] = [x(toFleet_frac) - x(fleet_frac), y(toCable_frac) - y(cable_frac)]
  const length = Math.hypot(dx, dy)
  if (length < 0.5) return ''
  const [ux, uy] = [(dx / length) * Math.min(length, most_px), (dy / length) * Math.min(length, most_px)]
  const [ex, ey] = [x(fleet_frac) + ux, y(cable_frac) + uy]
  const head = (turn: number) => {
    const angle = Math.atan2(uy, ux) + turn
    return `M${ex},${ey}L${ex - 5 * Math.cos(angle)},${ey - 5 * Math.sin(angle)}`
  }
  return `M${x(fleet_frac)},${y(cable_frac)}L${ex},${ey}${head(0.5)}${head(-0.5)}`
}

function Way({ phase: { path, border }, x, y, cut_yr }: Drawn & { readonly cut_yr: number }) {
  const way = line<{ readonly fleet_frac: number; readonly cable_frac: number }>()
    .x(({ fleet_frac }) => x(fleet_frac))
    .y(({ cable_frac }) => y(Math.min(1, cable_frac)))
  const ends = [path.findLast(({ year }) => year + 1 <= cut_yr), path.at(-1)].filter((one) => one !== undefined)
  return (
    <g>
      <path className="cut" fill="none" d={way([...border]) ?? ''} />
      <path className="line" stroke="currentColor" d={way([...path]) ?? ''} />
      {ends.map(({ year, fleet_frac, cable_frac }) => (
        <g key={year}>
          <circle cx={x(fleet_frac)} cy={y(Math.min(1, cable_frac))} r={5} fill="currentColor" />
          <text
            className="halo"
            x={x(fleet_frac) + (fleet_frac > 0.8 ? -9 : 9)}
            y={y(Math.min(1, cable_frac)) - 7}
            textAnchor={fleet_frac > 0.8 ? 'end' : 'start'}
          >
            {year}
          </text>
        </g>
      ))}
    </g>
  )
}

function PhaseFigure({ phase, told }: { readonly phase: PhaseTold; readonly told: MarketTold }) {
  const { t } = useSettings()
  const { share } = useWritten()
  const name = (id: string) =>
    [...told.region.groups, ...told.region.connectors].find((one) => one.id === id)?.name ?? id
  const values: Values = {
    columns: (['cars', 'cables', 'carsLater', 'cablesLater', 'carsEnd'] as const).map((word) => ({
      head: t(`web.market.phase.${word}`),
      kind: 'share',
    })),
    rows: phase.cells.map((one) => [
      ...[one.fleet_frac, one.cable_frac, one.toFleet_frac, one.toCable_frac, one.endFleet_frac],
    ]),
  }
  const picture = (width: number) => {
    const size = Math.min(width, 640)
    const x = scaleLinear()
      .domain([0, 1])
      .range([margin.left, size - margin.right])
    const y = scaleLinear()
      .domain([0, 1])
      .range([HEIGHT - margin.bottom - 16, margin.top])
    const most_px = ((ARROW_frac * (x(1) - x(0))) / Math.max(1, phase.fleet_frac.length - 1)) * 2
    const drawn = { phase, x, y }
    return (
      <Plot
        {...{ width: size, height: HEIGHT, x, y, label: `${t('web.market.phase')}. ${t('web.market.seeTable')}` }}
        xTicks={TICKS}
        yTicks={TICKS}
        xText={share}
        yText={share}
        xName={t('web.market.phaseX', { to: name(phase.to) })}
        yName={t('web.market.phaseY', { connector: name(phase.connector) })}
      >
        <Basins {...drawn} />
        <path
          d={phase.cells.map((cell) => arrowOf(cell, drawn, most_px)).join('')}
          stroke="currentColor"
          fill="none"
          opacity={0.75}
        />
        <Way {...drawn} cut_yr={told.from_yr} />
      </Plot>
    )
  }
  return (
    <ChartFrame
      title={t('web.market.phase')}
      text={t('web.market.phaseText')}
      file="market-phase"
      legend={[
        {
          name: t('web.market.phaseTips', { to: name(phase.to) }),
          colour: 'color-mix(in srgb, var(--plug-1) 30%, transparent)',
        },
        {
          name: t('web.market.phaseStays', { from: name(phase.from) }),
          colour: 'color-mix(in srgb, var(--plug-2) 30%, transparent)',
        },
      ]}
      {...{ values, picture }}
    />
  )
}

/** The map of cars against cables is played when it is asked for. */
export function Phase({ told, question }: { readonly told: MarketTold; readonly question: MarketQuestion }) {
  const { t } = useSettings()
  const [isAsked, setAsked] = useState(false)
  const { data, isFetching } = useQuery({
    queryKey: ['phase', question],
    queryFn: () => runner.ask('phase', question),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!told.region.switch) return null
  if (!isAsked) {
    return (
      <Group>
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('web.market.phaseShow')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('web.market.phaseHint')}
        </Text>
      </Group>
    )
  }
  if (isFetching || !data) return <Waiting />
  return <PhaseFigure phase={data} told={told} />
}
