import type { Checked } from '../../../base/problems/index.ts'
import { type MarketCase, noLevers } from '../../../study/market/index.ts'
import { knowledgeOr } from './knowledge.ts'
import { caseOf } from './scenario.ts'

/** A scenario by name or file as it comes, without levers. */
export async function caseNamed(name: string): Promise<Checked<MarketCase>> {
  const knowledge = await knowledgeOr(undefined)
  if (!knowledge.ok) return knowledge
  return caseOf(name, { to_yr: undefined, draws: 0, seed: 1, levers: noLevers, assimilate: undefined }, knowledge.value)
}
