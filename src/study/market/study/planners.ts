import type { MarketYear } from '../scenarios/outcome.ts'
import type { MarketCase } from '../scenarios/plan.ts'

/** Ports of the sites a planner is told about. */
export const siteSizes = [4, 8, 16] as const

/** What a planner takes from a year: cables of a connector to fit, by size of site. */
export interface PlannerRow {
  readonly connector: string
  readonly name: string
  readonly year: number
  readonly demand_frac: number
  /** Share of sites at which the cable pays. */
  readonly pays_frac: number
  /** Cables to fit, in the order of `siteSizes`; none where fewer than half of the sites would. */
  readonly cables: readonly number[]
}

const SHOWN_YEARS = [0, 3, 6, 11]

/** Cables to fit by connector, for some near and far years: as many as demand asks for, with headroom, at least one. */
export function plannerRows({ region, calibration }: MarketCase, years: readonly MarketYear[]): readonly PlannerRow[] {
  const { headroom } = calibration.parameters
  const shown = SHOWN_YEARS.flatMap((at) => years[at] ?? [])
  return region.connectors.flatMap(({ id, name }, c) =>
    shown.map(({ year, demand_frac, fitted_frac }) => {
      const [share, pays_frac] = [demand_frac[c] ?? 0, fitted_frac[c] ?? 0]
      const cables = siteSizes.map((n) =>
        pays_frac < 0.5 ? 0 : Math.ceil(n * Math.min(1, Math.max(1 / n, headroom * share))),
      )
      return { connector: id, name, year, demand_frac: share, pays_frac, cables }
    }),
  )
}
