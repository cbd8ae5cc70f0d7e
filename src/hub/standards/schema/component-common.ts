import { z } from 'zod'
import { fraction, positiveQuantity, quantity, signedQuantity } from '../../../base/documents/index.ts'
import type { Unit } from '../../../base/units/index.ts'
import type { ComponentType } from './choices.ts'
import { idSchema, provenance, recordStatusSchema } from './common.ts'

/** Head of every component: which kind of part it is, and what it is called. */
export function head<T extends ComponentType>(type: T) {
  return {
    type: z.literal(type).meta({ description: 'kind of part' }),
    id: idSchema,
    name: z.string().meta({ description: 'name people use' }),
    manufacturer: z.string().nullable().default(null).meta({ description: 'maker; null: a class of parts' }),
    status: recordStatusSchema.default('product'),
  }
}

/** Tail of every component: where its values are from, and what they were made to agree with. */
export const origin = {
  ...provenance,
  fittedTo: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'published figure its values were chosen to meet; null: none' }),
}

/** A value that may be unknown. */
export function known(unit: Unit, description: string) {
  return quantity(unit, description).nullable().default(null)
}

/** The same where 0 makes no sense, such as a resistance or a mass of heat. */
export function knownPositive(unit: Unit, description: string) {
  return positiveQuantity(unit, description).nullable().default(null)
}

export function knownFraction(description: string) {
  return fraction(description).nullable().default(null)
}

export function knownTemperature(description: string) {
  return signedQuantity('degC', description).min(-273.15).nullable().default(null)
}

/** Another component, by id. */
export function part(description: string) {
  return idSchema.meta({ description })
}

export function optionalPart(description: string) {
  return part(description).nullable().default(null)
}

/** Rows of power over ambient temperature; the same form for modules, cabinets and posts. */
export const deratingSchema = z
  .array(
    z.strictObject({
      ambient_degC: signedQuantity('degC', 'ambient temperature from which the row holds'),
      power_frac: quantity('frac', 'share of rated power'),
    }),
  )
  .default([])
  .meta({
    description:
      'power over ambient temperature, rows in rising order: full power below the first, linear between, the last holds above; two rows at one temperature are a step, the first of them holds there',
  })
export type DeratingRows = z.infer<typeof deratingSchema>

/** Thin air: less power the higher the place. */
export const altitudeSchema = z
  .strictObject({
    from_m: quantity('m', 'height above sea level from which power falls'),
    fall_perkm: quantity('perkm', 'share of rated power lost for each further kilometre').max(1),
  })
  .nullable()
  .default(null)
  .meta({ description: 'power over height above sea level; null: not stated' })
