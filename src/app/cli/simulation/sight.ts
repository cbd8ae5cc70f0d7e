import type { Problem } from '../../../base/problems/index.ts'
import type { PolicyName } from '../../../hub/controller/index.ts'
import { type SightName, sightNames } from '../../../study/simulate/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

/** Under the option's own name for sharing as the policy says, at once and seeing all. */
const EXACT = 'exact'

/** What the site controller is to see; undefined: there is none, the policy shares exactly. */
export function readSight(read: OptionReader): SightName | undefined {
  const name = read.oneOf('--sight', [EXACT, ...sightNames])
  return sightNames.find((known) => known === name)
}

/** What is wrong where the site controller is to follow the policy of a site. */
export function sightProblems(sight: SightName | undefined, policy: PolicyName): Problem[] {
  if (sight === undefined || policy !== 'equal-rating') return []
  return [usageProblem({ code: 'simulate.sightPolicy', params: { sight } })]
}
