import type { FaultModeName, ReactionKind, Witness } from '../../../hub/plant/device/index.ts'

/** What became of a fault. Times in seconds since the start of the run. */
export interface FaultResult {
  readonly mode: FaultModeName
  /** Station, EVSE, connector or cabinet it was said of. */
  readonly part: string
  readonly at_s: number
  /** null: it lasts to the end of the run. */
  readonly lasts_s: number | null
  readonly severity_frac: number
  /** From its start until it was told, at the first plug that did; null: nobody noticed. */
  readonly detected_s: number | null
  readonly seenBy: Witness
  readonly reaction: ReactionKind
  /** From its start until the last plug hit that was charging then was without current; null: none was, or none was stopped. */
  readonly stopped_s: number | null
  /** Hottest part of the cables hit when it began, and while it lasted; null: no cable. */
  readonly began_degC: number | null
  readonly highest_degC: number | null
  /** Sessions it ended. */
  readonly sessions: number
  /** What vehicles could have taken meanwhile and did not get because of it, or of a cable too warm meanwhile. */
  readonly energyLost_kWh: number
}
