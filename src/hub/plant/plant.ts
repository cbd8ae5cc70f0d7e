import type { HubModel } from './model.ts'
import { layOut, type Network } from './network.ts'
import type { ProfileTable } from './profile.ts'
import { StateStore } from './store.ts'

/** What a slot does: no vehicle; draws its envelope; held at its allowance; shares a saturated node; charging ended. */
export const Mode = { empty: 0, own: 1, capped: 2, share: 3, done: 4 } as const

/**
 * How an allocation is built. fair: slots that share are level by weight; ordered: one slot has the rest of a node, in the
 * order of ranks; layered: level by weight inside a layer, the layers in order.
 */
export type AllocationKind = 'fair' | 'ordered' | 'layered'

/** Whoever adds up the power of the whole hub: called once for each stretch of constant or exponential power. */
export interface Meter {
  /** Power starts at `power_kW`, grows by exp(growth * hours); `energy_kWh` is its integral from `from_s` to `to_s`. size: hot loop */
  flow(from_s: number, to_s: number, power_kW: number, growth: number, energy_kWh: number): void
}

/** A knot counts as reached when less than this is missing: far below what any total can show. */
export const KNOT_kWh = 3e-11
/** Nodes exceed their capacity by less than this before they are seen to bind. */
export const CAPACITY_kW = 5e-10

/** Arrays that are no state are cut from blocks of this size. */
const SCRATCH_BYTES = 1 << 12

/** What a plant is made of. All profiles are in the table; arrays of state come from the store. */
export interface PlantInput {
  readonly model: HubModel
  readonly profiles: ProfileTable
  readonly store: StateStore
  readonly meter: Meter
  /** Charging ends where a vehicle could take no more than this. */
  readonly cutoff_kW: number
}

/**
 * State of every vehicle and node, as arrays by slot or node. `growth` is the exponent of a power, per hour. A slot's
 * values hold at its own `settled_s`; who needs them at another time settles it first.
 */
export class Plant {
  readonly network: Network
  readonly profiles: ProfileTable
  readonly meter: Meter
  readonly cutoff_kW: number

  readonly mode: Int32Array
  readonly profile: Int32Array
  readonly piece: Int32Array
  readonly capacity_kWh: Float64Array
  readonly soc_frac: Float64Array
  readonly stop_frac: Float64Array
  /** What the driver wants; `stop_frac` is that or the end of what the vehicle takes. */
  readonly target_frac: Float64Array
  readonly settled_s: Float64Array
  /** What may flow, at the last look at the region of the slot. */
  readonly envelope_kW: Float64Array
  readonly power_kW: Float64Array
  readonly growth: Float64Array
  readonly allowance_kW: Float64Array
  /** Limit source that is booked while the allowance binds. */
  readonly capSource: Int32Array
  /** Node whose rest the slot shares, -1: none. */
  readonly bottleneck: Int32Array
  /** Part of the rest of the bottleneck the slot gets. */
  readonly share_frac: Float64Array
  /** Nearest saturated node above the slot, -1: none. */
  readonly under: Int32Array
  /** Claim of the slot on a rest, against those of others. */
  readonly weight: Float64Array
  /** Lower layers are served first; written by each allocation that has layers. */
  readonly layer: Int32Array
  /** Place in the order of plugging in or leaving, for policies with an order. */
  readonly rank: Float64Array
  /** Piece for whose end the alarm of the slot is set while it draws its envelope, -1: none. */
  readonly armed: Int32Array
  /** The slot never draws more than this before its charging ends. */
  readonly bound_kW: Float64Array
  readonly delivered_kWh: Float64Array
  /** Integral of the square of the power, kept where somebody follows how currents heat. */
  readonly square_kW2h: Float64Array
  followsSquares = false
  /** Held back from the vehicle at a slot so far, by slot and source: `slot * profiles.sources.length + source`. */
  readonly sessionHeld_kWh: Float64Array
  /** Time for which a limit of the post itself held the vehicles at a slot. */
  readonly postBound_h: Float64Array

  readonly saturated: Int32Array
  /** Nearest saturated node above the node, -1: none. */
  readonly over: Int32Array
  readonly since_s: Float64Array
  /** Sum of the bounds below the node. */
  readonly possible_kW: Float64Array
  /** Time for which the node was full and held vehicles back. */
  readonly saturated_h: Float64Array
  readonly sourceOfNode: Int32Array
  /** By source: 1 when it is a limit of the post or its cable. */
  readonly ofPost: Uint8Array
  readonly heldBack_kWh: Float64Array

  /** For arrays that are no state: whoever works on the plant fills them anew each time. */
  readonly scratch = new StateStore(SCRATCH_BYTES)
  /** Energy and its integral over time of what SHARE slots of a node have, filled while settling. */
  readonly restEnergy_kWh: Float64Array
  readonly restArea: Float64Array
  /** Slots at work, listed by `listCharging`. */
  readonly charging: Int32Array
  chargingCount = 0
  /** Slots that do something else since the last allocation, listed by it. */
  readonly changed: Int32Array
  changedCount = 0

  constructor({ model, profiles, store, meter, cutoff_kW }: PlantInput) {
    this.network = layOut(model)
    this.profiles = profiles
    this.meter = meter
    this.cutoff_kW = cutoff_kW
    const { slots, nodes, modelNode } = this.network
    this.mode = store.i32(slots)
    this.profile = store.i32(slots)
    this.piece = store.i32(slots)
    this.capacity_kWh = store.f64(slots)
    this.soc_frac = store.f64(slots)
    this.stop_frac = store.f64(slots)
    this.target_frac = store.f64(slots)
    this.settled_s = store.f64(slots)
    this.envelope_kW = store.f64(slots)
    this.power_kW = store.f64(slots)
    this.growth = store.f64(slots)
    this.allowance_kW = store.f64(slots).fill(Number.POSITIVE_INFINITY)
    this.capSource = store.i32(slots)
    this.bottleneck = store.i32(slots).fill(-1)
    this.share_frac = store.f64(slots)
    this.under = store.i32(slots).fill(-1)
    this.weight = store.f64(slots).fill(1)
    this.layer = this.scratch.i32(slots)
    this.rank = store.f64(slots)
    this.armed = store.i32(slots).fill(-1)
    this.bound_kW = store.f64(slots)
    this.delivered_kWh = store.f64(slots)
    this.square_kW2h = store.f64(slots)
    this.postBound_h = store.f64(slots)
    this.saturated = store.i32(nodes)
    this.over = store.i32(nodes).fill(-1)
    this.since_s = store.f64(nodes)
    this.possible_kW = store.f64(nodes)
    this.saturated_h = store.f64(nodes)
    this.sourceOfNode = Int32Array.from(modelNode, (at) => profiles.sourceIndex(model.nodes[at]?.source ?? ''))
    this.ofPost = Uint8Array.from(profiles.sources, (source) => (/^(charger|cable)\./.test(source) ? 1 : 0))
    this.heldBack_kWh = store.f64(profiles.sources.length)
    this.sessionHeld_kWh = store.f64(slots * profiles.sources.length)
    this.restEnergy_kWh = this.scratch.f64(nodes)
    this.restArea = this.scratch.f64(nodes)
    this.charging = this.scratch.i32(slots)
    this.changed = this.scratch.i32(slots)
  }

  /** Lists the slots below a node whose vehicles may draw power into `charging`. */
  listCharging(node: number): void {
    const { mode, charging } = this
    const end = this.network.slotEnd[node] as number
    let count = 0
    for (let slot = this.network.firstSlot[node] as number; slot < end; slot++) {
      if (mode[slot] !== Mode.empty && mode[slot] !== Mode.done) charging[count++] = slot
    }
    this.chargingCount = count
  }

  /** Whether a vehicle at the slot may draw power. */
  charges(slot: number): boolean {
    const mode = this.mode[slot]
    return mode !== Mode.empty && mode !== Mode.done
  }

  /** Whether the vehicles below the node could together draw more than it carries. */
  canBind(node: number): boolean {
    return (this.possible_kW[node] as number) > (this.network.capacity_kW[node] as number) + CAPACITY_kW / 2
  }

  /** Nearest saturated node above a slot, -1: none. */
  saturatedAbove(slot: number): number {
    const node = this.network.nodeOfSlot[slot] as number
    return this.saturated[node] === 1 ? node : (this.over[node] as number)
  }

  /** Topmost node above a slot that can bind, -1: none, the slot draws its envelope whatever others do. */
  regionOf(slot: number): number {
    let region = -1
    let node = this.network.nodeOfSlot[slot] as number
    while (node >= 0) {
      if (this.canBind(node) || this.saturated[node] === 1) region = node
      node = this.network.parent[node] as number
    }
    return region
  }
}
