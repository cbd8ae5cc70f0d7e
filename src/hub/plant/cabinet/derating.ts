import type { AltitudeDerating, DeratingTable } from './parameters.ts'

const METRES_PER_KILOMETRE = 1000

/** Share of rated power a table leaves at an air temperature. */
export function tableShare(table: DeratingTable, air_degC: number): number {
  let before = table[0]
  if (before === undefined || air_degC < before.ambient_degC) return 1
  for (const row of table) {
    if (row.ambient_degC === air_degC) return row.power_frac
    if (row.ambient_degC > air_degC) {
      const along = (air_degC - before.ambient_degC) / (row.ambient_degC - before.ambient_degC)
      return before.power_frac + along * (row.power_frac - before.power_frac)
    }
    before = row
  }
  return before.power_frac
}

/** Share of rated power left at a height above sea level, never below 0. */
export function altitudeShare(derating: AltitudeDerating | null, altitude_m: number): number {
  if (derating === null) return 1
  const above_km = Math.max(0, altitude_m - derating.from_m) / METRES_PER_KILOMETRE
  return Math.max(0, 1 - derating.fall_perkm * above_km)
}
