import { describe, expect, it } from 'vitest'
import { Arrivals } from '../arrivals.ts'
import { LocalClock } from '../local-clock.ts'
import { RandomStream } from '../random.ts'
import { fitDemand, processOf } from './fit.ts'
import type { Trace } from './session.ts'
import { SessionTable } from './session-table.ts'

const HOUR_ms = 3_600_000
const DAY_ms = 24 * HOUR_ms

function traceOf(arrivals_ms: readonly number[], energy = (at: number) => 10 + (at % 30)): Trace {
  const sessions = new SessionTable()
  for (const [at, arrive_ms] of arrivals_ms.entries()) {
    sessions.add({ id: String(at), arrive_ms, depart_ms: arrive_ms + HOUR_ms, energy_kWh: energy(at) })
  }
  return { sessions: sessions.columns(), timezone: null, skipped: [] }
}

describe('a fit', () => {
  it('counts by local hour and type of day', () => {
    // A week in Denver from Monday 3 June 2024, 8:30 each day; at the weekend 14:30 twice as well.
    const monday_ms = Date.parse('2024-06-03T08:30:00-06:00')
    const mornings = Array.from({ length: 7 }, (_, day) => monday_ms + day * DAY_ms)
    const afternoons = [5, 5, 6, 6].map((day) => monday_ms + day * DAY_ms + 6 * HOUR_ms)
    const fit = fitDemand(traceOf([...mornings, ...afternoons]), 'America/Denver')
    expect(fit).toMatchObject({ days: 7, sessions: 11, sessions_perDay: 1, weekendSessions_perDay: 3, season: null })
    expect(fit.weekday.flatMap((mean, hour) => (mean > 0 ? [[hour, mean]] : []))).toEqual([[8, 1]])
    expect(fit.weekend.flatMap((mean, hour) => (mean > 0 ? [[hour, mean]] : []))).toEqual([
      [8, 1],
      [14, 2],
    ])
  })

  it('takes a type of day that was not recorded to be like the other', () => {
    const fit = fitDemand(traceOf([Date.parse('2024-06-03T08:30:00Z')]), 'UTC')
    expect(fit.weekendSessions_perDay).toBeNull()
    expect(processOf(fit).arrivals_perHour[6 * 24 + 8]).toBe(1)
  })

  it('keeps mean and quantiles of the energy', () => {
    const fit = fitDemand(traceOf(Array.from({ length: 3000 }, (_, at) => at * 60_000)), 'UTC')
    expect(fit.meanEnergy_kWh).toBeCloseTo(24.5, 9)
    expect(fit.energies_kWh).toHaveLength(200)
    const mean_kWh = fit.energies_kWh.reduce((sum, value) => sum + value, 0) / 200
    expect(mean_kWh).toBeCloseTo(24.5, 0)
    expect([fit.energies_kWh[0], fit.energies_kWh[199]]).toEqual([10, 39])
  })

  it('finds the process its arrivals were drawn from, season and hours, within its errors', () => {
    const from_ms = Date.parse('2024-01-01T00:00:00+01:00')
    const end_ms = from_ms + 3 * 366 * DAY_ms
    const arrivals_perHour = Array.from({ length: 168 }, (_, hour) => (hour < 120 ? 2 : 4) * (hour % 24 < 6 ? 0.25 : 1))
    const season = [0.8, 0.8, 0.9, 1, 1, 1.1, 1.2, 1.2, 1, 1, 1, 1]
    const clock = new LocalClock('Europe/Berlin', from_ms, end_ms)
    const arrivals = new Arrivals({ arrivals_perHour, season, growth: null }, clock, new RandomStream(5, 'arrivals'))
    const times: number[] = []
    for (let at = arrivals.next_ms(from_ms, end_ms); at < end_ms; at = arrivals.next_ms(at, end_ms)) times.push(at)
    const fit = fitDemand(traceOf(times), 'Europe/Berlin')
    const process = processOf(fit)
    for (const month of season.keys()) {
      // Of the three years each month has about 4000 arrivals: a standard error of 1.6 %.
      const product = (process.season[month] ?? 0) * (fit.sessions_perDay ?? 0)
      expect(product / ((season[month] ?? 0) * 39)).toBeCloseTo(1, 1)
    }
    const night = fit.weekday.slice(0, 6).reduce((sum, mean) => sum + mean, 0)
    expect(night / (6 * 0.5)).toBeCloseTo(1, 1)
    expect((fit.weekendSessions_perDay ?? 0) / (fit.sessions_perDay ?? 1)).toBeCloseTo(2, 1)
  })
})
