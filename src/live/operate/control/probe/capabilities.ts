import type { Spelling } from '../profiles/spelling.ts'

/** What a station can do of smart charging: told by it, by records of its make, and found out by trying. Plain data for JSON. */
export interface Capabilities {
  /** False: it says that it has no smart charging at all. */
  readonly smartCharging: boolean
  /** Empty: it does not tell. */
  readonly units: readonly ('W' | 'A')[]
  readonly maxStackLevel: number
  /** Takes profiles whose limit is updated (2.1). */
  readonly dynamic: boolean
  /** What its standing limits are put into: defaults of transactions, or, of a station with one EVSE, the maximum of the station. */
  readonly standingPurpose: 'txDefault' | 'stationMax'
  /** Known to be refused. */
  readonly refusedPurposes: readonly Spelling['purpose'][]
  /** Name of the spelling it has taken last; null: none yet. */
  readonly spelling: string | null
  /** Standing limit it has taken for each EVSE; what is not there was not taken. */
  readonly defaults_kW: Readonly<Record<string, number>>
  /** Firmware all this was found with. */
  readonly firmware: string | null
}

/** Until a station tells its own, levels up to this are taken to be there. */
const USUAL_STACK_LEVEL = 1

export const unknownCapabilities: Capabilities = {
  smartCharging: true,
  units: [],
  maxStackLevel: USUAL_STACK_LEVEL,
  dynamic: false,
  standingPurpose: 'txDefault',
  refusedPurposes: [],
  spelling: null,
  defaults_kW: {},
  firmware: null,
}

/** Reads what was kept of an earlier probe; null: nothing, or not in this form. */
export function keptCapabilities(kept: Readonly<Record<string, unknown>> | null): Capabilities | null {
  return kept !== null && 'defaults_kW' in kept && 'refusedPurposes' in kept
    ? { ...unknownCapabilities, ...(kept as Partial<Capabilities>) }
    : null
}
