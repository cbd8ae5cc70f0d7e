import { Temporal } from 'temporal-polyfill'
import { Air, courseOf, dailyCourse, type Weather, type WeatherPeriod } from '../../../hub/plant/air/index.ts'
import type { Site } from '../../../hub/site/index.ts'

const MS_PER_SECOND = 1000

/** Midnights by the clock of a place, from the last one before a run to the first one after it, seconds since its start. */
function midnights_s(timezone: string, { from_ms, duration_s }: WeatherPeriod): number[] {
  let date = Temporal.Instant.fromEpochMilliseconds(from_ms).toZonedDateTimeISO(timezone).toPlainDate()
  const found: number[] = []
  for (;;) {
    const at_s = (date.toZonedDateTime(timezone).epochMilliseconds - from_ms) / MS_PER_SECOND
    found.push(at_s)
    if (at_s > duration_s) return found
    date = date.add({ days: 1 })
  }
}

/** The air of a run: of a weather file, as it rises and falls by the site file every day, or always the same. */
export function airOf(site: Site, period: WeatherPeriod, weather: Weather | null): Air {
  const { timezone, ambient, ambient_degC } = site
  if (weather) return Air.following(courseOf(weather, period), period.duration_s)
  if (ambient === null || 'weather' in ambient) return Air.constant(ambient_degC)
  return Air.following(dailyCourse(ambient, midnights_s(timezone, period)), period.duration_s)
}
