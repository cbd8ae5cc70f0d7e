/**
 * The functions phi_k(z) of exponential integrators: a linear equation y' = rate y + a + b t + c t^2 with y(0) = 0 has the solution
 * y(t) = t phi1(z) a + t^2 phi2(z) b + 2 t^3 phi3(z) c with z = rate t. phi1 = (e^z - 1) / z and phi_k+1 = (phi_k - 1 / k!) / z;
 * near 0, where that cancels, their series.
 */
const NEAR = 0.125
/** Terms after the first that matter there. */
const TERMS = 8

/** Sum of z^n / (n + k)! over n, by Horner. */
function series(z: number, k: number): number {
  let sum = 0
  for (let n = TERMS; n > 0; n--) sum = ((1 + sum) * z) / (n + k)
  return (1 + sum) / (k === 1 ? 1 : k === 2 ? 2 : 6)
}

export function phi1(z: number): number {
  return Math.abs(z) < NEAR ? series(z, 1) : Math.expm1(z) / z
}

export function phi2(z: number): number {
  return Math.abs(z) < NEAR ? series(z, 2) : (phi1(z) - 1) / z
}

export function phi3(z: number): number {
  return Math.abs(z) < NEAR ? series(z, 3) : (phi2(z) - 0.5) / z
}
