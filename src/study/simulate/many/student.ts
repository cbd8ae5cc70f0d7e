import { invariant } from '../../../base/problems/index.ts'

/** Halvings of an interval until doubles lie no closer. */
const HALVINGS = 60

/**
 * Probability that Student's t with whole `degrees` of freedom lies between -t and t, where t = tan(angle) √degrees:
 * the finite series of Abramowitz and Stegun 26.7.3 and 26.7.4, exact for whole degrees.
 */
function withinAngle(angle: number, degrees: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const odd = degrees % 2 === 1
  let term = odd ? cosine : 1
  let sum = degrees === 1 ? 0 : term
  for (let power = odd ? 3 : 2; power < degrees; power += 2) {
    term *= (cosine * cosine * (power - 1)) / power
    sum += term
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum
}

/**
 * Quantile of Student's t distribution: the value below which it lies with a probability between 0.5 and 1. `degrees`:
 * degrees of freedom, whole.
 */
export function studentQuantile(probability: number, degrees: number): number {
  invariant(Number.isInteger(degrees) && degrees >= 1, `${degrees} degrees of freedom`)
  invariant(probability >= 0.5 && probability < 1, `probability ${probability}`)
  const within = 2 * probability - 1
  let [low, high] = [0, Math.PI / 2]
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (withinAngle(middle, degrees) < within) low = middle
    else high = middle
  }
  return Math.tan((low + high) / 2) * Math.sqrt(degrees)
}
