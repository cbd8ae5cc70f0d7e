import { roomAfter } from './charge.ts'
import type { Contender } from './contest.ts'
import { type Ends, endsOf, energyOf_kWh, type SessionStep, type Shape, shapeFor, topped } from './shape.ts'
import type { Steps } from './steps.ts'

/** Each step is driven in so many: where sessions on their curves fall within a step, others can take it up. */
const DRIVEN_PER_STEP = 4

const none: Shape = { steady_kW: 0, falling_kW: 0, rising_kW: 0 }

/** A contender under way. */
interface Driven {
  readonly contender: Contender
  /** Room left that a solution has when each of its steps begins, and at its end. */
  readonly plan_kWh: Float64Array
  room_kWh: number
}

/** A session in a step: where it starts, and which share of what it could take at most the plan has it take. */
interface Aim {
  readonly driven: Driven
  readonly room_kWh: number
  readonly share: number
}

function aimOf(driven: Driven, offset: number, length_h: number): Aim {
  const { contender, plan_kWh, room_kWh } = driven
  const most_kWh = room_kWh - roomAfter(contender.charge, room_kWh, length_h)
  const planned_kWh = room_kWh - (plan_kWh[offset + 1] ?? 0)
  const share = most_kWh > 0 ? Math.min(1, Math.max(0, planned_kWh / most_kWh)) : 0
  return { driven, room_kWh, share }
}

/** What a session wants in the part of a step up to `time_h` after its begin. */
function wanted_kWh({ driven, room_kWh, share }: Aim, time_h: number): number {
  const freely_kWh = room_kWh - roomAfter(driven.contender.charge, room_kWh, time_h)
  return driven.room_kWh - (room_kWh - share * freely_kWh)
}

function without(left: Ends, { start_kW, end_kW }: Ends): Ends {
  return { start_kW: left.start_kW - start_kW, end_kW: left.end_kW - end_kW }
}

/** Gives each what it wants as far as the limit goes, then what is left of the limit to whoever can take it. */
function drivePart(aims: readonly Aim[], length_h: number, time_h: number, limit_kW: number): void {
  let left: Ends = { start_kW: limit_kW, end_kW: limit_kW }
  const given = aims.map((aim) => {
    const step: SessionStep = { charge: aim.driven.contender.charge, room_kWh: aim.driven.room_kWh, length_h }
    const wanted = wanted_kWh(aim, time_h)
    const shape = wanted > 0 ? shapeFor(step, left, wanted) : none
    left = without(left, endsOf(shape, step))
    return { driven: aim.driven, step, shape }
  })
  for (const { driven, step, shape } of given) {
    const more = topped(shape, step, left)
    left = without(left, { start_kW: more.steady_kW - shape.steady_kW, end_kW: more.steady_kW - shape.steady_kW })
    driven.room_kWh = Math.max(0, driven.room_kWh - energyOf_kWh(more, step))
  }
}

/** Those who take all they can come first: they cannot make up later for what they miss. */
function driveStep(aims: Aim[], length_h: number, limit_kW: number): void {
  aims.sort((a, b) => b.share - a.share)
  const part_h = length_h / DRIVEN_PER_STEP
  for (let part = 1; part <= DRIVEN_PER_STEP; part++) drivePart(aims, part_h, part * part_h, limit_kW)
}

/**
 * Energy of a schedule that follows the plan of a solution as closely as it can while it keeps rating, curve and limit
 * at every moment. It holds whatever the plan says: a poor plan only makes it small.
 */
export function driven_kWh(
  part: readonly Contender[],
  plans: readonly Float64Array[],
  steps: Steps,
  limit_kW: number,
): number {
  const all = part.map((contender, at): Driven => {
    return { contender, plan_kWh: plans[at] ?? new Float64Array(0), room_kWh: contender.room_kWh }
  })
  const first = Math.min(...part.map(({ from }) => from))
  const end = Math.max(...part.map(({ until }) => until))
  for (let piece = first; piece < end; piece++) {
    const there = all.filter(({ contender }) => contender.from <= piece && piece < contender.until)
    for (let step = steps.starts[piece] ?? 0; step < (steps.starts[piece + 1] ?? 0); step++) {
      const length_h = steps.lengths_h[step] ?? 0
      const aims = there.map((one) => aimOf(one, step - (steps.starts[one.contender.from] ?? 0), length_h))
      if (steps.binds[step] === 1) driveStep(aims, length_h, limit_kW)
      else for (const one of there) one.room_kWh = roomAfter(one.contender.charge, one.room_kWh, length_h)
    }
  }
  return all.reduce((sum, { contender, room_kWh }) => sum + contender.charge.room_kWh - room_kWh, 0)
}
