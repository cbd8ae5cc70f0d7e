const MINUTES_PER_HOUR = 60

/**
 * Mean power that fills a distance in a time: distance [km] times consumption [kWh/km] is the energy, and that over the
 * time is the power. 1 km/s at 0.18 kWh/km is 648 kW.
 */
export function powerForRange_kW(distance_km: number, duration_min: number, consumption_kWhPerkm: number): number {
  return (distance_km * consumption_kWhPerkm * MINUTES_PER_HOUR) / duration_min
}

/** Distance an energy lasts for. */
export function rangeOf_km(energy_kWh: number, consumption_kWhPerkm: number): number {
  return energy_kWh / consumption_kWhPerkm
}

/**
 * Power a post gives to a pack: its highest current at the voltage of the pack, and no more than its power. A post of
 * 600 A and 600 kW gives 480 kW to a pack of 800 V.
 */
export function powerAtVoltage_kW(voltage_V: number, post: { maxCurrent_A: number; maxPower_kW: number }): number {
  return Math.min((voltage_V * post.maxCurrent_A) / 1000, post.maxPower_kW)
}
