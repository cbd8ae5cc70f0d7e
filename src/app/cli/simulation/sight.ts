import type { Problem } from '../../../base/problems/index.ts'
import type { PolicyName } from '../../../hub/controller/index.ts'
import type { SightName } from '../../../hub/controller/site/sight/index.ts'
import type { WeatherPeriod } from '../../../hub/plant/air/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import type { AirOfRun } from '../../../study/report/index.ts'
import type { AskedFault } from '../../../study/simulate/faults/index.ts'
import type { SimulationResult } from '../../../study/simulate/index.ts'
import type { SiteRunInput } from '../../../study/simulate/site/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'
import { faultArguments, faultsOfSite, readFaults } from './faults.ts'
import type { LoadedSite } from './load-site.ts'
import { loadWeather, readWeatherOption, weatherArguments } from './weather.ts'

/** Named here so that the controller is loaded only where it runs. */
export const sightNames: readonly SightName[] = ['csms', 'perfect']

/** Under the option's own name for sharing as the policy says, at once and seeing all. */
const EXACT = 'exact'

/** What the site controller is to see; undefined: there is none, the policy shares exactly. */
export function readSight(read: OptionReader): SightName | undefined {
  const name = read.oneOf('--sight', [EXACT, ...sightNames])
  return sightNames.find((known) => known === name)
}

/** How the hub is run: what the controller sees, whether devices are physics, and what fails. */
export interface Steering {
  readonly sight?: SightName
  readonly physics?: boolean
  /** Exact sharing was asked for by name. */
  readonly isExact: boolean
  /** File asked for in place of what the site file says of the air. */
  readonly weather: string | undefined
  /** Asked for beside those of the site file. */
  readonly faults: readonly AskedFault[]
}

/** The same for the run of one site. */
export type RunSteering = Pick<SiteRunInput, 'sight' | 'physics' | 'faults' | 'weather'>

/** `--sight`, `--physics`, `--weather` and `--fault`; physics alone goes with what a management system sees, `--sight exact` without a controller. */
export function readSteering(read: OptionReader): Steering {
  const faults = readFaults(read)
  const weather = readWeatherOption(read)
  const physics = read.flag('--physics') || weather !== undefined || read.list('--fault').length > 0
  const isExact = read.text('--sight') === EXACT
  const sight = readSight(read) ?? (physics && !isExact ? 'csms' : undefined)
  return { ...(sight === undefined ? {} : { sight }), ...(physics ? { physics } : {}), isExact, weather, faults }
}

/** The same as typed. */
export function steeringArguments({ sight, physics, isExact }: Steering, read: OptionReader): string[] {
  return [
    ...(sight === undefined ? [] : [`--sight ${sight}`]),
    ...(isExact ? [`--sight ${EXACT}`] : []),
    ...(physics ? ['--physics'] : []),
    ...weatherArguments(read),
    ...faultArguments(read),
  ]
}

/** The air of a run that is over, for its report. */
export function airOfRun({ ambient }: SimulationResult, site: Site, { weather }: Steering): AirOfRun | undefined {
  if (!ambient) return undefined
  const stated = site.ambient !== null && 'weather' in site.ambient ? site.ambient.weather : null
  return { range: ambient, file: weather ?? stated }
}

/** What is wrong where the site controller is to follow the policy of a site. */
export function sightProblems(sight: SightName | undefined, policy: PolicyName): Problem[] {
  if (sight === undefined || policy !== 'equal-rating') return []
  return [usageProblem({ code: 'simulate.sightPolicy', params: { sight } })]
}

/** What is wrong where devices are to cap what a policy shares exactly. */
export function physicsProblems(sight: SightName | undefined, policy: PolicyName): Problem[] {
  if (sight !== undefined || policy !== 'equal-rating') return []
  return [usageProblem({ code: 'simulate.physicsPolicy', params: {} })]
}

/** Faults of the site file bring physics along. */
function withFaultsOf(site: Site, steering: Steering): Steering {
  if (site.faults.length === 0) return steering
  return { ...steering, ...(steering.isExact ? {} : { sight: steering.sight ?? 'csms' }), physics: true }
}

/** What of a site stands against running it so, whenever a run would end. */
export async function steeringProblems(steering: Steering, policy: PolicyName, site: Site): Promise<Problem[]> {
  const { sight, physics } = withFaultsOf(site, steering)
  const problems = sightProblems(sight, policy)
  if (!physics) return problems
  const { deviceProblems } = await import('../../../study/simulate/devices/index.ts')
  const { problems: ofFaults } = await faultsOfSite(steering.faults, site)
  return [...problems, ...physicsProblems(sight, policy), ...deviceProblems(site), ...ofFaults]
}

/** How a run of a site in a period is steered, or what is wrong with its faults and its weather. */
export async function steeredRun(
  steering: Steering,
  loaded: LoadedSite,
  period: WeatherPeriod,
): Promise<{ readonly run: RunSteering; readonly problems: readonly Problem[] }> {
  const { site, source } = loaded
  const { sight, physics } = withFaultsOf(site, steering)
  const { faults, problems } = await faultsOfSite(steering.faults, site, period.duration_s)
  const air = physics ? await loadWeather(steering.weather, { site, file: source.file }, period) : null
  const weather = air?.ok ? air.value : null
  const run = {
    ...(sight === undefined ? {} : { sight }),
    ...(physics ? { physics } : {}),
    ...(weather === null ? {} : { weather }),
    ...(faults.length > 0 ? { faults } : {}),
  }
  return { run, problems: [...problems, ...(air === null || air.ok ? [] : air.problems)] }
}
