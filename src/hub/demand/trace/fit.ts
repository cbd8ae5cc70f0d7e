import { invariant } from '../../../base/problems/index.ts'
import type { ArrivalProcess } from '../drawn-visitors.ts'
import { LocalClock } from '../local-clock.ts'
import type { Trace } from './session.ts'
import type { SessionColumns } from './session-columns.ts'

const HOURS = 24
const MONTHS = 12
const WEEKDAYS = 5
const DAYS_PER_WEEK = 7
const MS_PER_DAY = 86_400_000
/** From so many days on each month was seen, or nearly. */
const YEAR_days = 360
/** Energies kept: enough for a percentile, few enough to print. */
const ENERGIES = 200

/** Demand as a recording shows it. */
export interface FittedDemand {
  /** Local days from the first to the last arrival, both counted whole. */
  readonly days: number
  readonly sessions: number
  /** Mean arrivals a day, Monday to Friday and at the weekend; null: the recording has no such day. */
  readonly sessions_perDay: number | null
  readonly weekendSessions_perDay: number | null
  /** Mean arrivals in each hour of a day. */
  readonly weekday: readonly number[]
  readonly weekend: readonly number[]
  /** Factor of each month, 1 on average over the recording; null: less than a year was recorded. */
  readonly season: readonly number[] | null
  /** Equally likely energies, rising. */
  readonly energies_kWh: readonly number[]
  readonly meanEnergy_kWh: number
}

/** Arrivals by day type and hour, and days by type; each also by month. */
interface Tally {
  readonly byHour: readonly [weekday: number[], weekend: number[]]
  readonly days: readonly [weekday: number, weekend: number]
  readonly arrivalsOfMonth: readonly number[]
  readonly daysOfMonth: readonly (readonly [weekday: number, weekend: number])[]
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0)
}

function increase(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

/** 0: Monday to Friday, 1: weekend; 1970-01-01 was a Thursday. */
function kindOfDay(day: number): 0 | 1 {
  return (((day + 3) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK < WEEKDAYS ? 0 : 1
}

/** First and last arrival. */
function recorded_ms({ arrive_ms }: SessionColumns): readonly [first_ms: number, last_ms: number] {
  return [arrive_ms[0] as number, arrive_ms.at(-1) as number]
}

function tally({ sessions }: Trace, clock: LocalClock): Tally {
  const byHour = [zeros(HOURS), zeros(HOURS)] as const
  const arrivalsOfMonth = zeros(MONTHS)
  for (const time_ms of sessions.arrive_ms) {
    increase(byHour[kindOfDay(clock.day(time_ms))], clock.hourOfWeek(time_ms) % HOURS)
    increase(arrivalsOfMonth, clock.month(time_ms))
  }
  const days: [number, number] = [0, 0]
  const daysOfMonth = Array.from({ length: MONTHS }, (): [number, number] => [0, 0])
  const [first_ms, last_ms] = recorded_ms(sessions)
  const last = clock.day(last_ms)
  for (let day = clock.day(first_ms); day <= last; day++) {
    const kind = kindOfDay(day)
    days[kind] += 1
    const ofMonth = daysOfMonth[new Date(day * MS_PER_DAY).getUTCMonth()]
    if (ofMonth) ofMonth[kind] += 1
  }
  return { byHour, days, arrivalsOfMonth, daysOfMonth }
}

function mean(count: number, days: number): number | null {
  return days === 0 ? null : count / days
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Arrivals of each month over what its days would have had if every month were alike; 1 for a month that was not seen. */
function seasonOf({ arrivalsOfMonth, daysOfMonth }: Tally, perDay: readonly [number, number]): number[] {
  return arrivalsOfMonth.map((arrivals, month) => {
    const [weekdays, weekends] = daysOfMonth[month] ?? [0, 0]
    const expected = weekdays * perDay[0] + weekends * perDay[1]
    return expected === 0 ? 1 : arrivals / expected
  })
}

/** Middle of each of equally many slices of the sorted energies. */
function energiesOf({ sessions }: Trace): number[] {
  const sorted = sessions.energy_kWh.slice().sort()
  const count = Math.min(ENERGIES, sorted.length)
  return Array.from({ length: count }, (_, at) => sorted[Math.floor(((at + 0.5) * sorted.length) / count)] ?? 0)
}

/**
 * Fits arrivals by hour, day type and month, and the energies drivers want, to a recording that has a session at least.
 * Days without a session count: an outage lowers the fit. Maximum likelihood of a Poisson process whose rate is constant
 * over each hour and day type: arrivals divided by days.
 */
export function fitDemand(trace: Trace, timezone: string): FittedDemand {
  const { sessions } = trace
  invariant(sessions.length > 0, 'a recording to fit has sessions')
  const [first_ms, last_ms] = recorded_ms(sessions)
  const clock = new LocalClock(timezone, Math.floor(first_ms), last_ms)
  const counts = tally(trace, clock)
  const [weekdays, weekends] = counts.days
  const sessions_perDay = mean(sum(counts.byHour[0]), weekdays)
  const weekendSessions_perDay = mean(sum(counts.byHour[1]), weekends)
  const energies_kWh = energiesOf(trace)
  const all_kWh = sessions.energy_kWh.reduce((total_kWh, energy_kWh) => total_kWh + energy_kWh, 0)
  return {
    ...{ days: weekdays + weekends, sessions: sessions.length, sessions_perDay, weekendSessions_perDay },
    weekday: counts.byHour[0].map((count) => mean(count, weekdays) ?? 0),
    weekend: counts.byHour[1].map((count) => mean(count, weekends) ?? 0),
    season:
      weekdays + weekends < YEAR_days ? null : seasonOf(counts, [sessions_perDay ?? 0, weekendSessions_perDay ?? 0]),
    energies_kWh,
    meanEnergy_kWh: all_kWh / sessions.length,
  }
}

/** The process visitors are drawn from; a type of day that was not recorded is taken to be like the other. */
export function processOf(fit: FittedDemand): ArrivalProcess {
  const weekday = fit.sessions_perDay === null ? fit.weekend : fit.weekday
  const weekend = fit.weekendSessions_perDay === null ? fit.weekday : fit.weekend
  const week = Array.from({ length: DAYS_PER_WEEK }, (_, day) => (day < WEEKDAYS ? weekday : weekend))
  return { arrivals_perHour: week.flat(), season: fit.season ?? zeros(MONTHS).fill(1), energies_kWh: fit.energies_kWh }
}
