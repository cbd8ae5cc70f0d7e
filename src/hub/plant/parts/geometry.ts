/** Outer diameter of a cable with two poles and signal wires over the area of one, mm: fits what catalogues show. */
const LEAST_mm = 14
const GROWTH_mm = 2.45
/** Air and radiation at the sheath. */
const SURFACE_WperKm2 = 9.5
/** Insulation and sheath of one pole. */
const INSULATION_KmperW = 0.25
/** Signal wires and what else is in the middle. */
const SIGNALS_mm2 = 25
/** Rubber. */
const SHEATH_JperKm3 = 1.7e6

const METRES_PER_mm = 1e-3
const SQUARE_METRES_PER_mm2 = 1e-6

/** What an uncooled cable of two poles has by its size, per pole and metre. A model, not fitted to any figure. */
export interface CableGeometry {
  readonly sheathCapacity_JperKm: number
  readonly wireToAmbient_WperKm: number
}

/** Heat of sheath and way to the air of an uncooled cable, from the area of one pole. */
export function cableGeometry(area_mm2: number): CableGeometry {
  const diameter_mm = LEAST_mm + GROWTH_mm * Math.sqrt(area_mm2)
  const sheath_mm2 = (Math.PI * diameter_mm ** 2) / 4 - 2 * area_mm2 - SIGNALS_mm2
  const surface_WperKm = SURFACE_WperKm2 * Math.PI * diameter_mm * METRES_PER_mm
  return {
    sheathCapacity_JperKm: (sheath_mm2 / 2) * SQUARE_METRES_PER_mm2 * SHEATH_JperKm3,
    // both poles share one surface
    wireToAmbient_WperKm: 1 / (INSULATION_KmperW + 2 / surface_WperKm),
  }
}

/** Conductance into a long rod that gives its heat off along its way, W/K: the conductor behind a contact. */
export function rodConductance_WperK(area_mm2: number, conductivity_WpermK: number, loss_WperKm: number): number {
  return Math.sqrt(conductivity_WpermK * area_mm2 * SQUARE_METRES_PER_mm2 * loss_WperKm)
}
