import { isJsonObject, type Json, type JsonObject, readTime } from '../../ocpp/index.ts'
import type { Kind, Period, Profile, Purpose, RateUnit } from './profile.ts'

const purposes: Readonly<Record<string, Purpose>> = {
  ChargePointMaxProfile: 'stationMax',
  ChargingStationMaxProfile: 'stationMax',
  ChargingStationExternalConstraints: 'external',
  TxDefaultProfile: 'txDefault',
  TxProfile: 'tx',
}

const kinds: Readonly<Record<string, Kind>> = {
  Absolute: 'absolute',
  Recurring: 'recurring',
  Relative: 'relative',
  Dynamic: 'dynamic',
}

export const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
export const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)
export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
export const momentOf_ms = (value: Json | undefined): number | null =>
  typeof value === 'string' ? (readTime(value)?.at_ms ?? null) : null

/** The purpose a message names; null: one a virtual station does not know. */
export const purposeOf = (text: Json | undefined): Purpose | null =>
  typeof text === 'string' ? (purposes[text] ?? null) : null

function periodOf(value: Json): Period {
  const period = objectOf(value)
  return {
    from_s: numberOf(period['startPeriod']) ?? 0,
    limit: numberOf(period['limit']),
    phases: numberOf(period['numberPhases']),
  }
}

function recurrencyOf(value: Json | undefined): Profile['recurrency'] {
  return value === 'Daily' ? 'daily' : value === 'Weekly' ? 'weekly' : null
}

/**
 * Reads a charging profile of a message that keeps to its schema. Of several schedules, meant for vehicles that speak
 * ISO 15118, the first one is taken.
 */
export function readProfile(given: JsonObject, evse: number, now_ms: number): Profile {
  const schedules = Array.isArray(given['chargingSchedule'])
    ? given['chargingSchedule']
    : [given['chargingSchedule'] ?? null]
  const schedule = objectOf(schedules[0])
  const periods = listOf(schedule['chargingSchedulePeriod'])
  const unit: RateUnit = schedule['chargingRateUnit'] === 'A' ? 'A' : 'W'
  const transactionId = given['transactionId']
  return {
    id: numberOf(given['id'] ?? given['chargingProfileId']) ?? 0,
    evse,
    stackLevel: numberOf(given['stackLevel']) ?? 0,
    purpose: purposeOf(given['chargingProfilePurpose']) ?? 'external',
    kind: kinds[textOf(given['chargingProfileKind']) ?? ''] ?? 'absolute',
    recurrency: recurrencyOf(given['recurrencyKind']),
    validFrom_ms: momentOf_ms(given['validFrom']),
    validTo_ms: momentOf_ms(given['validTo']),
    transactionId: transactionId === undefined || transactionId === null ? null : String(transactionId),
    unit,
    start_ms: momentOf_ms(schedule['startSchedule']),
    duration_s: numberOf(schedule['duration']),
    periods: periods.map(periodOf),
    told_ms: momentOf_ms(given['dynUpdateTime']) ?? now_ms,
    pull_s: numberOf(given['dynUpdateInterval']) || null,
    maxOffline_s: numberOf(given['maxOfflineDuration']),
    given: {
      purpose: textOf(given['chargingProfilePurpose']) ?? '',
      schedules: schedules.length,
      hasPhaseToUse: periods.some((period) => objectOf(period)['phaseToUse'] !== undefined),
      dropsOffline: given['invalidAfterOfflineDuration'] === true,
      raw: given,
    },
  }
}
