import { z } from 'zod'
import type { Noise } from './backtest/noise.ts'
import type { Calibration } from './calibrate/fit.ts'
import { type Parameters, parameterNames } from './region/parameters.ts'

const numbers = z.record(z.string(), z.number())

/** A frozen calibration with its score. */
export const snapshotSchema = z.strictObject({
  date: z.string(),
  until: z.string(),
  parameters: numbers,
  pooledPace_perYear: z.number(),
  levels: z.record(z.string(), z.strictObject({ open: z.number(), closed: z.number() })),
  fitted: z.array(z.string()),
  covariance: z.array(z.array(z.number())),
  residuals: z.number(),
  loss: z.number(),
  iterations: z.number(),
  noise: z.strictObject({ sales: z.number(), fleet: z.number(), ports: z.number() }),
  score: z.strictObject({
    model: z.number(),
    bestNaive: z.string(),
    bestNaiveError: z.number(),
    cuts: z.array(
      z.strictObject({
        region: z.string(),
        cut: z.string(),
        series: z.number(),
        model: z.number(),
        coverage_frac: z.number(),
      }),
    ),
  }),
})

export interface Snapshot {
  readonly date: string
  readonly calibration: Calibration
  readonly noise: Noise
  readonly score: z.output<typeof snapshotSchema>['score']
}

/** The calibration a checked snapshot holds. */
export function snapshotOf(file: z.output<typeof snapshotSchema>): Snapshot {
  const { date, noise, score, parameters, fitted, ...rest } = file
  const known = parameterNames.filter((name) => fitted.includes(name))
  const named = Object.fromEntries(parameterNames.map((name) => [name, parameters[name] ?? Number.NaN]))
  return { date, noise, score, calibration: { ...rest, fitted: known, parameters: named as unknown as Parameters } }
}
