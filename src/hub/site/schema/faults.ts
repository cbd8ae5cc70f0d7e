import { z } from 'zod'
import { positiveQuantity, quantity } from '../../../base/documents/index.ts'

/** A part that fails at a time. Modes and parts are checked where the physics of the parts is known. */
export const faultSchema = z.strictObject({
  mode: z
    .string()
    .max(60)
    .meta({ description: 'what fails', examples: ['pump'] }),
  part: z
    .string()
    .max(120)
    .meta({ description: 'id of the station, EVSE, connector or cabinet that has it', examples: ['post-1'] }),
  at_h: quantity('h', 'when it begins, from the start of the run').meta({ examples: [2] }),
  lasts_min: positiveQuantity('min', 'how long it lasts; absent: to the end of the run').optional(),
  severity_frac: z
    .number()
    .positive()
    .max(1)
    .meta({ unit: 'frac', description: 'how bad it is, 1 at the worst; absent: 1, or 0.5 for a hose' })
    .optional(),
  modules: z.int().min(1).max(200).meta({ description: 'how many modules fail; absent: one' }).optional(),
})
