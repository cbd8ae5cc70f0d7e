import { Mode, type Plant } from './plant.ts'
import { envelopeNow_kW } from './settle.ts'

/** What the slots that share a settled, saturated node have together. */
function rest_kW(plant: Plant, node: number): number {
  const { firstSlot, slotEnd, nodeEnd, capacity_kW } = plant.network
  let left_kW = capacity_kW[node] as number
  for (let slot = firstSlot[node] as number; slot < (slotEnd[node] as number); slot++) {
    if (plant.mode[slot] === Mode.own && plant.under[slot] === node) left_kW -= plant.power_kW[slot] as number
  }
  for (let n = node + 1; n < (nodeEnd[node] as number); n++) {
    if (plant.saturated[n] === 1 && plant.over[n] === node) left_kW -= capacity_kW[n] as number
  }
  return left_kW
}

/** The same of a node that was looked at now, whose slots may have been settled earlier. */
export function restOf_kW(plant: Plant, node: number): number {
  const { firstSlot, slotEnd, nodeEnd, capacity_kW } = plant.network
  let left_kW = capacity_kW[node] as number
  for (let slot = firstSlot[node] as number; slot < (slotEnd[node] as number); slot++) {
    if (plant.mode[slot] === Mode.own && plant.under[slot] === node) left_kW -= plant.envelope_kW[slot] as number
  }
  for (let n = node + 1; n < (nodeEnd[node] as number); n++) {
    if (plant.saturated[n] === 1 && plant.over[n] === node) left_kW -= capacity_kW[n] as number
  }
  return left_kW
}

/** Power a settled slot draws, what may flow into it, and the limit source that binds it (null when none does). */
export interface SlotPower {
  readonly power_kW: number
  readonly envelope_kW: number
  readonly boundBy: string | null
}

/** What a slot does at the moment it was settled for. */
export function slotPower(plant: Plant, slot: number): SlotPower {
  const { sources, source } = plant.profiles
  const mode = plant.mode[slot]
  if (mode === Mode.empty || mode === Mode.done) return { power_kW: 0, envelope_kW: 0, boundBy: null }
  const envelope_kW = envelopeNow_kW(plant, slot)
  if (mode === Mode.own) {
    const boundBy = sources[source[plant.piece[slot] as number] as number] ?? null
    return { power_kW: plant.power_kW[slot] as number, envelope_kW, boundBy }
  }
  if (mode === Mode.capped) {
    const boundBy = sources[plant.capSource[slot] as number] ?? null
    return { power_kW: plant.power_kW[slot] as number, envelope_kW, boundBy }
  }
  const node = plant.bottleneck[slot] as number
  const boundBy = sources[plant.sourceOfNode[node] as number] ?? null
  return { power_kW: (plant.share_frac[slot] as number) * rest_kW(plant, node), envelope_kW, boundBy }
}
