/** Coefficients of IEC 60751 for platinum above 0 degC: R = R0 (1 + A T + B T^2). */
const A = 3.9083e-3
const B = -5.775e-7
const R0_ohm = 1000

/** Resistance of a Pt1000 at 0 to 850 degC; below 0 it is off by less than 0.05 K down to -40 degC. */
export function pt1000_ohm(at_degC: number): number {
  return R0_ohm * (1 + A * at_degC + B * at_degC ** 2)
}

/** Temperature a Pt1000 shows by its resistance, the inverse of `pt1000_ohm`. */
export function pt1000_degC(resistance_ohm: number): number {
  return (-A + Math.sqrt(A ** 2 - 4 * B * (1 - resistance_ohm / R0_ohm))) / (2 * B)
}
