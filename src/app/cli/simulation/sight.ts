import type { Problem } from '../../../base/problems/index.ts'
import type { PolicyName } from '../../../hub/controller/index.ts'
import type { SightName } from '../../../hub/controller/site/sight/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

/** Named here so that the controller is loaded only where it runs. */
export const sightNames: readonly SightName[] = ['csms', 'perfect']

/** Under the option's own name for sharing as the policy says, at once and seeing all. */
const EXACT = 'exact'

/** What the site controller is to see; undefined: there is none, the policy shares exactly. */
export function readSight(read: OptionReader): SightName | undefined {
  const name = read.oneOf('--sight', [EXACT, ...sightNames])
  return sightNames.find((known) => known === name)
}

/** How the hub is run: what the controller sees, and whether devices are physics, which they are under a controller only. */
export interface Steering {
  readonly sight?: SightName
  readonly physics?: boolean
}

/** `--sight` and `--physics`; physics alone goes with what a management system sees. */
export function readSteering(read: OptionReader): Steering {
  const physics = read.flag('--physics')
  const sight = readSight(read) ?? (physics ? 'csms' : undefined)
  if (physics && read.text('--sight') === EXACT) {
    read.problems.push(usageProblem({ code: 'simulate.physicsExact', params: {} }))
  }
  return { ...(sight === undefined ? {} : { sight }), ...(physics ? { physics } : {}) }
}

/** The same as typed. */
export function steeringArguments({ sight, physics }: Steering): string[] {
  return [...(sight === undefined ? [] : [`--sight ${sight}`]), ...(physics ? ['--physics'] : [])]
}

/** What is wrong where the site controller is to follow the policy of a site. */
export function sightProblems(sight: SightName | undefined, policy: PolicyName): Problem[] {
  if (sight === undefined || policy !== 'equal-rating') return []
  return [usageProblem({ code: 'simulate.sightPolicy', params: { sight } })]
}

/** What of a site stands against running it so. */
export async function steeringProblems(
  { sight, physics }: Steering,
  policy: PolicyName,
  site: Site,
): Promise<Problem[]> {
  const problems = sightProblems(sight, policy)
  if (!physics) return problems
  const { deviceProblems } = await import('../../../study/simulate/devices/index.ts')
  return [...problems, ...deviceProblems(site)]
}
