import { SECONDS_PER_DAY } from '../../../base/units/index.ts'
import type { Period, Profile, Purpose, RateUnit } from './profile.ts'

const MS_PER_SECOND = 1000
const FOREVER = Number.POSITIVE_INFINITY

/** What matters at an EVSE for which profiles hold. */
export interface Circumstances {
  readonly transaction: { readonly id: string; readonly started_ms: number } | null
  /** null: connected. */
  readonly offlineSince_ms: number | null
}

/** How amperes become power: volts between a phase (AC) or the two poles (DC), and phases; DC counts as one. */
export interface Electrics {
  readonly voltage_V: number
  readonly phases: number
}

/** What a profile says at a moment, and until when it says so. */
interface Ruling {
  /** null: nothing then. */
  readonly period: Period | null
  readonly until_ms: number
}

/** The limit in force and whose it is. */
export interface ProfileLimit {
  /** Infinity: no profile limits. */
  readonly limit_kW: number
  readonly purpose: Purpose | null
  readonly profile: number | null
  /** It may change at this moment. */
  readonly until_ms: number
}

const silentUntil = (until_ms: number): Ruling => ({ period: null, until_ms })

function length_s(recurrency: Profile['recurrency']): number {
  return recurrency === 'weekly' ? 7 * SECONDS_PER_DAY : SECONDS_PER_DAY
}

/** Start of the schedule as it counts at a moment; null: it has none (yet). */
function startOf_ms(profile: Profile, { transaction }: Circumstances, now_ms: number): number | null {
  if (profile.kind === 'relative') return transaction?.started_ms ?? null
  const start_ms = profile.start_ms ?? profile.told_ms
  if (profile.kind !== 'recurring' || now_ms < start_ms) return start_ms
  const turn_ms = length_s(profile.recurrency) * MS_PER_SECOND
  return start_ms + Math.floor((now_ms - start_ms) / turn_ms) * turn_ms
}

/** End of the schedule that began at `start_ms`: a dynamic one lasts from when it was told, a recurring one a turn at most. */
function endOf_ms({ kind, duration_s, told_ms, recurrency }: Profile, start_ms: number): number {
  const lasts_ms = duration_s === null ? FOREVER : duration_s * MS_PER_SECOND
  if (kind === 'dynamic') return told_ms + lasts_ms
  if (kind === 'recurring') return start_ms + Math.min(lasts_ms, length_s(recurrency) * MS_PER_SECOND)
  return start_ms + lasts_ms
}

/** The period that holds so long after the start, and how long. */
function periodAt({ periods }: Profile, start_ms: number, now_ms: number): Ruling {
  const next = periods.findIndex(({ from_s }) => start_ms + from_s * MS_PER_SECOND > now_ms)
  const at = next === -1 ? periods.length - 1 : next - 1
  const following = periods[at + 1]
  const until_ms = following ? start_ms + following.from_s * MS_PER_SECOND : FOREVER
  return { period: periods[at] ?? null, until_ms }
}

/** When a profile that must not outlast a lost connection stops to hold. */
function lapse_ms({ maxOffline_s }: Profile, { offlineSince_ms }: Circumstances): number {
  if (maxOffline_s === null || offlineSince_ms === null) return FOREVER
  return offlineSince_ms + maxOffline_s * MS_PER_SECOND
}

function rulingAt(profile: Profile, circumstances: Circumstances, now_ms: number): Ruling {
  const { validFrom_ms, validTo_ms } = profile
  if (validFrom_ms !== null && now_ms < validFrom_ms) return silentUntil(validFrom_ms)
  const last_ms = Math.min(validTo_ms ?? FOREVER, lapse_ms(profile, circumstances))
  if (now_ms >= last_ms) return silentUntil(FOREVER)
  const start_ms = startOf_ms(profile, circumstances, now_ms)
  if (start_ms === null) return silentUntil(FOREVER)
  if (now_ms < start_ms) return silentUntil(Math.min(start_ms, last_ms))
  const end_ms = endOf_ms(profile, start_ms)
  if (now_ms >= end_ms) {
    const again_ms = profile.kind === 'recurring' ? start_ms + length_s(profile.recurrency) * MS_PER_SECOND : FOREVER
    return silentUntil(Math.min(again_ms, last_ms))
  }
  const { period, until_ms } = periodAt(profile, start_ms, now_ms)
  return { period, until_ms: Math.min(until_ms, end_ms, last_ms) }
}

function concerns(profile: Profile, evse: number, { transaction }: Circumstances): boolean {
  if (profile.evse !== 0 && profile.evse !== evse) return false
  if (profile.purpose !== 'tx') return true
  return transaction !== null && (profile.transactionId === null || profile.transactionId === transaction.id)
}

/** Power of a limit in the unit of its schedule. */
export function power_kW(limit: number, unit: RateUnit, phases: number | null, electrics: Electrics): number {
  if (unit === 'W') return limit / 1000
  return (limit * electrics.voltage_V * Math.min(phases ?? electrics.phases, electrics.phases)) / 1000
}

/** What a number of power is in amperes. */
export function rate(limit_kW: number, unit: RateUnit, electrics: Electrics): number {
  return unit === 'W' ? limit_kW * 1000 : (limit_kW * 1000) / (electrics.voltage_V * electrics.phases)
}

const nothing: ProfileLimit = { limit_kW: FOREVER, purpose: null, profile: null, until_ms: FOREVER }

/** Higher stack level first; of equals the one for the EVSE itself. */
function byRank(a: Profile, b: Profile): number {
  return b.stackLevel - a.stackLevel || b.evse - a.evse
}

/** The limit of the highest profile of a purpose that says something. */
function leading(
  profiles: readonly Profile[],
  circumstances: Circumstances,
  now_ms: number,
  electrics: Electrics,
): ProfileLimit {
  let until_ms = FOREVER
  for (const profile of [...profiles].sort(byRank)) {
    const ruling = rulingAt(profile, circumstances, now_ms)
    until_ms = Math.min(until_ms, ruling.until_ms)
    const { limit = null, phases = null } = ruling.period ?? {}
    if (limit === null) continue
    const limit_kW = power_kW(limit, profile.unit, phases, electrics)
    return { limit_kW, purpose: profile.purpose, profile: profile.id, until_ms }
  }
  return { ...nothing, until_ms }
}

function tighter(a: ProfileLimit, b: ProfileLimit): ProfileLimit {
  const least = b.limit_kW < a.limit_kW ? b : a
  return { ...least, until_ms: Math.min(a.until_ms, b.until_ms) }
}

/**
 * What the profiles allow an EVSE at a moment (OCPP 2.0.1 part 2, K, "Combining Charging Profile Purposes"): the tightest
 * of the external constraints, the maximum of the station and the profile of the transaction, in whose place the default
 * stands while no profile of the transaction says anything. Stations as a whole (`evse` 0) have the first two only.
 */
export function limitAt(
  profiles: readonly Profile[],
  evse: number,
  circumstances: Circumstances,
  at: { readonly now_ms: number; readonly electrics: Electrics },
): ProfileLimit {
  const { now_ms, electrics } = at
  const of = (purpose: Purpose): ProfileLimit => {
    const mine = profiles.filter((profile) => profile.purpose === purpose && concerns(profile, evse, circumstances))
    return leading(mine, circumstances, now_ms, electrics)
  }
  const outer = tighter(of('external'), of('stationMax'))
  if (evse === 0) return outer
  const own = of('tx')
  if (own.purpose !== null) return tighter(own, outer)
  const standing = of('txDefault')
  return tighter({ ...standing, until_ms: Math.min(own.until_ms, standing.until_ms) }, outer)
}

/** A stretch of a composite schedule, seconds after its start. */
export interface Stretch {
  readonly from_s: number
  readonly limit_kW: number
}

export interface CompositeAsked {
  readonly from_ms: number
  readonly duration_s: number
  readonly electrics: Electrics
  /** Holds where no profile limits. */
  readonly rating_kW: number
}

/** Stretches are cut to whole seconds, as periods on the wire are. */
export function compositeOf(
  profiles: readonly Profile[],
  evse: number,
  circumstances: Circumstances,
  { from_ms, duration_s, electrics, rating_kW }: CompositeAsked,
): readonly Stretch[] {
  const stretches: Stretch[] = []
  let at_s = 0
  while (at_s < duration_s) {
    const now_ms = from_ms + at_s * MS_PER_SECOND
    const { limit_kW, until_ms } = limitAt(profiles, evse, circumstances, { now_ms, electrics })
    const here_kW = Math.min(limit_kW, rating_kW)
    if (stretches.at(-1)?.limit_kW !== here_kW) stretches.push({ from_s: at_s, limit_kW: here_kW })
    at_s = Math.max(at_s + 1, Math.ceil((until_ms - from_ms) / MS_PER_SECOND))
  }
  return stretches
}
