import type { Checked } from '../../../base/problems/index.ts'
import { SECONDS_PER_DAY, SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import { say } from '../../../base/words/index.ts'
import { loadSite } from '../../../hub/site/index.ts'
import { MachineClock } from '../../../live/clock/index.ts'
import type { StationEvent } from '../../../live/station/index.ts'
import { SiteWorld } from '../../live/world/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse } from '../print.ts'
import { loadSimulatedSite, type SimulatedSite } from '../simulation/load-site.ts'
import { eventLine } from '../station/event-line.ts'
import { readStationOptions, type StationOptions } from '../station/options.ts'
import { someStations } from '../station/some-stations.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue, type UserCatalogue } from '../user-catalogue.ts'

const MS_PER_SECOND = 1000
/** The books of the cars are kept for so long; the stations of a run that lasts longer stay empty then. */
const LONGEST_days = 366

async function siteOf({ site, id, count }: StationOptions, catalogue: UserCatalogue): Promise<Checked<SimulatedSite>> {
  if (site === undefined) return loadSite(someStations(id, count), id, catalogue.catalogue) as Checked<SimulatedSite>
  const loaded = await loadSimulatedSite(site, catalogue)
  return loaded.ok ? { ...loaded, value: loaded.value.site } : loaded
}

/** Done when interrupted, or after so long by the clock. */
function end(clock: MachineClock, minutes: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    const cancel =
      minutes === undefined ? () => {} : clock.after(minutes * SECONDS_PER_MINUTE * MS_PER_SECOND, () => resolve())
    signal.addEventListener('abort', () => {
      cancel()
      resolve()
    })
  })
}

function worldOf(options: StationOptions, site: SimulatedSite, listen: (event: StationEvent) => void) {
  const { url, version, password, faults, isLenient, physics, seed, speed } = options
  const clock = new MachineClock({ factor: speed })
  const world = new SiteWorld({
    ...{ site, clock, url, seed, speed, physics, faults, listen, duration_s: LONGEST_days * SECONDS_PER_DAY },
    habits: { isStrict: !isLenient },
    ...(version ? { versionOf: () => version } : {}),
    ...(password === undefined ? {} : { passwordOf: () => password }),
  })
  return { clock, world }
}

/** `anyplug station`: virtual stations at any management system, with cars that come, charge and leave. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readStationOptions(read)
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...read.problems, ...catalogue.problems], terminal)
  if (options.site === undefined && read.problems.length > 0) return refuse(read.problems, terminal)
  const checked = await siteOf(options, catalogue.value)
  if (!checked.ok) return refuse([...read.problems, ...checked.problems], terminal)
  if (read.problems.length > 0) return refuse(read.problems, terminal)
  for (const warning of checked.warnings) terminal.err(problemLine(warning, terminal.language))
  const accepted = new Set<string>()
  const { clock, world } = worldOf(options, checked.value, (event) => {
    if (event.kind === 'accepted') accepted.add(event.stationId)
    void terminal.out(options.json ? JSON.stringify(event) : printable(eventLine(event, terminal.language)))
  })
  world.start()
  await end(clock, options.minutes, terminal.signal)
  world.stop()
  const counts = { accepted: accepted.size, stations: world.stations.length }
  if (!options.json) await terminal.out(say('station.cli.done', counts, terminal.language))
  return accepted.size > 0 ? 0 : 1
}
