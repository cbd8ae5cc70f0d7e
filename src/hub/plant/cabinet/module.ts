import { altitudeShare, tableShare } from './derating.ts'
import type { CabinetParameters, ModuleParameters } from './parameters.ts'

const WATTS_PER_KW = 1000

/** How the halves of a module are connected; a module without halves is always in parallel. */
export type HalvesMode = 'parallel' | 'series'

/** Mode the halves go to when a voltage is asked for: between the two thresholds they stay as they are. */
export function nextMode(module: ModuleParameters, mode: HalvesMode, request_V: number): HalvesMode {
  const { halves } = module
  if (halves === null) return 'parallel'
  if (request_V > halves.up_V) return 'series'
  return request_V < halves.down_V ? 'parallel' : mode
}

/** What one healthy module gives at a voltage, kW: the lower of rated power and voltage x current; 0 outside its window. */
export function modulePower_kW(module: ModuleParameters, mode: HalvesMode, voltage_V: number): number {
  if (voltage_V < module.minVoltage_V || voltage_V > module.maxVoltage_V) return 0
  const current_A = mode === 'series' && module.halves !== null ? module.halves.seriesCurrent_A : module.maxCurrent_A
  return Math.min(module.power_kW, (voltage_V * current_A) / WATTS_PER_KW)
}

/** What one output can carry at a voltage, kW. */
export function outputPower_kW(cabinet: CabinetParameters, output: number, voltage_V: number): number {
  const limits = cabinet.outputs[output]
  if (limits === undefined || voltage_V <= 0) return 0
  return Math.min(limits.maxPower_kW, (voltage_V * limits.maxCurrent_A) / WATTS_PER_KW)
}

export interface Surroundings {
  readonly ambient_degC: number
  readonly altitude_m: number
}

/**
 * Share of its rated power and current a module of the cabinet has in these surroundings: the lower of what the cabinet and
 * the module are derated to by temperature, times what thin air leaves. Current is derated with power because its heat is.
 */
export function deratedShare(cabinet: CabinetParameters, module: number, around: Surroundings): number {
  const own = cabinet.modules[module]
  if (own === undefined) return 0
  const { ambient_degC, altitude_m } = around
  const byCabinet = tableShare(cabinet.derating, ambient_degC)
  const byModule = tableShare(own.derating, ambient_degC + cabinet.airRise_K)
  return Math.min(byCabinet, byModule) * altitudeShare(cabinet.altitude, altitude_m)
}
