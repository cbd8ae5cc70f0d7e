import {
  type BandYear,
  builtInMarket,
  type ComponentYear,
  componentsOf,
  type MarketCase,
  type MarketTrack,
  type MarketYear,
  playScenario,
  type SwitchYears,
  scenarioBands,
  switchYears,
  type TippingReport,
  tippingReport,
  type Verdict,
  verdictOf,
  yearsOf,
} from '../../../study/market/index.ts'
import { snapshotOf } from './knowledge.ts'

/** Everything there is to tell of a scenario. */
export interface MarketStudy {
  readonly one: MarketCase
  readonly track: MarketTrack
  readonly years: readonly MarketYear[]
  readonly bands: readonly BandYear[] | null
  readonly components: readonly ComponentYear[]
  readonly switches: readonly SwitchYears[]
  readonly tipping: TippingReport
  readonly verdict: Verdict
  readonly draws: number
  readonly seed: number
}

/** Plays a scenario with so many draws (0: no bands). */
export function studyOf(one: MarketCase, draws: number, seed: number): MarketStudy {
  const built = builtInMarket()
  const track = playScenario(one)
  const years = yearsOf(track)
  const bands = draws > 0 ? scenarioBands(one, draws, seed, snapshotOf(built).noise.ports) : null
  const context = {
    ...{ region: one.region, table: built.components },
    failure_perYear: one.calibration.parameters.failure_perYear,
  }
  const components = years.map((year, at) => componentsOf(year, bands?.[at] ?? null, context))
  const tipping = tippingReport(one, track)
  const verdict = verdictOf(one, track, tipping, bands)
  return { one, track, years, bands, components, switches: switchYears(one, track), tipping, verdict, draws, seed }
}
