import { meanSquare_A } from '../cable/index.ts'
import { detectionDelay_s, OPENING_s } from './detection.ts'
import { type FaultModeName, faultMode, type ReactionKind, type Witness } from './modes.ts'
import { type DispenserParameters, watch } from './parameters.ts'
import { flowReading, type Sensors, thermometerReading } from './readings.ts'
import { WORST_CONTACT } from './truth.ts'

/** A fault of a plug, as it is to happen. */
export interface PlugFault {
  readonly mode: FaultModeName
  readonly severity_frac: number
}

/** What a dispenser can know at a moment. */
export interface Sight {
  readonly now_s: number
  readonly current_A: number
  /** Whether a vehicle is plugged in. */
  readonly isPlugged: boolean
  readonly sensors: Sensors
  /** What flows, and what a sound thermometer at the contacts shows. */
  readonly flow_frac: number
  readonly sound_degC: number
  /** What the current lets expect there. */
  readonly model_degC: number
  /** Whether the ladder of derating has gone down. */
  readonly isDerated: boolean
}

/** Numbers of state a guard has, in an array of the caller. */
export const GUARD_SLOTS = 15
/**
 * `seen`: told by whatever; `told`: by its own witness; `warmBefore`: 1 while derated since before it began; `since`: readings are out of line; `from`, `limit`: current when it was told, and
 * allowed since; `looked`, `reading`: last look at the thermometer; `compared`, `gap`, `slope`: when it was last held against the model, how far it
 * was off, and how fast that grew.
 */
const Slot = {
  ...{ phase: 0, start: 1, seen: 2, since: 3, from: 4 },
  ...{ limit: 5, looked: 6, reading: 7, latched: 8, byHeat: 9, told: 10, warmBefore: 11 },
  ...{ compared: 12, gap: 13, slope: 14 },
} as const
const Phase = { waiting: 0, unseen: 1, seen: 2, over: 3 } as const

/** Times closer than this are one. */
const SAME_MOMENT_s = 1e-6
/** A ramp is followed in so many pieces of constant current that make its heat. */
const RAMP_PIECES = 6

function isReached(now_s: number, moment_s: number): boolean {
  return now_s >= moment_s - SAME_MOMENT_s
}

/** A moment that is still to come; Infinity where it is not. */
function later_s(moment_s: number, now_s: number): number {
  return isReached(now_s, moment_s) ? Number.POSITIVE_INFINITY : moment_s
}

/** What happens to contactors at a moment. */
export type Switching = 'opens' | 'closes'

/**
 * One fault of one plug and what its dispenser makes of it: when it is told, by what, and to what the current is held. The truth is
 * elsewhere; a guard knows sights only. State is the caller's.
 */
export class Guard {
  readonly fault: PlugFault
  readonly #dispenser: DispenserParameters
  readonly #reaction: ReactionKind

  constructor(dispenser: DispenserParameters, fault: PlugFault) {
    this.fault = fault
    this.#dispenser = dispenser
    this.#reaction = faultMode(fault.mode).reaction
  }

  reset(state: Float64Array, at: number): void {
    state.fill(0, at, at + GUARD_SLOTS)
    state[at + Slot.seen] = Number.NaN
    state[at + Slot.since] = Number.NaN
    state[at + Slot.told] = Number.NaN
    state[at + Slot.limit] = Number.POSITIVE_INFINITY
  }

  /** The fault begins. */
  begin(state: Float64Array, at: number, sight: Sight): void {
    state[at + Slot.phase] = Phase.unseen
    state[at + Slot.start] = sight.now_s
    state[at + Slot.warmBefore] = 1
    state[at + Slot.reading] = sight.sound_degC
    state[at + Slot.looked] = sight.now_s
    state[at + Slot.compared] = sight.now_s
    state[at + Slot.gap] = sight.sound_degC - sight.model_degC
    state[at + Slot.slope] = 0
    this.look(state, at, sight)
  }

  /** The fault is over, seen or not. What was stopped stays so until the vehicle leaves. */
  end(state: Float64Array, at: number): void {
    state[at + Slot.phase] = Phase.over
  }

  unplugged(state: Float64Array, at: number): void {
    state[at + Slot.latched] = 0
  }

  isActive(state: Float64Array, at: number): boolean {
    return state[at + Slot.phase] === Phase.unseen || this.isSeen(state, at)
  }

  isSeen(state: Float64Array, at: number): boolean {
    return state[at + Slot.phase] === Phase.seen
  }

  /** When it was told; NaN: not. */
  seen_s(state: Float64Array, at: number): number {
    return state[at + Slot.seen] as number
  }

  /** What told it: its own witness, or the heat of the contacts before. */
  witness(state: Float64Array, at: number): Witness {
    if (Number.isNaN(this.seen_s(state, at))) return 'none'
    return this.#toldByHeat(state, at) ? 'temperature' : faultMode(this.fault.mode).witness
  }

  /** What was done; where the heat of the contacts told it, the ladder acts and nothing else. */
  reaction(state: Float64Array, at: number): ReactionKind {
    if (!Number.isNaN(state[at + Slot.told])) return this.#reaction
    return Number.isNaN(this.seen_s(state, at)) ? 'none' : 'limit'
  }

  look(state: Float64Array, at: number, sight: Sight): void {
    if (state[at + Slot.phase] !== Phase.unseen) return
    const delay_s = this.#delay_s(state, at)
    const { now_s } = sight
    const reading_degC = this.#read(state, at, sight)
    if (delay_s !== null) {
      if (isReached(now_s, (state[at + Slot.start] as number) + delay_s)) this.#tell(state, at, sight)
    } else if (this.#watchReadings(state, at, sight, reading_degC)) this.#tell(state, at, sight)
    if (!sight.isDerated) state[at + Slot.warmBefore] = 0
    const isWarm = sight.isDerated && state[at + Slot.warmBefore] === 0
    if (isWarm && faultMode(this.fault.mode).witness !== 'pair' && Number.isNaN(this.seen_s(state, at)))
      this.#tellByHeat(state, at, now_s)
  }

  /** Contactors move: a welded or stuck one is found out. */
  switches(state: Float64Array, at: number, what: Switching, sight: Sight): void {
    if (state[at + Slot.phase] !== Phase.unseen) return
    const { mode } = this.fault
    const isFound = mode === 'contactor-stuck' ? what === 'closes' : mode === 'contactor-welded' && what === 'opens'
    if (isFound) this.#tell(state, at, sight)
  }

  /** Most current from now until the next look. */
  limit_A(state: Float64Array, at: number, now_s: number): number {
    const phase = state[at + Slot.phase]
    if (phase !== Phase.seen) {
      return phase === Phase.over && state[at + Slot.latched] === 1 ? 0 : Number.POSITIVE_INFINITY
    }
    const since_s = now_s - (state[at + Slot.told] as number)
    if (this.#reaction === 'ramp') return this.#ramp_A(state[at + Slot.from] as number, since_s)
    if (this.#reaction === 'trip') return isReached(since_s, OPENING_s) ? 0 : Number.POSITIVE_INFINITY
    if (this.#reaction === 'lock') return 0
    return state[at + Slot.limit] as number
  }

  /** When to look again; Infinity: not before something else happens. */
  next_s(state: Float64Array, at: number, { now_s, current_A }: Pick<Sight, 'now_s' | 'current_A'>): number {
    if (this.isSeen(state, at)) return this.#nextPiece_s(state, at, now_s)
    if (state[at + Slot.phase] !== Phase.unseen) return Number.POSITIVE_INFINITY
    const delay_s = this.#delay_s(state, at)
    const heat_s = current_A > 0 ? now_s + watch.look_s : Number.POSITIVE_INFINITY
    if (delay_s !== null) {
      return Math.min(later_s((state[at + Slot.start] as number) + delay_s, now_s), heat_s)
    }
    const since_s = state[at + Slot.since] as number
    return Math.min(Number.isNaN(since_s) ? Number.POSITIVE_INFINITY : later_s(since_s + this.#need_s(), now_s), heat_s)
  }

  #toldByHeat(state: Float64Array, at: number): boolean {
    return state[at + Slot.byHeat] === 1
  }

  #delay_s(state: Float64Array, at: number): number | null {
    return detectionDelay_s(this.#dispenser, { ...this.fault, since_s: state[at + Slot.start] as number })
  }

  /** What the first thermometer shows now. */
  #read(state: Float64Array, at: number, { now_s, sensors, sound_degC }: Sight): number {
    const { thermometer } = sensors
    const last_degC = state[at + Slot.reading] as number
    const lag_s = this.#dispenser.cable.parameters.sensorLag_s
    const slower_s = thermometer.kind === 'slow' ? Math.max(0.05, lag_s * (thermometer.times - 1)) : 1
    const passed_s = now_s - (state[at + Slot.looked] as number)
    const reading_degC = thermometerReading(thermometer, sound_degC, last_degC, passed_s / slower_s)
    state[at + Slot.looked] = now_s
    state[at + Slot.reading] = reading_degC
    return reading_degC
  }

  #need_s(): number {
    const { witness } = faultMode(this.fault.mode)
    if (witness === 'flow') return this.#dispenser.flowDelay_s
    return witness === 'pair' ? watch.pair_s : watch.model_s
  }

  /** Whether readings have been out of line for long enough. */
  #watchReadings(state: Float64Array, at: number, sight: Sight, reading_degC: number): boolean {
    if (!this.#isOutOfLine(state, at, sight, reading_degC)) {
      state[at + Slot.since] = Number.NaN
      return false
    }
    if (Number.isNaN(state[at + Slot.since])) state[at + Slot.since] = sight.now_s
    return isReached(sight.now_s, (state[at + Slot.since] as number) + this.#need_s())
  }

  #isOutOfLine(state: Float64Array, at: number, sight: Sight, reading_degC: number): boolean {
    const { sensors, flow_frac, sound_degC } = sight
    const { witness } = faultMode(this.fault.mode)
    if (witness === 'flow') return flowReading(sensors, flow_frac) < this.#dispenser.lowFlow_frac
    if (witness === 'pair') return Math.abs(reading_degC - sound_degC) >= watch.pair_K
    return witness === 'model' && this.#trueGap_K(state, at, sight) >= watch.model_K
  }

  /** How far the contact is off the model: a thermometer follows with a known lag, so how fast it moves away tells how far it has to go. */
  #trueGap_K(state: Float64Array, at: number, { now_s, sound_degC, model_degC }: Sight): number {
    const gap_K = sound_degC - model_degC
    const passed_s = now_s - (state[at + Slot.compared] as number)
    if (passed_s >= watch.slope_s) {
      state[at + Slot.slope] = (gap_K - (state[at + Slot.gap] as number)) / passed_s
      state[at + Slot.compared] = now_s
      state[at + Slot.gap] = gap_K
    }
    return gap_K + this.#dispenser.cable.parameters.sensorLag_s * (state[at + Slot.slope] as number)
  }

  #tell(state: Float64Array, at: number, sight: Sight): void {
    const { now_s, current_A, isPlugged } = sight
    state[at + Slot.phase] = Phase.seen
    state[at + Slot.told] = now_s
    if (Number.isNaN(this.seen_s(state, at))) state[at + Slot.seen] = now_s
    state[at + Slot.from] = current_A
    const stops = this.#reaction === 'ramp' || this.#reaction === 'trip'
    state[at + Slot.latched] = stops && isPlugged ? 1 : 0
    if (this.#reaction === 'limit') state[at + Slot.limit] = this.#limited_A(sight)
  }

  #tellByHeat(state: Float64Array, at: number, now_s: number): void {
    state[at + Slot.seen] = now_s
    state[at + Slot.byHeat] = 1
  }

  /** Without the fan what the cable carries so; with a bad contact what heats the worst one like a sound one; else what is safe without coolant. */
  #limited_A({ current_A }: Sight): number {
    const { noFan_A, fallback_A } = this.#dispenser
    if (this.fault.mode === 'fan') return noFan_A
    if (this.fault.mode !== 'contact') return fallback_A
    return current_A / Math.sqrt(WORST_CONTACT)
  }

  #ramp_A(from_A: number, since_s: number): number {
    const length_s = from_A / this.#dispenser.ramp_Apers
    if (since_s >= length_s - 1e-9) return 0
    const piece = Math.floor((since_s / length_s) * RAMP_PIECES + 1e-6)
    return meanSquare_A(from_A * (1 - piece / RAMP_PIECES), from_A * (1 - (piece + 1) / RAMP_PIECES))
  }

  #nextPiece_s(state: Float64Array, at: number, now_s: number): number {
    const told_s = state[at + Slot.told] as number
    const ends_s = this.#reaction === 'trip' ? told_s + OPENING_s : told_s
    if (this.#reaction !== 'ramp') return later_s(ends_s, now_s)
    const piece_s = (state[at + Slot.from] as number) / this.#dispenser.ramp_Apers / RAMP_PIECES
    if (piece_s === 0) return Number.POSITIVE_INFINITY
    const piece = Math.floor((now_s - told_s) / piece_s + 1e-6) + 1
    return piece <= RAMP_PIECES ? told_s + piece * piece_s : Number.POSITIVE_INFINITY
  }
}
