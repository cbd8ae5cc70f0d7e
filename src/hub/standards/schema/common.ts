import { z } from 'zod'
import { confidences, markets } from './choices.ts'

export const confidenceSchema = z.enum(confidences).meta({ description: 'how sure the record is' })
export const marketSchema = z.enum(markets).meta({ description: 'market' })

/** Year, month or day; the first day of it counts. */
export const dateSchema = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'a date such as 2025, 2025-01 or 2025-01-31')
  .meta({ description: 'year, month or day; its first day counts', problem: 'document.notADate' })

export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ".", "_" and "-" only')
  .meta({ description: 'identifier, unique in its kind', problem: 'document.notAnId' })

/** What a record is: something sold, a class composed from several products, or pilot hardware. */
export const recordStatusSchema = z
  .enum(['product', 'archetype', 'trial'])
  .meta({ description: 'product: something sold; archetype: a composed class; trial: pilot hardware' })

/** The part every record of the catalogue has: where it is from and how sure it is. */
export const provenance = {
  sources: z.array(z.string()).min(1).meta({ description: 'ids of the list of sources' }),
  confidence: confidenceSchema,
  fieldConfidence: z
    .record(z.string(), confidenceSchema)
    .default({})
    .meta({ description: 'confidence of single attributes, by their path without list positions, e.g. pack.max_V' }),
  notes: z.string().default('').meta({ description: 'remarks for people' }),
}

export const yearsSchema = z
  .strictObject({
    from: z.int().nullable().default(null).meta({ description: 'first model year; null: not known' }),
    to: z.int().nullable().default(null).meta({ description: 'last model year; null: still made, or not known' }),
  })
  .prefault({})
  .meta({ description: 'model years' })
