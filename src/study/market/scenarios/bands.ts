import { RandomStream } from '../../../hub/demand/index.ts'
import type { Noise } from '../backtest/noise.ts'
import type { Calibration } from '../calibrate/fit.ts'
import { cholesky } from '../calibrate/levenberg.ts'
import { runMarket } from '../model/run.ts'
import { type MarketSetup, QUARTERS } from '../model/setup.ts'
import type { Parameters } from '../region/parameters.ts'
import { type MarketYear, yearsOf } from './outcome.ts'
import { type MarketCase, scenarioSetup, withParameters } from './plan.ts'

/** Middle and the limits of the middle 80 of 100 draws. */
export interface Band {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

/** Bands of a year; lists run over groups or connectors. */
export interface BandYear {
  readonly year: number
  readonly fleetShare_frac: readonly Band[]
  readonly salesShare_frac: readonly Band[]
  readonly fleet: Band
  readonly ports: Band
  readonly newPorts: Band
  readonly cables: readonly Band[]
  readonly fitted_frac: readonly Band[]
  readonly committed_frac: Band
  readonly adapterSessions_frac: Band
  readonly unusablePorts_frac: Band
  readonly redundantCables: Band
}

/** Standard deviation of the growth of each group beside that of all, a year, in the logarithm (assumed). */
const GROUP_SD = 0.08

/** A number from the normal law: Box and Muller, one of the pair. */
function normal(chance: RandomStream): number {
  return Math.sqrt(-2 * Math.log1p(-chance.uniform())) * Math.cos(2 * Math.PI * chance.uniform())
}

/** Parameters as the fit leaves them open: its covariance in the logarithm, bounded to what the prior allows. */
function drawnParameters({ parameters, fitted, covariance }: Calibration, chance: RandomStream): Parameters {
  const rows = covariance.slice(0, fitted.length).map((line) => Float64Array.from(line.slice(0, fitted.length)))
  const lower = cholesky(rows)
  if (!lower) return parameters
  const z = fitted.map(() => normal(chance))
  const moved = fitted.map((name, j) => {
    const step = (lower[j] ?? new Float64Array()).reduce((sum, value, k) => sum + value * (z[k] ?? 0), 0)
    return [name, parameters[name] * Math.exp(Math.min(1, Math.max(-1, step)))]
  })
  return { ...parameters, ...Object.fromEntries(moved) }
}

/** Steps of a walk, one a year. */
function walk(years: number, sd: number, chance: RandomStream): readonly number[] {
  let at = 0
  return Array.from({ length: years }, () => {
    at += sd * normal(chance)
    return at
  })
}

/** Factor on all sales of a quarter when the logit of their share of the market moves by a step. */
function factorOf(sold: number, market: number, step: number): number {
  const share = Math.min(0.98, (sold * QUARTERS) / market)
  return Math.exp(step) / (1 - share + share * Math.exp(step))
}

/** Sales that wander off: all of them by as much as past forecasts did, and each group beside. */
function wandering(setup: MarketSetup, market: number, sd: number, chance: RandomStream): MarketSetup['groups'] {
  const years = Math.ceil(setup.quarters / QUARTERS) + 1
  const common = walk(years, sd, chance)
  const factors = Array.from({ length: setup.quarters }, (_, quarter) => {
    const sold = setup.groups.reduce((sum, { sales }) => sum + (sales[quarter] ?? 0), 0)
    return factorOf(sold, market, common[Math.floor(quarter / QUARTERS)] ?? 0)
  })
  return setup.groups.map((group) => {
    const own = walk(years, GROUP_SD, chance)
    const sales = group.sales.map((value, quarter) => {
      return value * (factors[quarter] ?? 1) * Math.exp(own[Math.floor(quarter / QUARTERS)] ?? 0)
    })
    return { ...group, sales }
  })
}

/** One draw: laws, sales, and the patience of each maker. */
function drawnSetup(base: MarketSetup, one: MarketCase, noise: Noise, seed: number): MarketSetup {
  const chance = new RandomStream(seed, `market ${one.region.id}`)
  const setup = withParameters(base, one, drawnParameters(one.calibration, chance))
  const thresholds = setup.switch?.makers.map(() => chance.exponential(1))
  return {
    ...setup,
    groups: wandering(setup, one.region.carMarket, noise.sales, chance),
    switch: setup.switch && thresholds ? { ...setup.switch, thresholds } : null,
  }
}

/** Several numbers of a year, one after the other, with the place of each. */
function figures(year: MarketYear, noise: number): Float64Array {
  const shares = (values: readonly number[]): readonly number[] => {
    const sum = values.reduce((a, b) => a + b, 0)
    return values.map((value) => (sum > 0 ? value / sum : 0))
  }
  const fleet = year.fleet.reduce((a, b) => a + b, 0)
  return Float64Array.from([
    ...[fleet, year.ports * noise, year.newPorts * noise, year.committed_frac],
    ...[year.adapterSessions_frac, year.unusablePorts_frac, year.redundantCables * noise],
    ...shares(year.fleet),
    ...shares(year.sales),
    ...year.cables.map((count) => count * noise),
    ...year.fitted_frac,
  ])
}

const SINGLE = 7

function bandOf(values: Float64Array): Band {
  const sorted = values.sort()
  const at = (part: number): number => {
    const place = part * (sorted.length - 1)
    const low = Math.floor(place)
    const [a, b] = [sorted[low] ?? 0, sorted[Math.min(sorted.length - 1, low + 1)] ?? 0]
    return a + (place - low) * (b - a)
  }
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
}

function bandYear(year: number, bands: readonly Band[], groups: number, connectors: number): BandYear {
  const [fleet, ports, newPorts, committed_frac, adapterSessions_frac, unusablePorts_frac, redundantCables] = bands
  const none: Band = { p10: 0, p50: 0, p90: 0 }
  const part = (from: number, count: number): readonly Band[] => bands.slice(SINGLE + from, SINGLE + from + count)
  return {
    year,
    ...{ fleet: fleet ?? none, ports: ports ?? none, newPorts: newPorts ?? none },
    ...{ committed_frac: committed_frac ?? none, adapterSessions_frac: adapterSessions_frac ?? none },
    ...{ unusablePorts_frac: unusablePorts_frac ?? none, redundantCables: redundantCables ?? none },
    ...{ fleetShare_frac: part(0, groups), salesShare_frac: part(groups, groups) },
    ...{ cables: part(2 * groups, connectors), fitted_frac: part(2 * groups + connectors, connectors) },
  }
}

/** Bands of a scenario over so many draws; the same seed gives the same bands. `noise` is that of past forecasts. */
export function scenarioBands(one: MarketCase, draws: number, seed: number, noise: Noise): readonly BandYear[] {
  const chance = new RandomStream(seed, 'market ports')
  const base = scenarioSetup(one)
  const all = Array.from({ length: draws }, (_, draw) => {
    const step = normal(chance) * noise.ports
    const years = yearsOf(runMarket(drawnSetup(base, one, noise, seed + draw)))
    // Counts of ports err by this from the first year on; what widens with time is the sales.
    return years.map((year) => figures(year, Math.exp(step)))
  })
  const first = yearsOf(runMarket(base))
  return first.map(({ year }, at) => {
    const width = all[0]?.[at]?.length ?? 0
    const bands = Array.from({ length: width }, (_, k) => bandOf(Float64Array.from(all, (draw) => draw[at]?.[k] ?? 0)))
    return bandYear(year, bands, one.region.groups.length, one.region.connectors.length)
  })
}
