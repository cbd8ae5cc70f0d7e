import type { Calibration } from '../calibrate/fit.ts'
import { observe } from '../calibrate/observe.ts'
import { historicSetup, prepareRegion } from '../calibrate/region-setup.ts'
import { type History, type HistoryPoint, historyUntil } from '../history/index.ts'
import { runMarket } from '../model/run.ts'
import type { RegionFile } from '../region/schema.ts'
import { type Forecast, logTrend } from './naive.ts'

/** How a level is forecast. */
export interface ForecastStyle {
  /** What is left of a year's growth of sales in the next. */
  readonly damping_frac: number
  /** Weight of the model in the geometric blend with the three-point log trend. */
  readonly model_frac: number
}

/** Last year of a growth is worth this much in the next; half model, half trend: textbook values, not fitted. */
export const defaultStyle: ForecastStyle = { damping_frac: 0.6, model_frac: 0.5 }

/** A point trend is not trusted beyond growing or shrinking at the pace of its last points for so long. */
export function dampedLogTrend(points: readonly HistoryPoint[], damping_frac: number): Forecast {
  const last = points[points.length - 1]
  if (!last) return () => 0
  const trend = logTrend(points)
  const slope = Math.log(trend(last.at_yr + 1) / trend(last.at_yr))
  return (at_yr) => {
    const years = Math.max(0, at_yr - last.at_yr)
    const pace = -Math.log(damping_frac)
    return last.value * Math.exp((slope * (1 - Math.exp(-pace * years))) / pace)
  }
}

/** Forecasts of every series of a region that the model knows, from what was known on a day. */
export function regionForecasts(
  region: RegionFile,
  history: History,
  calibration: Calibration,
  { cut, to_yr, style }: { readonly cut: string; readonly to_yr: number; readonly style: ForecastStyle },
): ReadonlyMap<string, Forecast> {
  const known = historyUntil(history, cut)
  const levels = calibration.levels[region.id] ?? { open: -3, closed: -3 }
  const how = { ...style, scrap_perYear: calibration.parameters.scrap_perYear }
  const track = runMarket(historicSetup(prepareRegion(region, known, to_yr, how), calibration.parameters, levels))
  const forecasts = known.series.flatMap(({ id, points }): [string, Forecast][] => {
    const what = region.observed[id]
    const last = points[points.length - 1]
    if (!what || !last || last.value <= 0) return []
    const base = observe(track, region, what, last.at_yr)
    if (!(base > 0)) return []
    const trend = logTrend(points)
    const blend = (at_yr: number): number => {
      const model = (last.value * observe(track, region, what, at_yr)) / base
      return Math.max(model, 1e-9) ** style.model_frac * trend(at_yr) ** (1 - style.model_frac)
    }
    return [[id, blend]]
  })
  return new Map(forecasts)
}
