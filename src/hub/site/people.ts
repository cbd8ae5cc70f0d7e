import type { Draft, Path } from '../../base/documents/index.ts'
import type { SiteReport } from './report.ts'
import type { DemandInput, EnergyInput, FleetRowInput, MinutesInput } from './schema/index.ts'

type Demand = Draft<DemandInput>
type Row = Draft<FleetRowInput>

/** Two ways of saying one thing, of which a file takes one. */
type Pair = readonly [one: string, other: string]

const arrivals: Pair = ['sessions_perDay', 'traffic']
const need: Pair = ['target', 'energy']
const departure: Pair = ['overstay', 'stay']

/** Demand and its rows say how many come, what they want and when they leave: once, not twice. */
export function checkChoices(demand: Demand, report: SiteReport): void {
  const rows = demand.fleet ?? []
  checkPair(demand, arrivals, { path: ['demand'], report })
  for (const pair of [need, departure]) {
    checkPair(demand, pair, { path: ['demand'], report })
    rows.forEach((row, index) => {
      if (row) checkPair(row, pair, { path: ['demand', 'fleet', index], report })
    })
  }
  if (demand.traffic !== undefined && demand.weekendSessions_perDay !== undefined) {
    const pair: Pair = ['weekendVehicles_perDay', 'weekendSessions_perDay']
    report.error(['demand', 'weekendSessions_perDay'], { code: 'demand.both', params: named(pair) })
  }
  if (!(arrivals[0] in demand || arrivals[1] in demand)) tellMissing(arrivals, report)
  const everyRowSays = rows.length > 0 && rows.every((row) => row && need.some((key) => key in row))
  if (!need.some((key) => key in demand) && !everyRowSays) tellMissing(need, report)
}

interface At {
  readonly path: Path
  readonly report: SiteReport
}

function checkPair(stated: Demand | Row, pair: Pair, { path, report }: At): void {
  if (pair.every((key) => key in stated)) {
    report.error([...path, pair[1]], { code: 'demand.both', params: named(pair) })
  }
}

function tellMissing(pair: Pair, report: SiteReport): void {
  const fix = { code: 'demand.fix.either', params: { keys: pair } } as const
  report.error(['demand'], { code: 'demand.neither', params: named(pair) }, fix)
}

function named([one, other]: Pair): { readonly one: string; readonly other: string } {
  return { one, other }
}

/** Every amount has the standard deviation its law needs, and no more. */
export function checkAmounts(stated: Demand | Row, path: Path, report: SiteReport): void {
  const queue = 'queue' in stated ? stated.queue?.patience : undefined
  checkMinutes(queue, { path: [...path, 'queue', 'patience'], report })
  if ('patience' in stated) checkMinutes(stated.patience, { path: [...path, 'patience'], report })
  checkMinutes(stated.overstay, { path: [...path, 'overstay'], report })
  checkMinutes(stated.stay, { path: [...path, 'stay'], report })
  const energy: Draft<EnergyInput> = stated.energy ?? {}
  checkAmount({ ...energy, mean: energy.mean_kWh, sd: energy.sd_kWh }, 'sd_kWh', { path: [...path, 'energy'], report })
}

function checkMinutes(minutes: Draft<MinutesInput> | undefined, at: At): void {
  if (minutes) checkAmount({ ...minutes, mean: minutes.mean_min, sd: minutes.sd_min }, 'sd_min', at)
}

interface Stated {
  readonly distribution?: string | undefined
  readonly mean: number | undefined
  readonly sd: number | undefined
}

function checkAmount({ distribution, mean, sd }: Stated, key: string, { path, report }: At): void {
  if (distribution === undefined) return
  const needsSd = distribution === 'uniform' || distribution === 'lognormal'
  if (needsSd && sd === undefined) {
    const fix = { code: 'document.fix.addKey', params: { key } } as const
    report.error(path, { code: 'demand.sdMissing', params: { distribution } }, fix)
  }
  if (!needsSd && sd !== undefined) report.error([...path, key], { code: 'demand.sdUnused', params: { distribution } })
  if (distribution !== 'uniform' || sd === undefined || mean === undefined || sd * Math.sqrt(3) <= mean) return
  const most = Math.floor((mean / Math.sqrt(3)) * 1000) / 1000
  report.error([...path, key], { code: 'demand.uniformBelowZero', params: { mean, most } })
}

function checkDay(from: string | undefined, report: SiteReport): void {
  if (from === undefined || from.length < 'yyyy-mm-dd'.length) return
  const moment = new Date(`${from}T00:00:00Z`)
  if (!Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(from)) return
  report.error(['demand', 'growth', 'from'], { code: 'demand.noSuchDay', params: { day: from } })
}

/** Shares grow from a day on, and that is the one of the growth of the demand. */
export function checkGrowth(demand: Demand, report: SiteReport): void {
  checkDay(demand.growth?.from, report)
  if ('growth' in demand) return
  demand.fleet?.forEach((row, index) => {
    if (row?.shareGrowth_frac === undefined) return
    const fix = { code: 'document.fix.addKey', params: { key: 'growth' } } as const
    report.error(['demand', 'fleet', index, 'shareGrowth_frac'], { code: 'demand.growthWithoutStart', params: {} }, fix)
  })
}
