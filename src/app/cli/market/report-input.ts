import { engineVersion } from '../../../base/version/index.ts'
import {
  builtInMarket,
  frozenSnapshot,
  type MarketStudy,
  type PhaseMap,
  phaseMap,
  plannerRows,
  whoCanUse,
} from '../../../study/market/index.ts'
import type { MarketReportInput } from '../../../study/report/market/index.ts'

/** What the page of a scenario is made of; its phase map is played where it was not yet. */
export function marketReportInput(
  { track: _, seed: __, ...study }: MarketStudy,
  command: string,
  phase?: PhaseMap | null,
): MarketReportInput {
  const { one, past, years } = study
  const built = builtInMarket()
  const { date, score } = frozenSnapshot()
  return {
    ...study,
    phase: phase ?? phaseMap(one, [...past, ...years]),
    uses: years.map((year) => ({ year: year.year, rows: whoCanUse(one, year) })),
    planners: plannerRows(one, years),
    score: { date, model: score.model, naive: score.bestNaiveError, method: score.bestNaive },
    secondCable_cost: built.components.secondCable_cost.middle,
    powerClasses: built.components.classes.map(({ name }) => name),
    engineVersion,
    command,
  }
}
