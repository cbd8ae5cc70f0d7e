import type { ChargingNeedsType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { ChargingNeeds } from '../../views.ts'
import { timeOf } from '../driver.ts'

const positive = (value: number | undefined): number | null => (value !== undefined && value > 0 ? value : null)

/** Most a vehicle says it takes, from whichever of its parameters tell. */
function maxPower_W({
  dcChargingParameters: dc,
  acChargingParameters: ac,
  v2xChargingParameters: v2x,
}: ChargingNeedsType) {
  if (v2x?.maxChargePower !== undefined) return positive(v2x.maxChargePower)
  if (dc) return positive(dc.evMaxPower) ?? positive(dc.evMaxCurrent * dc.evMaxVoltage)
  return ac ? positive(ac.evMaxCurrent * ac.evMaxVoltage) : null
}

function energy_Wh({
  dcChargingParameters: dc,
  acChargingParameters: ac,
  v2xChargingParameters: v2x,
}: ChargingNeedsType) {
  return positive(v2x?.evTargetEnergyRequest ?? dc?.energyAmount ?? ac?.energyAmount)
}

/** What a vehicle asked for, in our words. */
export function needsOf(needs: ChargingNeedsType): ChargingNeeds {
  const soc = needs.dcChargingParameters?.stateOfCharge
  return {
    departure_ms: timeOf(needs.departureTime),
    energy_Wh: energy_Wh(needs),
    max_W: maxPower_W(needs),
    soc_frac: soc === undefined ? null : soc / 100,
  }
}
