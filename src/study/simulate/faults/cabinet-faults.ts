import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import { faultMode, watch } from '../../../hub/plant/device/index.ts'
import { StateStore } from '../../../hub/plant/index.ts'
import type { CabinetDevice } from '../devices/cabinet-device.ts'
import type { FaultResult } from './result.ts'
import type { ScheduledFault } from './schedule.ts'

const SAME_MOMENT_s = 1e-6
const Phase = { waiting: 0, unseen: 1, seen: 2, over: 3 } as const
/** Numbers kept of each fault. `output`: where its first module worked when it began. */
const KEPT = 6
const Kept = { phase: 0, seen_s: 1, output: 2, lost_kWh: 3, rate_kW: 4, looked_s: 5 } as const

export interface CabinetFaultsInput {
  readonly cabinets: readonly CabinetDevice[]
  readonly alarm: (at: number, when_s: number) => void
}

/** Faults of modules and of the matrix: what they gave is missing, and what is left is shared anew once they are told. */
export class CabinetFaults {
  readonly #all: readonly ScheduledFault[]
  readonly #faults: readonly ScheduledFault[]
  readonly #input: CabinetFaultsInput
  readonly #store = new StateStore()
  readonly #kept: Float64Array

  constructor(all: readonly ScheduledFault[], input: CabinetFaultsInput) {
    this.#all = all
    this.#faults = all.filter(({ cabinet }) => cabinet >= 0)
    this.#input = input
    this.#kept = this.#store.f64(this.#faults.length * KEPT)
    this.#faults.forEach(({ at_s }, at) => {
      this.#kept[at * KEPT + Kept.seen_s] = Number.NaN
      input.alarm(at, at_s)
    })
  }

  snapshot(): Uint8Array {
    return this.#store.snapshot()
  }

  restore(state: Uint8Array): void {
    this.#store.restore(state)
  }

  ring(at: number, now_s: number): void {
    const fault = this.#faults[at]
    if (!fault) return
    this.#book(at, now_s)
    const phase = this.#kept[at * KEPT + Kept.phase]
    if (phase === Phase.over) return
    if (now_s >= fault.ends_s - SAME_MOMENT_s) this.#end(at, now_s)
    else if (phase === Phase.waiting) this.#begin(at, now_s)
    else if (phase === Phase.unseen && fault.mode === 'module') this.#tell(at, now_s)
    this.#schedule(at, now_s)
  }

  /** The cabinet has shared: a module that was to move and could not is found out. */
  shared(cabinet: number, now_s: number): void {
    this.#faults.forEach((fault, at) => {
      if (fault.cabinet !== cabinet) return
      this.#book(at, now_s)
      if (fault.mode === 'module' || this.#kept[at * KEPT + Kept.phase] !== Phase.unseen) return
      const output = this.#device(fault)?.outputOf(fault.modules[0] ?? 0) ?? -1
      const before = this.#kept[at * KEPT + Kept.output] as number
      if (output === before) return
      if (this.#shows(fault, before, output)) this.#tell(at, now_s)
      else this.#kept[at * KEPT + Kept.output] = output
    })
  }

  result(index: number, now_s: number): FaultResult {
    const fault = this.#all[index] as ScheduledFault
    const at = this.#faults.indexOf(fault)
    this.#book(at, now_s)
    const seen_s = this.#kept[at * KEPT + Kept.seen_s] as number
    const isSeen = !Number.isNaN(seen_s)
    const { witness, reaction } = faultMode(fault.mode)
    return {
      ...{ mode: fault.mode, part: fault.part, at_s: fault.at_s, severity_frac: fault.severity_frac },
      lasts_s: Number.isFinite(fault.ends_s) ? fault.ends_s - fault.at_s : null,
      detected_s: isSeen ? seen_s - fault.at_s : null,
      seenBy: isSeen ? witness : 'none',
      reaction: isSeen ? reaction : 'none',
      ...{ stopped_s: null, began_degC: null, highest_degC: null, sessions: 0 },
      energyLost_kWh: this.#kept[at * KEPT + Kept.lost_kWh] as number,
    }
  }

  /** A contactor that is welded shows when it is to open, a stuck one when it is to close. */
  #shows({ mode }: ScheduledFault, before: number, output: number): boolean {
    return mode === 'matrix-welded' ? before >= 0 : output >= 0
  }

  #device({ cabinet }: ScheduledFault): CabinetDevice | undefined {
    return this.#input.cabinets[cabinet]
  }

  #begin(at: number, now_s: number): void {
    const fault = this.#faults[at] as ScheduledFault
    const device = this.#device(fault)
    this.#kept[at * KEPT + Kept.phase] = Phase.unseen
    this.#kept[at * KEPT + Kept.output] = device?.outputOf(fault.modules[0] ?? 0) ?? -1
    if (fault.mode === 'module') device?.weaken(fault.modules, 1 - fault.severity_frac, now_s)
  }

  #tell(at: number, now_s: number): void {
    const fault = this.#faults[at] as ScheduledFault
    this.#kept[at * KEPT + Kept.phase] = Phase.seen
    this.#kept[at * KEPT + Kept.seen_s] = now_s
    if (fault.mode !== 'module') this.#device(fault)?.weaken(fault.modules, 0, now_s)
    this.#device(fault)?.wake(now_s)
  }

  #end(at: number, now_s: number): void {
    const fault = this.#faults[at] as ScheduledFault
    this.#kept[at * KEPT + Kept.phase] = Phase.over
    this.#kept[at * KEPT + Kept.rate_kW] = 0
    this.#device(fault)?.weaken(fault.modules, 1, now_s)
    this.#device(fault)?.wake(now_s)
  }

  #schedule(at: number, now_s: number): void {
    const { at_s, ends_s, mode } = this.#faults[at] as ScheduledFault
    const phase = this.#kept[at * KEPT + Kept.phase]
    const told_s = phase === Phase.unseen && mode === 'module' ? at_s + watch.heartbeat_s : Number.POSITIVE_INFINITY
    const next_s = phase === Phase.over ? Number.POSITIVE_INFINITY : Math.min(told_s, ends_s)
    this.#input.alarm(at, next_s > now_s ? next_s : Number.POSITIVE_INFINITY)
  }

  #book(at: number, now_s: number): void {
    const fault = this.#faults[at] as ScheduledFault
    const kept = at * KEPT
    const phase = this.#kept[kept + Kept.phase]
    const isActive = phase === Phase.unseen || phase === Phase.seen
    const before_kW = this.#kept[kept + Kept.rate_kW] as number
    const hours_h = (now_s - (this.#kept[kept + Kept.looked_s] as number)) / SECONDS_PER_HOUR
    const rate_kW = isActive ? (this.#device(fault)?.faulted_kW() ?? 0) : 0
    this.#kept[kept + Kept.lost_kWh] =
      (this.#kept[kept + Kept.lost_kWh] as number) + ((before_kW + rate_kW) / 2) * hours_h
    this.#kept[kept + Kept.rate_kW] = rate_kW
    this.#kept[kept + Kept.looked_s] = now_s
  }
}
