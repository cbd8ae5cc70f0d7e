import type { Amount } from '../site/index.ts'

/** Below this probability a range lies so far out that its density is taken as flat. */
const FAR_OUT = 1e-9

/** A normal distribution cut to a range. */
export interface CutNormal {
  readonly mean: number
  readonly sd: number
  readonly min: number
  readonly max: number
}

/** Horner's rule, highest power first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * x + coefficient
  return sum
}

const upper = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
]
const lower = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
]

/** Share of a standard normal distribution below x, to 1e-14 (Hart 1968 as given by West 2005, "Better approximations"). */
export function normalShare(x: number): number {
  const z = Math.abs(x)
  if (z > 37) return x > 0 ? 1 : 0
  const density = Math.exp((-z * z) / 2)
  const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))
  const tail =
    z < 7 ? (density * polynomial(z, upper)) / polynomial(z, lower) : density / fraction / Math.sqrt(2 * Math.PI)
  return x > 0 ? 1 - tail : tail
}

/** Rational approximations of the quantile near the middle, further out, and in the far tails. */
const middle = [
  [59.10937472, 159.29113202, 50.434271938, 3.3871327179],
  [67.1875636, 78.757757664, 17.895169469, 1],
] as const
const outer = [
  [0.17023821103, 1.3067284816, 2.75681539, 1.4234372777],
  [0.12021132975, 0.7370016425, 1],
] as const
const far = [
  [0.017337203997, 0.42868294337, 3.081226386, 6.657905115],
  [0.012258202635, 0.24197894225, 1],
] as const

/** Value below which a share of a standard normal distribution lies, to 1e-6 (Wichura 1988, AS 241, routine PPND7). */
export function normalAt(share_frac: number): number {
  const q = share_frac - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(r, middle[0])) / polynomial(r, middle[1])
  }
  if (share_frac <= 0 || share_frac >= 1) return q * Number.POSITIVE_INFINITY
  const r = Math.sqrt(-Math.log(Math.min(share_frac, 1 - share_frac)))
  const [above, below] = r <= 5 ? outer : far
  const x = r - (r <= 5 ? 1.6 : 5)
  return (Math.sign(q) * polynomial(x, above)) / polynomial(x, below)
}

/** Value of a cut normal distribution below which a share lies: one uniform number makes one value. */
export function cutNormalAt({ mean, sd, min, max }: CutNormal, share_frac: number): number {
  if (min >= max) return min
  if (sd === 0) return Math.min(max, Math.max(min, mean))
  const below = normalShare((min - mean) / sd)
  const inside = normalShare((max - mean) / sd) - below
  if (inside < FAR_OUT) return min + (max - min) * share_frac
  return Math.min(max, Math.max(min, mean + sd * normalAt(below + inside * share_frac)))
}

/** Value of an amount below which a share of drivers lies; shares in [0, 1). */
export function amountAt({ law, mean, sd }: Amount, share_frac: number): number {
  if (law === 'constant') return mean
  if (law === 'exponential') return -mean * Math.log1p(-share_frac)
  if (law === 'uniform') return mean + sd * Math.sqrt(3) * (2 * share_frac - 1)
  const variance = Math.log1p((sd / mean) ** 2)
  return share_frac === 0 ? 0 : Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normalAt(share_frac))
}
