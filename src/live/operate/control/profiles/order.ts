import type { Spelling } from './spelling.ts'

/** Where a profile goes, and how its numbers are counted there. */
export interface ProfilePlace {
  /** EVSE of 2.x. */
  readonly evse: number
  /** Connector of 1.6, counted over the station. */
  readonly connector: number
  readonly stackLevel: number
  /** Phases of the EVSE, 1 for DC. */
  readonly phases: number
  readonly isAc: boolean
  /** Between a phase and neutral, or between the poles: highest that is to be expected until the limit ends. */
  readonly voltage_V: number
}

/** A limit for a transaction, or, told as a standing one, for whatever is at its EVSE. */
export interface LimitOrder {
  readonly place: ProfilePlace
  readonly limit_kW: number
  /** Standing limit of the EVSE, which holds from the end on. */
  readonly default_kW: number
  /** By the clock of the station. */
  readonly start_ms: number
  readonly duration_s: number
  readonly transactionId: string
  readonly spelling: Spelling
}

/** A standing limit: it holds where nothing else does, and does not end. */
export type StandingOrder = Pick<LimitOrder, 'place' | 'default_kW' | 'start_ms'> & {
  readonly purpose: 'txDefault' | 'stationMax'
  readonly unit: Spelling['unit']
}

/** A message of some version. */
export interface ProfileMessage {
  readonly action: string
  readonly payload: Readonly<Record<string, unknown>>
}

const WATTS_PER_KW = 1000
const AMPERE_STEP = 0.1

/** What is written in a schedule: whole watts or tenths of an ampere, rounded down. */
export function rateOf(limit_kW: number, unit: Spelling['unit'], { phases, voltage_V }: ProfilePlace): number {
  const limit_W = Math.max(0, limit_kW) * WATTS_PER_KW
  if (unit === 'W') return Math.floor(limit_W + 1e-6)
  return Math.floor(limit_W / (voltage_V * phases) / AMPERE_STEP + 1e-9) / (1 / AMPERE_STEP)
}

/** What a station that obeys gives at most by that. */
export function powerOfRate_kW(rate: number, unit: Spelling['unit'], { phases, voltage_V }: ProfilePlace): number {
  return (unit === 'W' ? rate : rate * voltage_V * phases) / WATTS_PER_KW
}

/** Profiles keep their ids, so that a new one takes the place of the old one. */
export const profileId = {
  stationMax: 1,
  /** `place`: EVSE of 2.x, connector of 1.6. */
  standing: (place: number): number => 10 * place,
  limit: (place: number): number => 10 * place + 1,
} as const

const isoTime = (at_ms: number): string => new Date(at_ms).toISOString()

interface Period {
  readonly startPeriod: number
  readonly limit: number
  /** Nothing at DC, where the number of phases has no meaning. */
  readonly numberPhases?: number
}

function period(startPeriod: number, limit_kW: number, unit: Spelling['unit'], place: ProfilePlace): Period {
  const phases = place.isAc ? { numberPhases: place.phases } : {}
  return { startPeriod, limit: rateOf(limit_kW, unit, place), ...phases }
}

/** What is the same in the schedules of all versions. */
export interface ScheduleBody {
  readonly duration?: number
  readonly startSchedule?: string
  readonly chargingRateUnit: Spelling['unit']
  readonly chargingSchedulePeriod: readonly Period[]
}

/**
 * Schedule of a limit. One of a transaction ends, and what stands below it holds again; one that is told in the place of the
 * standing limit goes back to that by itself.
 */
export function limitSchedule(order: LimitOrder): ScheduleBody {
  const { place, limit_kW, default_kW, start_ms, duration_s, spelling } = order
  const { purpose, unit, isDynamic } = spelling
  const first = period(0, limit_kW, unit, place)
  const start = isDynamic ? {} : { startSchedule: isoTime(start_ms) }
  if (purpose === 'tx')
    return { duration: duration_s, ...start, chargingRateUnit: unit, chargingSchedulePeriod: [first] }
  const chargingSchedulePeriod = [first, period(duration_s, default_kW, unit, place)]
  return { ...start, chargingRateUnit: unit, chargingSchedulePeriod }
}

/** Schedule of a standing limit. */
export function standingSchedule({ place, default_kW, start_ms, unit }: StandingOrder): ScheduleBody {
  const chargingSchedulePeriod = [period(0, default_kW, unit, place)]
  return { startSchedule: isoTime(start_ms), chargingRateUnit: unit, chargingSchedulePeriod }
}

/** Which profile an order is: standing ones and those of transactions have an id and a stack level each. */
export function standsAt(
  { place, purpose }: { readonly place: ProfilePlace; readonly purpose: Spelling['purpose'] },
  wire: number,
) {
  if (purpose === 'stationMax') return { id: profileId.stationMax, stackLevel: 0, at: 0 }
  if (purpose === 'tx') return { id: profileId.limit(wire), stackLevel: place.stackLevel, at: wire }
  return { id: profileId.standing(wire), stackLevel: place.stackLevel, at: wire }
}
