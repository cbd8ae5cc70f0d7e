import type { Calibration } from '../calibrate/fit.ts'
import { type Parameters, parameterNames } from '../region/parameters.ts'

/** A number the laws stand on. */
export interface Assumption {
  readonly name: keyof Parameters
  readonly value: number
  /** Standard deviation of the logarithm that the fit leaves; null where nothing was fitted. */
  readonly sd: number | null
  readonly kind: 'fitted' | 'assumed'
}

/** Every parameter of a calibration: fitted ones with what the fit leaves open, and assumed ones. */
export function assumptionsOf({ parameters, fitted, covariance }: Calibration): readonly Assumption[] {
  return parameterNames.map((name) => {
    const at = fitted.indexOf(name)
    const value = parameters[name]
    if (at < 0) return { name, value, sd: null, kind: 'assumed' }
    return { name, value, sd: Math.sqrt(covariance[at]?.[at] ?? 0), kind: 'fitted' }
  })
}
