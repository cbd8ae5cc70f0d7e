import type { MarketStudy, PhaseMap, PlannerRow, UseRow } from '../../market/index.ts'

/** Everything a page about a scenario tells. */
export interface MarketReportInput extends Omit<MarketStudy, 'track' | 'seed'> {
  /** Null where no maker changes inlet. */
  readonly phase: PhaseMap | null
  readonly uses: readonly { readonly year: number; readonly rows: readonly UseRow[] }[]
  readonly planners: readonly PlannerRow[]
  readonly score: { readonly date: string; readonly model: number; readonly naive: number; readonly method: string }
  readonly secondCable_cost: number
  readonly powerClasses: readonly string[]
  readonly engineVersion: string
  readonly command: string
}
