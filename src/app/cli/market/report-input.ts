import { engineVersion } from '../../../base/version/index.ts'
import { builtInMarket, frozenSnapshot, type MarketStudy } from '../../../study/market/index.ts'
import type { MarketReportInput } from '../../../study/report/market/index.ts'

/** What the page of a scenario is made of. */
export function marketReportInput({ track: _, seed: __, ...study }: MarketStudy, command: string): MarketReportInput {
  const built = builtInMarket()
  const { date, score } = frozenSnapshot()
  return {
    ...study,
    score: { date, model: score.model, naive: score.bestNaiveError, method: score.bestNaive },
    secondCable_cost: built.components.secondCable_cost.middle,
    powerClasses: built.components.classes.map(({ name }) => name),
    engineVersion,
    command,
  }
}
