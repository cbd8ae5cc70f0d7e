import type { Coded } from '../../base/words/index.ts'
import type { Confidence } from '../../hub/standards/schema/index.ts'
import type { SimulationResult } from '../simulate/index.ts'
import type { FigureValues } from '../simulate/many/index.ts'

/** What the report needs to know of the site beside the result. */
export interface ReportSite {
  /** IANA name; the report's times are local to it. */
  readonly timezone: string
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
  readonly assumptions: readonly Assumption[]
  /** The command line that repeats the run. */
  readonly command?: string
}
