import { type Charge, most_kW } from './charge.ts'

/**
 * Power over a step of length h, from its begin (t = 0) on: `steady + falling · exp(−t / taper) + rising · t / h`, none
 * of the three below 0. Such powers are convex in time, and so is their sum over sessions: what keeps a limit at both
 * ends of a step keeps it throughout.
 */
export interface Shape {
  readonly steady_kW: number
  readonly falling_kW: number
  readonly rising_kW: number
}

/** What is left of a limit at both ends of a step. */
export interface Ends {
  readonly start_kW: number
  readonly end_kW: number
}

/** A step of a session: who, with how much room when it begins, and how long. */
export interface SessionStep {
  readonly charge: Charge
  readonly room_kWh: number
  readonly length_h: number
}

/** Share of a falling power that is left at the end of a step. */
function fall_frac({ charge, length_h }: SessionStep): number {
  return Math.exp(-length_h / charge.taper_h)
}

export function endsOf(shape: Shape, step: SessionStep): Ends {
  const { steady_kW, falling_kW, rising_kW } = shape
  const end_kW = steady_kW + falling_kW * fall_frac(step) + rising_kW
  return { start_kW: steady_kW + falling_kW, end_kW }
}

export function energyOf_kWh({ steady_kW, falling_kW, rising_kW }: Shape, step: SessionStep): number {
  const { charge, length_h } = step
  const { taper_h } = charge
  return (steady_kW + rising_kW / 2) * length_h - falling_kW * taper_h * Math.expm1(-length_h / taper_h)
}

/**
 * Room a battery must have when a step begins, to take a shape throughout. On the way power × taper ≤ room left must
 * hold; room left − power × taper only falls, by steady × t + rising × (t² / 2h + taper × t / h), so the end decides.
 */
export function neededRoom_kWh({ steady_kW, falling_kW, rising_kW }: Shape, { charge, length_h }: SessionStep): number {
  const { taper_h } = charge
  return steady_kW * (taper_h + length_h) + falling_kW * taper_h + rising_kW * (taper_h + length_h / 2)
}

/** All of a shape by the same factor; what it needs shrinks with it. */
function scaled({ steady_kW, falling_kW, rising_kW }: Shape, factor: number): Shape {
  return { steady_kW: steady_kW * factor, falling_kW: falling_kW * factor, rising_kW: rising_kW * factor }
}

/** The highest begin the session can have, held as long as its room allows and falling along its curve otherwise. */
function steepest(step: SessionStep, start_kW: number): Shape {
  const { charge, room_kWh, length_h } = step
  const steady_kW = Math.min(start_kW, Math.max(0, (room_kWh - start_kW * charge.taper_h) / length_h))
  return { steady_kW, falling_kW: charge.taper_h > 0 ? start_kW - steady_kW : 0, rising_kW: 0 }
}

/** A shape with as much energy as can well be had within what is left of the limit, but no more than wanted. */
export function shapeFor(step: SessionStep, left: Ends, wanted_kWh: number): Shape {
  const { charge, room_kWh, length_h } = step
  const ceiling_kW = Math.max(0, Math.min(charge.rating_kW, left.end_kW))
  const begin = steepest(step, Math.max(0, Math.min(most_kW(charge, room_kWh), left.start_kW)))
  const { end_kW } = endsOf(begin, step)
  const fitting = end_kW > ceiling_kW ? scaled(begin, ceiling_kW / end_kW) : begin
  const spare_kWh = room_kWh - neededRoom_kWh(fitting, step)
  const rise_kW = Math.min(ceiling_kW - Math.min(end_kW, ceiling_kW), spare_kWh / (charge.taper_h + length_h / 2))
  const shape = { ...fitting, rising_kW: Math.max(0, rise_kW) }
  const energy_kWh = energyOf_kWh(shape, step)
  return energy_kWh > wanted_kWh ? scaled(shape, wanted_kWh / energy_kWh) : shape
}

/** The same shape with as much steady power more as room and limit still allow. */
export function topped(shape: Shape, step: SessionStep, left: Ends): Shape {
  const { charge, room_kWh, length_h } = step
  const { start_kW, end_kW } = endsOf(shape, step)
  const spare_kWh = room_kWh - neededRoom_kWh(shape, step)
  const more_kW = Math.min(
    ...[left.start_kW, left.end_kW, charge.rating_kW - start_kW, charge.rating_kW - end_kW],
    spare_kWh / (charge.taper_h + length_h),
  )
  return { ...shape, steady_kW: shape.steady_kW + Math.max(0, more_kW) }
}
