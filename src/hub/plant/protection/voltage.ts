/** Up to this the voltage of a cable check may be 500 V, else it follows the vehicle. */
const LOW_CLASS_V = 500
const ABOVE_VEHICLE_V = 50
const ABOVE_VEHICLE = 1.1

/** Current a post may give in a cable check, and voltage that is safe to touch (EVerest, after IEC 61851-23:2023). */
export const cableCheckLimits = { current_A: 2, safe_V: 60 } as const

/**
 * Voltage of the insulation test before charging: vehicle + 50 V up to 500 V, or 1.1 times the vehicle; never more than
 * the post gives.
 */
export function cableCheckVoltage_V(vehicleMax_V: number, postMax_V: number): number {
  if (vehicleMax_V > LOW_CLASS_V) return Math.min(postMax_V, ABOVE_VEHICLE * vehicleMax_V)
  return Math.min(LOW_CLASS_V, vehicleMax_V + ABOVE_VEHICLE_V, postMax_V)
}

/** Rows: highest negotiated voltage, level at which the output trips (IEC 61851-23:2023 as EVerest has it). */
const overVoltageLevels = [
  [500, 550],
  [750, 825],
  [850, 935],
  [1000, 1100],
  [1250, 1375],
] as const

/** An over-voltage must last longer than this. */
export const OVER_VOLTAGE_s = 0.009

/** Voltage at which an output trips, by the voltage negotiated; null above 1250 V, for which no level is known. */
export function overVoltageLevel_V(negotiated_V: number): number | null {
  return overVoltageLevels.find(([upTo_V]) => negotiated_V <= upTo_V)?.[1] ?? null
}

/** Spread between voltages of charger, monitor and vehicle that is no longer plausible, and for how long (EVerest). */
export const plausibility = { spread_V: 50, duration_s: 30 } as const

/** Highest less lowest of the voltages that are known; NaN stands for none. */
export function spread_V(readings_V: ArrayLike<number>): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let index = 0; index < readings_V.length; index++) {
    const reading = readings_V[index] as number
    if (Number.isNaN(reading)) continue
    low = Math.min(low, reading)
    high = Math.max(high, reading)
  }
  return high < low ? 0 : high - low
}
