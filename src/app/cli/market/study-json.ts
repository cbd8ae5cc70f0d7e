import { type Language, say } from '../../../base/words/index.ts'
import { builtInMarket, frozenSnapshot, type MarketStudy, type PhaseMap } from '../../../study/market/index.ts'

type Named = readonly { readonly id: string }[]

function named<T>(names: Named, values: readonly T[]): Record<string, T> {
  return Object.fromEntries(names.flatMap(({ id }, at) => (values[at] === undefined ? [] : [[id, values[at]]])))
}

function yearsJson({ one }: MarketStudy, years: MarketStudy['years']): readonly unknown[] {
  const { groups, connectors } = one.region
  return years.map((year) => ({
    ...year,
    ...{ fleet: named(groups, year.fleet), sales: named(groups, year.sales) },
    ...{ usable: named(groups, year.usable), usableByAdapter: named(groups, year.usableByAdapter) },
    ...{ cables: named(connectors, year.cables), newCables: named(connectors, year.newCables) },
    addedCables: named(connectors, year.addedCables),
    demand_frac: named(connectors, year.demand_frac),
    fitted_frac: named(connectors, year.fitted_frac),
    attached_frac: named(connectors, year.attached_frac),
    redundantCables_cost: year.redundantCables * builtInMarket().components.secondCable_cost.middle,
    strandedCables_cost: year.strandedCables * builtInMarket().components.secondCable_cost.middle,
  }))
}

function bandsJson({ one, bands }: MarketStudy): readonly unknown[] | null {
  const { groups, connectors } = one.region
  if (!bands) return null
  return bands.map((band) => ({
    ...band,
    ...{ fleetShare_frac: named(groups, band.fleetShare_frac), salesShare_frac: named(groups, band.salesShare_frac) },
    ...{ cables: named(connectors, band.cables), fitted_frac: named(connectors, band.fitted_frac) },
  }))
}

/** A scenario as an object for JSON, with its phase map where that was asked for. */
export function studyObject(study: MarketStudy, language: Language, phase?: PhaseMap | null): object {
  const { one, verdict } = study
  const { date, score } = frozenSnapshot()
  return {
    scenario: one.scenario.id,
    title: one.scenario.title,
    region: one.region.id,
    dataUntil: one.state.until,
    calibration: {
      date,
      until: one.calibration.until,
      score: score.model,
      bestNaive: score.bestNaive,
      bestNaiveScore: score.bestNaiveError,
    },
    ...{ draws: study.draws, seed: study.seed },
    verdict: { ...verdict, sentences: verdict.sentences.map(({ code, params }) => say(code, params, language)) },
    ...{ tipping: study.tipping, switchYears: study.switches },
    from_yr: one.state.from_yr,
    ...{ past: yearsJson(study, study.past), years: yearsJson(study, study.years), bands: bandsJson(study) },
    components: study.components,
    ...{ history: study.history, sources: study.sources },
    events: study.events.map(({ what, ...mark }) => ({ ...mark, what: say(what.code, what.params, language) })),
    assumptions: study.assumptions,
    ...(phase === undefined ? {} : { phase }),
    parameters: one.calibration.parameters,
  }
}
