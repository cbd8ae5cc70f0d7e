import { InvariantError, invariant } from '../../base/problems/index.ts'
import { SECONDS_PER_HOUR } from '../../base/units/index.ts'
import type { PlugIn } from './model.ts'
import { CAPACITY_kW, KNOT_kWh, Mode, type Plant } from './plant.ts'
import { envelopeNow_kW, settleDrawing, settleSlot } from './settle.ts'

/** A crossing is sought this far beyond the limit, so that the allocation made there sees it. */
const BEYOND_kW = 0.75 * CAPACITY_kW

/** Bounds follow falling envelopes in steps of this size. */
const SLACK_kW = 1

/** Puts a vehicle into an empty slot. Whether it may draw its envelope is for the next allocation to say. */
export function insert(plant: Plant, slot: number, vehicle: PlugIn, now_s: number): void {
  const { profiles } = plant
  if (plant.mode[slot] !== Mode.empty) throw new InvariantError(`slot ${slot} is taken`)
  if (!(vehicle.profile < profiles.size)) throw new InvariantError(`no profile ${vehicle.profile} in the table`)
  invariant(profiles.sources.length === plant.heldBack_kWh.length, 'all profiles are entered before the run')
  plant.profile[slot] = vehicle.profile
  plant.piece[slot] = profiles.pieceAt(vehicle.profile, vehicle.soc_frac)
  plant.capacity_kWh[slot] = vehicle.capacity_kWh
  plant.soc_frac[slot] = vehicle.soc_frac
  plant.target_frac[slot] = vehicle.target_frac
  plant.stop_frac[slot] = profiles.stop_frac(vehicle.profile, vehicle.soc_frac, vehicle.target_frac, plant.cutoff_kW)
  plant.settled_s[slot] = now_s
  plant.delivered_kWh[slot] = 0
  const heldEnd = (slot + 1) * profiles.sources.length
  for (let entry = slot * profiles.sources.length; entry < heldEnd; entry++) plant.sessionHeld_kWh[entry] = 0
  plant.under[slot] = -1
  plant.bottleneck[slot] = -1
  plant.envelope_kW[slot] = envelopeNow_kW(plant, slot)
  draw(plant, slot)
}

/** Gives a settled slot that charges another profile, to go on along from the state of charge it has. */
export function switchTo(plant: Plant, slot: number, profile: number): void {
  const { profiles } = plant
  const soc_frac = plant.soc_frac[slot] as number
  invariant(profile < profiles.size, 'a profile of the table')
  plant.profile[slot] = profile
  plant.piece[slot] = profiles.pieceAt(profile, soc_frac)
  plant.stop_frac[slot] = profiles.stop_frac(profile, soc_frac, plant.target_frac[slot] as number, plant.cutoff_kW)
  plant.envelope_kW[slot] = envelopeNow_kW(plant, slot)
  setBound(plant, slot, highestAhead_kW(plant, slot))
}

/** Ends the charging of a settled slot: the vehicle stays but takes nothing. */
export function endCharging(plant: Plant, slot: number): void {
  plant.mode[slot] = Mode.done
  plant.power_kW[slot] = 0
  plant.growth[slot] = 0
  plant.envelope_kW[slot] = 0
  plant.under[slot] = -1
  plant.armed[slot] = -1
  setBound(plant, slot, 0)
}

/** Takes the vehicle out of a settled slot. */
export function remove(plant: Plant, slot: number): void {
  endCharging(plant, slot)
  plant.mode[slot] = Mode.empty
  plant.allowance_kW[slot] = Number.POSITIVE_INFINITY
}

/** Where the current piece, or charging, ends. */
function end_frac(plant: Plant, slot: number): number {
  const to_frac = plant.profiles.to_frac[plant.piece[slot] as number] as number
  return Math.min(to_frac, plant.stop_frac[slot] as number)
}

function reached(plant: Plant, slot: number, goal_frac: number): boolean {
  return (goal_frac - (plant.soc_frac[slot] as number)) * (plant.capacity_kWh[slot] as number) <= KNOT_kWh
}

/** Whether a settled slot has come to the end of its piece, or of its charging. */
export function atKnot(plant: Plant, slot: number): boolean {
  return reached(plant, slot, end_frac(plant, slot))
}

/**
 * Moves a settled slot on to the piece its state of charge has reached and renews its bound. Returns false when charging
 * ends here.
 */
export function advance(plant: Plant, slot: number): boolean {
  if (!atKnot(plant, slot)) {
    const ahead_kW = highestAhead_kW(plant, slot)
    const bound_kW = plant.bound_kW[slot] as number
    if (ahead_kW > bound_kW || ahead_kW < bound_kW - SLACK_kW) setBound(plant, slot, ahead_kW)
    return true
  }
  return !reached(plant, slot, plant.stop_frac[slot] as number) && nextPiece(plant, slot)
}

function nextPiece(plant: Plant, slot: number): true {
  const { profiles } = plant
  const last = (profiles.firstPiece[(plant.profile[slot] as number) + 1] as number) - 1
  let piece = plant.piece[slot] as number
  while (piece < last && reached(plant, slot, profiles.to_frac[piece] as number)) {
    plant.soc_frac[slot] = profiles.to_frac[piece] as number
    piece++
    plant.piece[slot] = piece
    plant.envelope_kW[slot] = envelopeNow_kW(plant, slot)
  }
  setBound(plant, slot, highestAhead_kW(plant, slot))
  return true
}

function highestAhead_kW(plant: Plant, slot: number): number {
  const piece = plant.piece[slot] as number
  const now_kW = plant.envelope_kW[slot] as number
  const later_kW = plant.profiles.laterMax_kW[piece] as number
  const slope = plant.profiles.envelopeSlope[piece] as number
  if (slope <= 0) return Math.max(now_kW, later_kW)
  return Math.max(now_kW + slope * (end_frac(plant, slot) - (plant.soc_frac[slot] as number)), later_kW)
}

/** Lowers the bound of a slot that draws its envelope once it is far above what is still to come. */
export function lowerBound(plant: Plant, slot: number): void {
  const ahead_kW = Math.max(
    plant.envelope_kW[slot] as number,
    plant.profiles.laterMax_kW[plant.piece[slot] as number] as number,
  )
  if ((plant.growth[slot] as number) < 0 && (plant.bound_kW[slot] as number) > ahead_kW + SLACK_kW) {
    setBound(plant, slot, ahead_kW)
  }
}

/** Sets the bound of a slot and the sums of bounds above it. */
function setBound(plant: Plant, slot: number, bound_kW: number): void {
  const change_kW = bound_kW - (plant.bound_kW[slot] as number)
  if (change_kW === 0) return
  plant.bound_kW[slot] = bound_kW
  let node = plant.network.nodeOfSlot[slot] as number
  while (node >= 0) {
    plant.possible_kW[node] = (plant.possible_kW[node] as number) + change_kW
    node = plant.network.parent[node] as number
  }
}

/** Lets a settled slot draw what its envelope and allowance let through. */
export function draw(plant: Plant, slot: number): void {
  const envelope_kW = plant.envelope_kW[slot] as number
  const capped = envelope_kW > (plant.allowance_kW[slot] as number)
  const slope = plant.profiles.envelopeSlope[plant.piece[slot] as number] as number
  plant.mode[slot] = capped ? Mode.capped : Mode.own
  plant.power_kW[slot] = capped ? (plant.allowance_kW[slot] as number) : envelope_kW
  plant.growth[slot] = capped ? 0 : slope / (plant.capacity_kWh[slot] as number)
}

/** Seconds until a drawing slot, settled now, reaches the end of its piece, its target, or meets its allowance. */
export function untilChange_s(plant: Plant, slot: number): number {
  const power_kW = plant.power_kW[slot] as number
  if (power_kW <= 0) return Number.POSITIVE_INFINITY
  const ahead = end_frac(plant, slot) - (plant.soc_frac[slot] as number)
  const slope = plant.profiles.envelopeSlope[plant.piece[slot] as number] as number
  const hours_h =
    plant.mode[slot] === Mode.capped ? cappedHours_h(plant, slot, ahead, slope) : ownHours_h(plant, slot, ahead, slope)
  return hours_h * SECONDS_PER_HOUR
}

function cappedHours_h(plant: Plant, slot: number, ahead: number, slope: number): number {
  const power_kW = plant.power_kW[slot] as number
  const capacity_kWh = plant.capacity_kWh[slot] as number
  const above_kW = (plant.envelope_kW[slot] as number) - power_kW + BEYOND_kW
  const meets_frac = slope < 0 ? -above_kW / slope : Number.POSITIVE_INFINITY
  return (Math.min(ahead, meets_frac) * capacity_kWh) / power_kW
}

function ownHours_h(plant: Plant, slot: number, ahead: number, slope: number): number {
  const power_kW = plant.power_kW[slot] as number
  if (slope === 0) return (ahead * (plant.capacity_kWh[slot] as number)) / power_kW
  const growth = plant.growth[slot] as number
  const allowed_frac = (plant.allowance_kW[slot] as number) + BEYOND_kW - power_kW
  const rise_kW = slope > 0 ? Math.min(slope * ahead, allowed_frac) : slope * ahead
  return rise_kW <= -power_kW ? Number.POSITIVE_INFINITY : Math.log1p(rise_kW / power_kW) / growth
}

/** Makes an allocation (`bottleneck` and `share_frac` of the listed charging slots) what flows below a node from now on. */
export function adopt(plant: Plant, node: number, now_s: number): void {
  const { charging, chargingCount, bottleneck, saturated, under, over, mode } = plant
  const { nodeEnd, parent } = plant.network
  const lastNode = nodeEnd[node] as number
  for (let n = node; n < lastNode; n++) saturated[n] = 0
  for (let i = 0; i < chargingCount; i++) {
    const by = bottleneck[charging[i] as number] as number
    if (by >= 0) saturated[by] = 1
  }
  for (let n = node; n < lastNode; n++) {
    const above = n === node ? -1 : (parent[n] as number)
    over[n] = above >= 0 && saturated[above] === 0 ? (over[above] as number) : above
    plant.since_s[n] = now_s
  }
  for (let i = 0; i < chargingCount; i++) {
    const slot = charging[i] as number
    const below = plant.saturatedAbove(slot)
    // Up to now it counted by itself, or as part of a saturated node.
    if (mode[slot] === Mode.own && below < 0 !== (under[slot] as number) < 0) settleDrawing(plant, slot, now_s)
    under[slot] = below
  }
  adjust(plant, now_s)
}

/**
 * Lets the listed charging slots do what the allocation says, where the saturated nodes are what they were. Lists those in
 * `plant.changed` that now do something else than before.
 */
export function adjust(plant: Plant, now_s: number): void {
  const { charging, chargingCount, bottleneck, armed, piece, mode, changed } = plant
  let count = 0
  for (let i = 0; i < chargingCount; i++) {
    const slot = charging[i] as number
    if (bottleneck[slot] !== -1) {
      if (mode[slot] === Mode.share) continue
      settleSlot(plant, slot, now_s)
      mode[slot] = Mode.share
    } else {
      if (armed[slot] === piece[slot]) continue
      draw(plant, slot)
    }
    changed[count++] = slot
  }
  plant.changedCount = count
}
