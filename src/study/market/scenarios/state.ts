import { regionOutlook } from '../backtest/forecast.ts'
import { regionPace, shareDrift } from '../calibrate/driver.ts'
import { type Calibration, salesHow } from '../calibrate/fit.ts'
import { historicSetup, type Levels, type PreparedRegion, prepareRegion } from '../calibrate/region-setup.ts'
import { defaultStyle } from '../calibrate/style.ts'
import { type History, yearOf } from '../history/index.ts'
import { runMarket } from '../model/run.ts'
import type { MarketTrack } from '../model/track.ts'
import type { Parameters } from '../region/parameters.ts'
import { valueAt } from '../region/path.ts'
import type { RegionFile } from '../region/schema.ts'

/** A region on the day the data end: what stands and drives, scaled to the last counts. */
export interface RegionState {
  readonly until: string
  readonly from_yr: number
  /** Cars by group. */
  readonly fleet: readonly number[]
  /** Cars sold in the last year by group. */
  readonly sales: readonly number[]
  /** Drift of the logarithm of each group's share in the sales, a year; none where not counted. */
  readonly shareDrift_perYear: readonly number[]
  /** Pace of the sales, on the logit of their share of the market. */
  readonly salesPace_perYear: number
  readonly ports: number
  readonly growth_perYear: number
  /** Ports demand asks for, over those that stand. */
  readonly askedRatio: number
  readonly closedAskedRatio: number
  /** Cables of each connector for each open port. */
  readonly cables: readonly number[]
  readonly closedPorts: number
}

const QUARTER = 0.25

/** Last date of a series of the region: what happens after is a forecast. */
function untilOf(region: RegionFile, history: History): string {
  return history.series
    .filter(({ id }) => Object.hasOwn(region.observed, id))
    .flatMap(({ points }) => points.map(({ date }) => date))
    .sort()
    .reduce((_, date) => date, '')
}

/** Where a region with history stands. Counts are carried to the day where the newest are older. */
export function stateOf(region: RegionFile, history: History, calibration: Calibration): RegionState {
  const until = untilOf(region, history)
  const from_yr = Math.round((yearOf(until) + 1e-6) / QUARTER) * QUARTER
  const { parameters } = calibration
  const levels = calibration.levels[region.id] ?? { open: -3, closed: -3 }
  const how = salesHow(calibration, defaultStyle)
  const prepared = prepareRegion(region, history, from_yr, how)
  const track = runMarket(historicSetup(prepared, parameters, levels))
  const { levels: forecasts } = regionOutlook(region, history, calibration, {
    cut: until,
    to_yr: from_yr + 1,
    style: defaultStyle,
  })
  const counted = (id: string | undefined): number | null =>
    id === undefined ? null : (forecasts.get(id)?.(from_yr) ?? null)
  const [last, groups, connectors] = [track.setup.quarters - 1, region.groups.length, region.connectors.length]
  const cars = [...track.fleet.subarray(last * groups, (last + 1) * groups)]
  const factor = (counted(region.anchor.fleet) ?? sum(cars)) / sum(cars)
  const closedPorts = counted(region.anchor.closed) ?? track.closedPorts[last] ?? 0
  const modelled = track.ports[last] ?? 0
  const counts = counted(region.anchor.ports) ?? modelled
  const isAll = region.anchor.ports !== undefined && region.observed[region.anchor.ports]?.what === 'allPorts'
  return {
    until,
    from_yr,
    fleet: cars.map((count) => count * factor),
    sales: region.groups.map((_, g) => sumLast(track.sales, last, groups, g)),
    shareDrift_perYear: shareDrift(region, history),
    salesPace_perYear: regionPace(region, history, how),
    ports: Math.max(1, isAll ? counts - closedPorts : counts),
    growth_perYear: Math.max(0, Math.log(modelled / Math.max(1, track.ports[last - 4] ?? modelled))),
    ...askedRatios(prepared, parameters, levels, track),
    cables: Array.from(
      { length: connectors },
      (_, c) => (track.cables[last * connectors + c] ?? 0) / Math.max(1, modelled),
    ),
    closedPorts,
  }
}

/** Ports asked for over ports there, at the end of a run through history. */
function askedRatios(
  { groups }: PreparedRegion,
  { openElasticity, closedElasticity }: Parameters,
  levels: Levels,
  track: MarketTrack,
): Pick<RegionState, 'askedRatio' | 'closedAskedRatio'> {
  const last = track.setup.quarters - 1
  const cars = (g: number): number => track.fleet[last * groups.length + g] ?? 0
  const open = groups.reduce((total, { openUse }, g) => total + (openUse[last] ?? 1) * cars(g), 0)
  const own = track.setup.closed ? cars(track.setup.closed.owner) : 1
  const ratio = (asked: number, there: number): number => Math.min(3, Math.max(0.5, asked / Math.max(1, there)))
  return {
    askedRatio: ratio(Math.exp(levels.open) * open ** openElasticity, track.ports[last] ?? 0),
    closedAskedRatio: ratio(Math.exp(levels.closed) * own ** closedElasticity, track.closedPorts[last] ?? 0),
  }
}

function sumLast(values: Float64Array, last: number, width: number, at: number): number {
  return [0, 1, 2, 3].reduce((total, back) => total + (values[(last - back) * width + at] ?? 0), 0)
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Where a region without history stands: as its file states. */
export function statedState(region: RegionFile): RegionState {
  const until = region.from ?? '2024-01-01'
  const from_yr = Math.round(yearOf(until) / QUARTER) * QUARTER
  const total = valueAt(region.sales ?? 0, from_yr)
  return {
    until,
    from_yr,
    fleet: region.groups.map(({ stock = 0 }) => stock),
    sales: region.groups.map(({ share = 0 }) => total * valueAt(share, from_yr)),
    shareDrift_perYear: region.groups.map(() => 0),
    salesPace_perYear: 0,
    ports: region.open.ports ?? 1,
    growth_perYear: region.open.growth_perYear ?? 0.3,
    askedRatio: 1 + (region.open.growth_perYear ?? 0.3),
    closedAskedRatio: 1.2,
    cables: region.connectors.map(({ id }) => region.open.cables?.[id] ?? 0),
    closedPorts: region.closed?.ports ?? 0,
  }
}
