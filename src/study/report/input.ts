import type { Coded } from '../../base/words/index.ts'
import type { Confidence, Vehicle } from '../../hub/standards/schema/index.ts'
import type { SimulationResult } from '../simulate/index.ts'
import type { FigureValues } from '../simulate/many/index.ts'

/** What the report needs to know of the site beside the result. */
export interface ReportSite {
  /** IANA name; the report's times are local to it. */
  readonly timezone: string
  /** Names people use for connectors, by id; without it they go by their id. */
  readonly catalogue?: { readonly connectors: ReadonlyMap<string, { readonly name: string }> }
}

/** The vehicle and post of a hub that get most done in a coffee while nobody else takes power. */
export interface CoffeePair {
  readonly vehicle: string
  readonly class: Vehicle['class']
  readonly post: string
  /** Energy from 10 % on, in the minutes of the result's coffee. */
  readonly energy_kWh: number
  readonly peak_kW: number
  /** Limit source of the highest power; null: not known. */
  readonly boundBy: string | null
}

/** Something the run took for granted, and how sure it is. */
export interface Assumption {
  readonly label: Coded
  /** The value with its unit, as text. */
  readonly value: string
  /** Citation; null when nobody is cited. */
  readonly source: string | null
  readonly confidence: Confidence | null
}

export interface ReportInput {
  readonly result: SimulationResult
  /** Absent for a run without a site file: times are then UTC. */
  readonly site?: ReportSite
  /** Another run to compare the figures with. */
  readonly baseline?: SimulationResult
  /** Figures of this run and of others with other seeds: how sure the figures are. */
  readonly runs?: readonly FigureValues[]
  readonly pair?: CoffeePair | null
  readonly assumptions: readonly Assumption[]
  /** The command line that repeats the run. */
  readonly command?: string
}
