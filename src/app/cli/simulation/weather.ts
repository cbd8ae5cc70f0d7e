import { dirname, resolve } from 'node:path'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Weather, WeatherPeriod } from '../../../hub/plant/air/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import { readUserFile } from '../files.ts'
import type { OptionReader } from '../options.ts'

const NAME = '--weather'
/** Ten years of minutes. */
const MAX_BYTES = 256 * 2 ** 20

export function readWeatherOption(read: OptionReader): string | undefined {
  return read.text(NAME)
}

/** The same as typed. */
export function weatherArguments(read: OptionReader): string[] {
  const file = readWeatherOption(read)
  return file === undefined ? [] : [`${NAME} ${/[\s"'$;]/.test(file) ? JSON.stringify(file) : file}`]
}

/** Where the weather of a run is: the file asked for, else that of the site file, from where that is; null: nowhere. */
function fileOf(asked: string | undefined, site: Site, siteFile: string): string | null {
  if (asked !== undefined) return asked
  const { ambient } = site
  return ambient !== null && 'weather' in ambient ? resolve(dirname(siteFile), ambient.weather) : null
}

/** A file that the site file names and that cannot be read is told there. */
function placed(problem: Problem, asked: string | undefined, { ambient, locate }: Site): Problem {
  if (asked !== undefined || ambient === null || !('weather' in ambient)) return problem
  return { ...problem, at: locate(ambient.path) }
}

/** Reads the weather of a run with physics of a site; null: the site file says it all. `period`: what it has to cover. */
export async function loadWeather(
  asked: string | undefined,
  { site, file }: { readonly site: Site; readonly file: string },
  period: WeatherPeriod,
): Promise<Checked<Weather | null>> {
  const path = fileOf(asked, site, file)
  if (path === null) return { ok: true, value: null, warnings: [] }
  const found = await readUserFile(path, MAX_BYTES)
  if (!found.ok) return { ok: false, problems: [placed(found.problem, asked, site)] }
  const { readWeather } = await import('../../../io/formats/weather/index.ts')
  const { covers } = await import('../../../hub/plant/air/index.ts')
  const read = await readWeather({ file: path, chunks: [new TextDecoder().decode(found.bytes)] }, site.timezone)
  if (!read.ok || covers(read.value, period)) return read
  return { ok: false, problems: [notCovered(path, read.value, period)] }
}

function notCovered(file: string, { times_ms }: Weather, { from_ms, duration_s }: WeatherPeriod): Problem {
  const moment = (time_ms: number): string => new Date(time_ms).toISOString().slice(0, 16)
  const params = {
    first: moment(times_ms[0] as number),
    last: moment(times_ms.at(-1) as number),
    from: moment(from_ms),
    to: moment(from_ms + duration_s * 1000),
  }
  const at = { file, line: 0, column: 0 }
  const fix = { code: 'weather.fix.covers', params: {} } as const
  return { severity: 'error', code: 'weather.notCovered', params, at, fix }
}
