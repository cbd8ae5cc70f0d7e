import type { ScaleContinuousNumeric } from 'd3-scale'
import type { ReactNode } from 'react'

export type Scale = ScaleContinuousNumeric<number, number>

/** Room around the drawing: letters of the axes, flags above. */
export const margin = { left: 48, right: 22, top: 26, bottom: 26 }

interface Props {
  readonly width: number
  readonly height: number
  readonly label: string
  readonly x: Scale
  readonly y: Scale
  readonly xTicks: readonly number[]
  readonly yTicks: readonly number[]
  readonly xText: (value: number) => string
  readonly yText: (value: number) => string
  readonly xName?: string
  readonly yName?: string
  readonly children: ReactNode
}

/** Least pixels between two letters below a drawing. */
const TICK_px = 46

/** Ticks that leave room for their letters. */
export function spaced(ticks: readonly number[], x: Scale): readonly number[] {
  const shown: number[] = []
  for (const tick of ticks) {
    const last = shown.at(-1)
    if (last === undefined || x(tick) - x(last) >= TICK_px) shown.push(tick)
  }
  return shown
}

/** Axes and what is drawn between them. */
export function Plot(props: Props) {
  const { width, height, label, x, y, xTicks, yTicks, xText, yText, xName, yName, children } = props
  const [bottom, right] = [height - margin.bottom - (xName ? 16 : 0), width - margin.right]
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <g className="axis">
        {yTicks.map((value) => (
          <g key={value}>
            <line x1={margin.left} x2={right} y1={y(value)} y2={y(value)} />
            <text x={margin.left - 6} y={y(value) + 4} textAnchor="end">
              {yText(value)}
            </text>
          </g>
        ))}
      </g>
      {children}
      <g className="axis">
        <line className="base" x1={margin.left} x2={right} y1={bottom} y2={bottom} />
        {spaced(xTicks, x).map((value) => (
          <g key={value}>
            <line x1={x(value)} x2={x(value)} y1={bottom} y2={bottom + 5} />
            <text x={x(value)} y={bottom + 18} textAnchor="middle">
              {xText(value)}
            </text>
          </g>
        ))}
        {xName ? (
          <text x={right} y={height - 4} textAnchor="end">
            {xName}
          </text>
        ) : null}
        {yName ? (
          <text x={4} y={14} textAnchor="start">
            {yName}
          </text>
        ) : null}
      </g>
    </svg>
  )
}
