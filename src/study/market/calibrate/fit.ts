import { type History, type HistoryPoint, historyUntil, yearOf } from '../history/index.ts'
import { runMarket } from '../model/run.ts'
import type { MarketTrack } from '../model/track.ts'
import { type Parameters, parameterNames, priorParameters, priors } from '../region/parameters.ts'
import type { Observable, RegionFile } from '../region/schema.ts'
import { pooledPaceOf, type SalesHow } from './driver.ts'
import { type Fit, leastSquares, type Residuals } from './levenberg.ts'
import { observe } from './observe.ts'
import { historicSetup, type Levels, type PreparedRegion, prepareRegion } from './region-setup.ts'
import { defaultStyle, type ForecastStyle } from './style.ts'

/** Noise of a counted level in the logarithm: of the count, and of the model around it. */
const LEVEL_SD = { high: 0.1, medium: 0.13, low: 0.3 } as const
const SHARE_SD = 0.1
const LEVEL_PRIOR_SD = 3
const FIRST_LEVEL = -3

/** Parameters and levels fitted to a history, with their covariance in the logarithm. */
export interface Calibration {
  /** Last day of the data that was used. */
  readonly until: string
  readonly parameters: Parameters
  readonly levels: Readonly<Record<string, Levels>>
  /** Mean growth of sales over all regions, on the logit of their share of the market. */
  readonly pooledPace_perYear: number
  readonly fitted: readonly (keyof Parameters)[]
  readonly covariance: readonly (readonly number[])[]
  readonly residuals: number
  readonly loss: number
  readonly iterations: number
}

/** Residuals of one series, in standard deviations. */
type Target = (track: MarketTrack) => readonly number[]

/** What the laws of ports and cables are fitted to, beside shares of new ports. */
export const portLike: ReadonlySet<string> = new Set(['openPorts', 'allPorts', 'closedPorts', 'cables'])

/** Two counts of the same thing differ by their definitions: a factor of its own to each series, with this prior. */
const OFFSET_SD = 0.3

function targetsOf({ region }: PreparedRegion, history: History): readonly Target[] {
  return history.series.flatMap((series): Target[] => {
    const what = region.observed[series.id]
    if (!what) return []
    if (what.what === 'fitted') return series.rows.flatMap((row) => shareTarget(region, row))
    const points = series.points.filter(({ hi }) => hi > 0)
    return portLike.has(what.what) && points.length > 0 ? [levelTarget(region, what, points)] : []
  })
}

/** Distance of the model from each point in the logarithm, none within the bounds of the source; less the series' own factor. */
function levelTarget(region: RegionFile, what: Observable, points: readonly HistoryPoint[]): Target {
  const sds = points.map(({ confidence }) => LEVEL_SD[confidence])
  const weights = sds.reduce((sum, sd) => sum + 1 / sd ** 2, 0)
  return (track) => {
    const gaps = points.map(({ at_yr, lo, hi }) => {
      const value = Math.log(Math.max(1e-9, observe(track, region, what, at_yr)))
      return value - Math.min(Math.log(hi), Math.max(Math.log(Math.max(lo, 1e-9)), value))
    })
    const pulled = gaps.reduce((sum, gap, at) => sum + gap / (sds[at] ?? 1) ** 2, 0)
    const offset = pulled / (weights + 1 / OFFSET_SD ** 2)
    return [offset / OFFSET_SD, ...gaps.map((gap, at) => (gap - offset) / (sds[at] ?? 1))]
  }
}

/** Shares of the ports of a year that had each cable; half a year of ports tells nothing below a dozen. */
export const fewestPorts = 12

function shareTarget(region: RegionFile, row: { at_yr: number; values: Readonly<Record<string, number>> }): Target[] {
  const ports = row.values['ports'] ?? 0
  if (ports < fewestPorts) return []
  return region.connectors.flatMap(({ id, name }): Target[] => {
    const count = row.values[name]
    if (count === undefined) return []
    const what = { what: 'fitted', of: id } as const
    return [(track) => [(Math.min(1, observe(track, region, what, row.at_yr)) - count / ports) / SHARE_SD]]
  })
}

/** Residuals far out pull no harder for being farther (Cauchy): a count that changed its unit does not bend the law. */
const TAME = 2

function tamed(residual: number): number {
  return Math.sign(residual) * TAME * Math.sqrt(Math.log1p((residual / TAME) ** 2))
}

interface Problem {
  readonly regions: readonly { readonly prepared: PreparedRegion; readonly targets: readonly Target[] }[]
  readonly fitted: readonly (keyof Parameters)[]
}

function parametersAt(point: Float64Array, { fitted }: Problem): Parameters {
  const moved = Object.fromEntries(fitted.map((name, j) => [name, Math.exp(point[j] ?? 0)]))
  return { ...priorParameters(), ...moved }
}

function levelsAt(point: Float64Array, { fitted }: Problem, region: number): Levels {
  const at = fitted.length + 2 * region
  return { open: point[at] ?? 0, closed: point[at + 1] ?? 0 }
}

function residualsOf(problem: Problem, far: (residual: number) => number): Residuals {
  return (point) => {
    const parameters = parametersAt(point, problem)
    const values: number[] = problem.fitted.map((name, j) => {
      const { value, sd } = priors[name]
      return ((point[j] ?? 0) - Math.log(value)) / (sd ?? 1)
    })
    problem.regions.forEach(({ prepared, targets }, at) => {
      const levels = levelsAt(point, problem, at)
      values.push((levels.open - FIRST_LEVEL) / LEVEL_PRIOR_SD, (levels.closed - FIRST_LEVEL) / LEVEL_PRIOR_SD)
      const track = runMarket(historicSetup(prepared, parameters, levels))
      for (const target of targets) values.push(...target(track).map(far))
    })
    return Float64Array.from(values)
  }
}

function startOf({ fitted, regions }: Problem): Float64Array {
  const levels = regions.flatMap(() => [FIRST_LEVEL, FIRST_LEVEL])
  return Float64Array.from([...fitted.map((name) => Math.log(priors[name].value)), ...levels])
}

function resultOf(problem: Problem, fit: Fit, until: string): Omit<Calibration, 'pooledPace_perYear'> {
  const levels = problem.regions.map(({ prepared }, at) => [prepared.region.id, levelsAt(fit.point, problem, at)])
  return {
    until,
    parameters: parametersAt(fit.point, problem),
    levels: Object.fromEntries(levels),
    fitted: problem.fitted,
    covariance: fit.covariance.map((row) => [...row]),
    residuals: problem.regions.reduce((sum, { targets }) => sum + targets.length, 0),
    loss: fit.loss,
    iterations: fit.iterations,
  }
}

/** How the sales of a region go on by a calibration. */
export function salesHow({ parameters, pooledPace_perYear }: Calibration, style: ForecastStyle): SalesHow {
  return { ...style, scrap_perYear: parameters.scrap_perYear, pooledPace_perYear }
}

/** Fits one law to all regions and a level to each, to what was known on the day of the cut. */
export function calibrate(regions: readonly RegionFile[], history: History, cut: string): Calibration {
  const known = historyUntil(history, cut)
  const scrap_perYear = priors.scrap_perYear.value
  const pooledPace_perYear = pooledPaceOf(regions, known, scrap_perYear)
  const how = { ...defaultStyle, scrap_perYear, pooledPace_perYear }
  const problem: Problem = {
    fitted: parameterNames.filter((name) => priors[name].sd !== null),
    regions: regions.flatMap((region) => {
      const prepared = prepareRegion(region, known, yearOf(known.until) + 0.01, how)
      const targets = targetsOf(prepared, known)
      return targets.length > 0 ? [{ prepared, targets }] : []
    }),
  }
  const first = leastSquares(
    residualsOf(problem, (residual) => residual),
    startOf(problem),
  )
  const fit = leastSquares(residualsOf(problem, tamed), first.point)
  return { ...resultOf(problem, fit, known.until), pooledPace_perYear }
}
