import { type Checked, invariant } from '../../../base/problems/index.ts'
import { builtInMarket } from '../built-in.ts'
import { type ComponentYear, componentsOf } from '../components/components.ts'
import type { HistorySource } from '../history/index.ts'
import type { MarketTrack } from '../model/track.ts'
import { type BandYear, scenarioBands } from '../scenarios/bands.ts'
import { loadScenario } from '../scenarios/load.ts'
import { type MarketYear, playScenario, type SwitchYears, switchYears, yearsOf } from '../scenarios/outcome.ts'
import type { MarketCase } from '../scenarios/plan.ts'
import { type TippingReport, tippingReport } from '../scenarios/tipping.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Verdict, verdictOf } from '../verdict/verdict.ts'
import { type Assumption, assumptionsOf } from './assumptions.ts'
import { type CountedSeries, countedOf, sourcesOf } from './counted.ts'
import { type MarketMark, marksOf } from './marks.ts'
import { pastOf } from './past.ts'

/** Everything there is to tell of a scenario. */
export interface MarketStudy {
  readonly one: MarketCase
  readonly track: MarketTrack
  /** Years up to the last counts; empty where no history tells of the region. */
  readonly past: readonly MarketYear[]
  readonly years: readonly MarketYear[]
  readonly bands: readonly BandYear[] | null
  readonly components: readonly ComponentYear[]
  readonly switches: readonly SwitchYears[]
  readonly tipping: TippingReport
  readonly verdict: Verdict
  readonly history: readonly CountedSeries[]
  readonly sources: Readonly<Record<string, HistorySource>>
  readonly events: readonly MarketMark[]
  readonly assumptions: readonly Assumption[]
  readonly draws: number
  readonly seed: number
}

/** The frozen snapshot; the build makes sure it is there. */
export function frozenSnapshot(): Snapshot {
  const { snapshot } = builtInMarket()
  invariant(snapshot, 'the program was built without a snapshot of the market')
  return snapshot
}

/** A scenario that comes with the program, on its history and frozen laws; null where there is none of that id. */
export function scenarioNamed(id: string, to_yr?: number): Checked<MarketCase> | null {
  const { history, regions, scenarios } = builtInMarket()
  const file = scenarios.get(id)
  const { calibration } = frozenSnapshot()
  return file ? loadScenario(JSON.stringify(file), id, { history, regions, calibration }, to_yr) : null
}

/** Plays a scenario with so many draws (0: no bands). */
export function studyOf(one: MarketCase, draws: number, seed: number): MarketStudy {
  const built = builtInMarket()
  const track = playScenario(one)
  const years = yearsOf(track)
  const bands = draws > 0 ? scenarioBands(one, draws, seed, frozenSnapshot().noise) : null
  const context = {
    ...{ region: one.region, table: built.components },
    failure_perYear: one.calibration.parameters.failure_perYear,
  }
  const components = years.map((year, at) => componentsOf(year, bands?.[at] ?? null, context))
  const tipping = tippingReport(one, track)
  const verdict = verdictOf(one, track, tipping, bands)
  const history = countedOf(one)
  return {
    ...{ one, track, past: pastOf(one), years, bands, components },
    ...{ switches: switchYears(one, track), tipping, verdict },
    ...{ history, sources: sourcesOf(one.history, history), events: marksOf(one) },
    assumptions: assumptionsOf(one.calibration),
    ...{ draws, seed },
  }
}
