import type { InsulationMonitorParameters } from './parameters.ts'

/** A fault of the insulation: its resistance, and whether one pole alone has it. */
export interface InsulationFault {
  readonly resistance_ohm: number
  readonly oneSided: boolean
}

/** Between which times after its start a fault is told. */
export interface DetectionWindow {
  /** R C of the net: sooner nobody can know it. */
  readonly earliest_s: number
  readonly latest_s: number
}

/**
 * When a monitor tells a fault. Its times hold up to the highest leakage capacitance; beyond, the answer takes longer
 * in proportion, as the charge that has to be moved. The next reading comes a sample period after the answer at the
 * latest.
 */
export function detectionWindow(
  monitor: InsulationMonitorParameters,
  fault: InsulationFault,
  leakage_F: number,
  limit_F = monitor.maxLeakage_F,
): DetectionWindow {
  const earliest_s = fault.resistance_ohm * leakage_F
  const isFast = fault.oneSided && fault.resistance_ohm <= monitor.fastUpTo_ohm
  const response_s = (isFast ? monitor.fast_s : monitor.other_s) * Math.max(1, leakage_F / limit_F)
  return { earliest_s, latest_s: Math.max(response_s, earliest_s) + monitor.sample_s }
}

/**
 * What a monitor reads `after_s` seconds after the resistance of its net changed: conductance follows the truth with
 * the time constant R C of the net it charges, R being that of the new truth. Parameters in ohm and farad.
 */
export function readResistance_ohm(before_ohm: number, after_ohm: number, leakage_F: number, after_s: number): number {
  const left = Math.exp(-after_s / (after_ohm * leakage_F))
  return 1 / (1 / after_ohm + (1 / before_ohm - 1 / after_ohm) * left)
}
