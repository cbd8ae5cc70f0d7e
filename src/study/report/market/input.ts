import type {
  BandYear,
  ComponentYear,
  MarketCase,
  MarketYear,
  SwitchYears,
  TippingReport,
  Verdict,
} from '../../market/index.ts'

/** Everything a page about a scenario tells. */
export interface MarketReportInput {
  readonly one: MarketCase
  readonly years: readonly MarketYear[]
  readonly bands: readonly BandYear[] | null
  readonly components: readonly ComponentYear[]
  readonly switches: readonly SwitchYears[]
  readonly tipping: TippingReport
  readonly verdict: Verdict
  readonly draws: number
  readonly score: { readonly date: string; readonly model: number; readonly naive: number; readonly method: string }
  readonly secondCable_cost: number
  readonly powerClasses: readonly string[]
  readonly engineVersion: string
  readonly command: string
}
