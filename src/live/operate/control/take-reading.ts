import type { Readings } from '../../../hub/controller/site/index.ts'
import type { EvseReading } from '../views.ts'
import type { EvseControl } from './state.ts'

const WATTS_PER_KW = 1000
const MS_PER_HOUR = 3_600_000
/** Lower voltages are those of a plug without a vehicle. */
const LEAST_V = 50

/** Power by the register where a meter shows no power; NaN: not known yet. */
function byRegister_kW(evse: EvseControl, { at_ms, energy_Wh }: EvseReading): number {
  const elapsed_ms = at_ms - evse.energyAt_ms
  if (energy_Wh === null || !(elapsed_ms > 0)) return Number.NaN
  const power_kW = ((energy_Wh - evse.energy_Wh) * MS_PER_HOUR) / elapsed_ms / WATTS_PER_KW
  return power_kW >= 0 ? power_kW : Number.NaN
}

function power_kW(evse: EvseControl, reading: EvseReading): number {
  const { power_W, current_A, voltage_V } = reading
  if (power_W !== null) return power_W / WATTS_PER_KW
  if (current_A !== null && voltage_V !== null) {
    return (current_A * voltage_V * evse.place.phases) / WATTS_PER_KW
  }
  return byRegister_kW(evse, reading)
}

/**
 * Writes what a station has measured into the readings of the controller. Answers whether it was news: something measured later
 * than what is there. What is offered to a vehicle is our own limit come back and says nothing of it.
 */
export function takeReading(readings: Readings, evse: EvseControl, reading: EvseReading): boolean {
  const { index, place } = evse
  const measured_s = reading.at_ms / 1000
  if (!(measured_s > (readings.measured_s[index] as number))) return false
  const drawn_kW = power_kW(evse, reading)
  if (reading.energy_Wh !== null) {
    evse.energy_Wh = reading.energy_Wh
    evse.energyAt_ms = reading.at_ms
  }
  if (Number.isNaN(drawn_kW)) return false
  readings.power_kW[index] = drawn_kW
  readings.measured_s[index] = measured_s
  // Current and voltage of AC are of phases: their product is no power to hold against the meter.
  readings.current_A[index] = place.isAc ? Number.NaN : (reading.current_A ?? Number.NaN)
  readings.voltage_V[index] = place.isAc ? Number.NaN : (reading.voltage_V ?? Number.NaN)
  readings.soc_frac[index] = reading.soc_frac ?? Number.NaN
  readings.cable_degC[index] = reading.cable_degC ?? Number.NaN
  if (reading.voltage_V !== null && reading.voltage_V > LEAST_V) evse.voltage_V = reading.voltage_V
  readings.touch(index)
  return true
}

/** Another session, or none: nothing measured before counts for it. */
export function changeSession(readings: Readings, { index, session }: EvseControl): void {
  readings.session[index] = session
  readings.power_kW[index] = 0
  readings.current_A[index] = Number.NaN
  readings.voltage_V[index] = Number.NaN
  readings.soc_frac[index] = Number.NaN
  readings.cable_degC[index] = Number.NaN
  readings.canTake_kW[index] = Number.NaN
  readings.curve[index] = -1
  readings.departure_s[index] = Number.POSITIVE_INFINITY
  readings.touch(index)
}
