import type { CableParameters } from '../cable/index.ts'
import type { FaultModeName } from './modes.ts'
import { watch } from './parameters.ts'

/** A fault of a plug that has begun. */
export interface ActiveFault {
  readonly mode: FaultModeName
  readonly severity_frac: number
  /** Since when. */
  readonly since_s: number
}

/** What is true of a cable, whatever sensors show. */
export interface CableTruth {
  readonly flow_frac: number
  readonly fanOn: boolean
  /** Factor on the resistance of its contacts, and share of the metal of its conductors that is left. */
  readonly contact: number
  readonly metal_frac: number
}

export const soundCable: CableTruth = { flow_frac: 1, fanOn: true, contact: 1, metal_frac: 1 }

/** A contact at its worst has ten times its resistance. */
export const WORST_CONTACT = 10
/** Strands that break are at most half of them; beyond, the conductor is cut. */
const MOST_BROKEN_frac = 0.5

/** Seconds from the start of a leak until no coolant is left to pump. */
export function drainTime_s(severity_frac: number): number {
  return watch.drain_s / severity_frac
}

function withFault(truth: CableTruth, { mode, severity_frac, since_s }: ActiveFault, now_s: number): CableTruth {
  switch (mode) {
    case 'pump':
    case 'hose':
      return { ...truth, flow_frac: Math.min(truth.flow_frac, 1 - severity_frac) }
    case 'leak':
      return now_s - since_s >= drainTime_s(severity_frac) ? { ...truth, flow_frac: 0 } : truth
    case 'fan':
      return { ...truth, fanOn: false }
    case 'contact':
      return { ...truth, contact: 1 + (WORST_CONTACT - 1) * severity_frac }
    case 'strands':
      return { ...truth, metal_frac: 1 - MOST_BROKEN_frac * severity_frac }
    default:
      return truth
  }
}

/** What is true of a cable under some faults; those of sensors change nothing here. */
export function truthOf(faults: readonly ActiveFault[], now_s: number): CableTruth {
  return faults.reduce((truth, fault) => withFault(truth, fault, now_s), soundCable)
}

/** Parameters of a cable whose contacts or strands have suffered. Broken strands are taken as broken all along: the worst case. */
export function worn(cable: CableParameters, { contact, metal_frac }: CableTruth): CableParameters {
  return {
    ...cable,
    area_mm2: cable.area_mm2 * metal_frac,
    contact: { ...cable.contact, resistance_ohm: cable.contact.resistance_ohm * contact },
  }
}

/** Resistance to earth under a fault of the insulation: 1 Mohm down to 100 ohm, by powers of ten. */
export function insulation_ohm(severity_frac: number): number {
  return 10 ** (6 - 4 * severity_frac)
}
