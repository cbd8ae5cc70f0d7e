import { z } from 'zod'
import type { Unit } from '../units/index.ts'

/** A number with its unit in the schema: the reference, the JSON Schema and the unit test read it from there. */
export function quantity(unit: Unit, description: string): z.ZodNumber {
  return z.number().nonnegative().meta({ unit, description })
}

/** A quantity that may be below zero, such as a temperature. */
export function signedQuantity(unit: Unit, description: string): z.ZodNumber {
  return z.number().meta({ unit, description })
}

/** A quantity that must be above zero, such as a limit. */
export function positiveQuantity(unit: Unit, description: string): z.ZodNumber {
  return z.number().positive().meta({ unit, description })
}

/** A share between 0 and 1. */
export function fraction(description: string): z.ZodNumber {
  return z.number().min(0).max(1).meta({ unit: 'frac', description })
}
