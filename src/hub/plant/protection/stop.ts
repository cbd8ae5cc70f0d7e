/** Why a session ends. */
export type StopCause =
  | 'normal'
  | 'latchOpen'
  | 'controlLineLost'
  | 'earthLost'
  | 'fatalFault'
  | 'overVoltage'
  | 'messageTimeout'
  | 'mainsLost'
  | 'emergencyStop'

/**
 * What a standard asks for after a cause: current at or below 5 A, and contactors open, within so long; null: not
 * asked.
 */
export interface StopRule {
  readonly current_s: number | null
  readonly contactors_s: number | null
  /** No vehicle may be served again before somebody has been there. */
  readonly latching: boolean
}

/** Current at which contactors may open. */
export const REST_A = 5
/** Least fall of the current in a normal stop (GB/T), A/s. */
export const STOP_RAMP_Apers = 100

const rule = (current_s: number | null, contactors_s: number | null, latching = false): StopRule => ({
  current_s,
  contactors_s,
  latching,
})

/**
 * GB/T 34657.1-2017 (table for the 2015 and 2017 editions, second hand). An emergency stop is taken like any fatal
 * fault, and latches. After loss of mains contactors are open, or voltage is below 60 V, within 1 s, and nothing
 * resumes by itself.
 */
export const gbtStops: Readonly<Record<StopCause, StopRule>> = {
  normal: rule(null, null),
  latchOpen: rule(0.05, null),
  controlLineLost: rule(null, 0.1),
  earthLost: rule(null, 0.1),
  fatalFault: rule(null, 0.1),
  overVoltage: rule(null, 1),
  messageTimeout: rule(null, 10),
  mainsLost: rule(null, 1, true),
  emergencyStop: rule(null, 0.1, true),
}

/** Longest time after loss of earth until an emergency shutdown is done (IEC 61851-23:2014, excerpt), s. */
export const IEC_EARTH_LOST_s = 5

/** Three timeouts of messages end a session (GB/T 27930). */
export const MESSAGE_TIMEOUTS = 3

/** Further GB/T figures: voltage gone after a stop, highest inrush when contactors close. */
export const gbtLimits = { dischargeTo_V: 60, discharge_s: 1, inrush_A: 20, voltageError_frac: 0.005 } as const

/** Time a linear ramp takes down to the current at which contactors may open, s. */
export function rampTime_s(current_A: number, ramp_Apers = STOP_RAMP_Apers): number {
  return Math.max(0, current_A - REST_A) / ramp_Apers
}

/** Longest time until the current may be at rest after a cause, s; Infinity where the standard asks for nothing. */
export function stopWithin_s(cause: StopCause, current_A: number): number {
  if (cause === 'normal') return rampTime_s(current_A)
  const { current_s, contactors_s } = gbtStops[cause]
  return current_s ?? contactors_s ?? Number.POSITIVE_INFINITY
}

/** Heat of a linear ramp to 0 as seconds of full current: I0^2 T / 3. */
export function rampHeat_s(current_A: number, ramp_Apers: number): number {
  return current_A / ramp_Apers / 3
}

/** Longest time for a change of the current on request (GB/T): 1 s up to 20 A, else 1 s for each 20 A. */
export function adjustTime_s(change_A: number): number {
  const step_A = 20
  return Math.max(1, Math.abs(change_A) / step_A)
}

/** Largest error of the current (GB/T): 0.3 A below 30 A, else 1 %. */
export function currentError_A(current_A: number): number {
  return current_A < 30 ? 0.3 : 0.01 * current_A
}
