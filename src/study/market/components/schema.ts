import { z } from 'zod'
import { pathSchema } from '../region/schema.ts'

const powerClassSchema = z.strictObject({
  name: z.string(),
  upTo_kW: z.number().positive().nullable(),
  cooled: z.boolean(),
  copper_kgperm: z.number().positive(),
})

/** Parts of a port by power class. */
export const componentTableSchema = z.strictObject({
  sources: z.array(z.string()),
  classes: z.array(powerClassSchema).min(1),
  module_kW: pathSchema(1000, 'power of a module'),
  sic_frac: pathSchema(1, 'share of modules with silicon carbide'),
  port_cost: z.array(z.tuple([z.number(), z.number()])),
  secondCable_cost: z.strictObject({ low: z.number(), middle: z.number(), high: z.number() }),
})

export type ComponentTable = z.output<typeof componentTableSchema>
export type PowerClass = z.output<typeof powerClassSchema>
