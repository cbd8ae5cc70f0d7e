import type { ActiveFault } from './truth.ts'

/** How the first thermometer of a plug's contacts shows their temperature. */
export type Thermometer =
  | { readonly kind: 'sound' }
  /** Shows this much more than is true. */
  | { readonly kind: 'offset'; readonly offset_K: number }
  /** Shows what it showed when the fault began. */
  | { readonly kind: 'stuck' }
  /** Follows so many times as slowly. */
  | { readonly kind: 'slow'; readonly times: number }
  /** Shows nothing that can be: open or short. */
  | { readonly kind: 'dead' }

/** What sensors of a plug make of the truth. */
export interface Sensors {
  readonly thermometer: Thermometer
  /** Factor on the flow that is read; null: it reads full flow, whatever flows. */
  readonly flow: number | null
}

export const soundSensors: Sensors = { thermometer: { kind: 'sound' }, flow: 1 }

/** A thermometer at its worst is off by this, or follows so many times as slowly when it has come off its contact. */
const WORST_OFFSET_K = 20
const WORST_LAG = 10

function withFault(sensors: Sensors, { mode, severity_frac }: ActiveFault): Sensors {
  switch (mode) {
    case 'flow-sensor':
      return { ...sensors, flow: 1 - severity_frac }
    case 'flow-sensor-stuck':
      return { ...sensors, flow: null }
    case 'sensor-open':
    case 'sensor-short':
      return { ...sensors, thermometer: { kind: 'dead' } }
    case 'sensor-stuck':
      return { ...sensors, thermometer: { kind: 'stuck' } }
    case 'sensor-low':
      return { ...sensors, thermometer: { kind: 'offset', offset_K: -WORST_OFFSET_K * severity_frac } }
    case 'sensor-high':
      return { ...sensors, thermometer: { kind: 'offset', offset_K: WORST_OFFSET_K * severity_frac } }
    case 'sensor-slow':
      return { ...sensors, thermometer: { kind: 'slow', times: 1 + (WORST_LAG - 1) * severity_frac } }
    default:
      return sensors
  }
}

/** What sensors make of the truth under some faults; those of anything else change nothing here. */
export function sensorsUnder(faults: readonly ActiveFault[]): Sensors {
  return faults.reduce(withFault, soundSensors)
}

/** Flow as the sensor shows it. */
export function flowReading({ flow }: Sensors, flow_frac: number): number {
  return flow === null ? 1 : flow * flow_frac
}

/** What the first thermometer shows: `sound_degC` is what a sound one would, `last_degC` what it showed `dt_s` ago. NaN: nothing. */
export function thermometerReading(
  thermometer: Thermometer,
  sound_degC: number,
  last_degC: number,
  slowness_s: number,
): number {
  switch (thermometer.kind) {
    case 'sound':
      return sound_degC
    case 'offset':
      return sound_degC + thermometer.offset_K
    case 'stuck':
      return last_degC
    case 'slow':
      return last_degC - (sound_degC - last_degC) * Math.expm1(-slowness_s)
    case 'dead':
      return Number.NaN
  }
}

/** By how much the thresholds of a ladder seem to lie elsewhere with such a thermometer; null: it sees nothing that moves. */
export function shift_K(thermometer: Thermometer): number | null {
  if (thermometer.kind === 'sound') return 0
  return thermometer.kind === 'offset' ? -thermometer.offset_K : null
}
