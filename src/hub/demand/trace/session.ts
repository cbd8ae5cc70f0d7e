import type { Position } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { SessionColumns } from './session-columns.ts'

/** A charging session as it was recorded, moments to the millisecond. What the recording does not say is absent. */
export interface TraceSession {
  readonly id: string
  readonly arrive_ms: number
  readonly depart_ms: number
  /** Delivered at the plug; where a vehicle is replayed this is what its driver wants. */
  readonly energy_kWh: number
  /** When it was plugged in; absent: on arrival. */
  readonly plug_ms?: number
  readonly chargingEnd_ms?: number
  /** Highest power that flowed, or that vehicle and post could agree on. */
  readonly maxPower_kW?: number
  /** Name of the EVSE, as the recording has it. */
  readonly evse?: string
  /** Plug, in any vocabulary. */
  readonly connector?: string
  readonly vehicle?: string
  /** State of charge on arrival. */
  readonly soc_frac?: number
  readonly capacity_kWh?: number
}

/** Rows of a recording that were left out for one reason: how many, and the first ones. */
export interface SkippedRows {
  readonly reason: Coded['code']
  readonly count: number
  readonly examples: readonly SkippedRow[]
}

export interface SkippedRow {
  readonly params: Coded['params']
  readonly at: Position
}

/** A recording of charging sessions, whatever format it came in. Plain data: another thread reads the same memory. */
export interface Trace {
  /** By arrival. */
  readonly sessions: SessionColumns
  /** Zone its local times were read in; null: it states moments. */
  readonly timezone: string | null
  readonly skipped: readonly SkippedRows[]
}
