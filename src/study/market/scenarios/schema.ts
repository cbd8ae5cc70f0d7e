import { z } from 'zod'
import { fraction } from '../../../base/documents/index.ts'
import { dateSchema } from '../../../hub/standards/schema/index.ts'
import { adapterSchema, pathSchema, regionSchema, ruleSchema, switchChangeSchema } from '../region/schema.ts'

const id = z.string().min(1).max(60)

/** A scenario: a region, by name or written out, and what goes differently. */
export const scenarioSchema = z.strictObject({
  id,
  title: z.string().min(1).max(200),
  text: z.string().max(2000).optional().meta({ description: 'what happens, and what is expected of it' }),
  region: z.union([id, regionSchema]).meta({ description: 'us, eu, de, cn, jp or kr; or a region written out' }),
  shares: z.record(id, pathSchema(1, 'share of the sales')).optional(),
  salesFactor: pathSchema(10, 'factor on all sales').optional(),
  closedAccess: z.record(id, pathSchema(1, 'share of cars with access')).optional(),
  without: z
    .array(z.enum(['mandate', 'ban', 'grant']))
    .optional()
    .meta({ description: 'rules of the region that do not hold' }),
  rules: z.array(ruleSchema).max(100).optional(),
  adapters: z.array(adapterSchema).max(60).optional(),
  switch: switchChangeSchema.optional(),
  accessElasticity: fraction('elasticity of sales to the outlets a car can use').optional(),
  to: dateSchema.optional(),
})

export type ScenarioFile = z.output<typeof scenarioSchema>
