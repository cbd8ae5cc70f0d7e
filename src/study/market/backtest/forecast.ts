import { type Calibration, salesHow } from '../calibrate/fit.ts'
import { observe } from '../calibrate/observe.ts'
import { historicSetup, prepareRegion } from '../calibrate/region-setup.ts'
import type { ForecastStyle } from '../calibrate/style.ts'
import { type History, type HistoryPoint, historyUntil } from '../history/index.ts'
import { runMarket } from '../model/run.ts'
import type { RegionFile } from '../region/schema.ts'
import { type Forecast, logTrend } from './naive.ts'

/** With fewer points there is no trend to blend with. */
const FEW_POINTS = 3
const LEAST = 1e-9

/** Goes on from the last point at the pace of the last three, which fades. */
function dampedLogTrend(points: readonly HistoryPoint[], damping_frac: number): Forecast {
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

/** What a region is expected to come to. */
export interface Outlook {
  /** Forecasts of every series the model knows, by id. */
  readonly levels: ReadonlyMap<string, Forecast>
  /** Share of the ports of a day that get a cable of a connector, by the law alone. */
  readonly fitted: (connector: string, at_yr: number) => number
}

/** What was known of a region on a day, carried on. */
export function regionOutlook(
  region: RegionFile,
  history: History,
  calibration: Calibration,
  { cut, to_yr, style }: { readonly cut: string; readonly to_yr: number; readonly style: ForecastStyle },
): Outlook {
  const known = historyUntil(history, cut)
  const levels = calibration.levels[region.id] ?? { open: -3, closed: -3 }
  const how = salesHow(calibration, style)
  const track = runMarket(historicSetup(prepareRegion(region, known, to_yr, how), calibration.parameters, levels))
  const forecasts = known.series.flatMap((series): [string, Forecast][] => {
    const what = region.observed[series.id]
    const forecast = what && forecastOf(series.points, (at_yr) => observe(track, region, what, at_yr), style)
    return forecast ? [[series.id, forecast]] : []
  })
  const fitted = (connector: string, at_yr: number): number =>
    Math.min(1, observe(track, region, { what: 'fitted', of: connector }, at_yr))
  return { levels: new Map(forecasts), fitted }
}

/** Blend of the model, anchored at the last point, with the trend of the points, whose weight fades as it does. */
function forecastOf(points: readonly HistoryPoint[], model: Forecast, style: ForecastStyle): Forecast | null {
  const last = points[points.length - 1]
  if (!last || last.value <= 0) return null
  const base = model(last.at_yr)
  if (!(base > 0)) return null
  const trend = dampedLogTrend(points, style.damping_frac)
  const trend_frac = points.length < FEW_POINTS ? 0 : 1 - style.model_frac
  return (at_yr) => {
    const anchored = Math.max(LEAST, (last.value * model(at_yr)) / base)
    const part = trend_frac * style.trendFade_frac ** Math.max(0, at_yr - last.at_yr)
    return anchored ** (1 - part) * trend(at_yr) ** part
  }
}

/** Forecast of a series the model does not know: its fading trend alone. */
export function trendForecast(points: readonly HistoryPoint[], style: ForecastStyle): Forecast {
  return dampedLogTrend(points, style.damping_frac)
}
