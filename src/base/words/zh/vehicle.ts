/** Limits of a pack that a charge curve of its own does not show. */
export const vehicle = {
  'vehicle.maxVoltage': '电池组在最高电压下接受 {power_kW} kW',
  'vehicle.maxVoltage.name': '电池组满电电压',
  'vehicle.temperature': '在当前电池温度下车辆接受 {power_kW} kW',
  'vehicle.temperature.name': '电池组温度',
}
