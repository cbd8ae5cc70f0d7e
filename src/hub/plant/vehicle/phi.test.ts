import { expect, it } from 'vitest'
import { phi1, phi2, phi3 } from './phi.ts'

/** The integral of e^(z (1 - u)) u^(k - 1) / (k - 1)! over u from 0 to 1, by Simpson's rule. */
function byIntegral(z: number, k: number): number {
  const parts = 2000
  let sum = 0
  for (let i = 0; i <= parts; i++) {
    const u = i / parts
    const weight = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2
    sum += weight * Math.exp(z * (1 - u)) * u ** (k - 1)
  }
  return sum / (3 * parts) / (k === 3 ? 2 : 1)
}

it('phi functions are their integrals, near 0 and far from it', () => {
  for (const z of [0, 1e-9, -0.01, 0.1, -0.1249, -0.1251, 0.6, -3, -20]) {
    expect(phi1(z)).toBeCloseTo(byIntegral(z, 1), 8)
    expect(phi2(z)).toBeCloseTo(byIntegral(z, 2), 8)
    expect(phi3(z)).toBeCloseTo(byIntegral(z, 3), 8)
  }
})

it('are smooth where the series ends', () => {
  for (const phi of [phi1, phi2, phi3]) {
    expect(phi(-0.125) - phi(-0.125 + 1e-12)).toBeCloseTo(0, 11)
    expect(phi(0.125) - phi(0.125 - 1e-12)).toBeCloseTo(0, 11)
  }
})
