/** Limits of a pack that a charge curve of its own does not show. */
export const vehicle = {
  'vehicle.maxVoltage': 'at its highest voltage the pack takes {power_kW} kW',
  'vehicle.maxVoltage.name': 'voltage of the full pack',
  'vehicle.temperature': 'at this temperature of the pack the vehicle takes {power_kW} kW',
  'vehicle.temperature.name': 'temperature of the pack',
}
