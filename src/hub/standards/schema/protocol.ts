import { z } from 'zod'
import { quantity } from '../../../base/documents/index.ts'
import { signallings } from './choices.ts'
import { idSchema, provenance } from './common.ts'

/** Plugging in and payment are not part of it. */
const setUpSchema = z
  .strictObject({
    median_s: quantity('s', 'median from the first message to current'),
    slowQuartile_s: quantity('s', 'three of four sessions are faster').nullable().default(null),
    insulation_s: quantity('s', 'of it the median of the insulation test or cable check').nullable().default(null),
    precharge_s: quantity('s', 'of it the median of matching voltage').nullable().default(null),
    sessions: z.int().min(1).meta({ description: 'sessions that were measured' }),
  })
  .nullable()
  .default(null)
  .meta({ description: 'time to start a session; null: not measured' })

/** A way a post and a vehicle agree on voltage and current. */
export const protocolSchema = z.strictObject({
  id: idSchema,
  name: z.string().meta({ description: 'name people use' }),
  standard: z.string().meta({ description: 'document that defines it' }),
  published: z.string().nullable().default(null).meta({ description: 'when it was published' }),
  physicalLayer: z.string().meta({ description: 'how the two sides talk' }),
  signalling: z.enum(signallings).meta({ description: 'which bus carries it' }),
  kind: z.enum(['ac', 'dc']).meta({ description: 'dc: can start a DC session; ac: pilot only' }),
  maxVoltage_V: quantity('V', 'highest voltage of the envelope').nullable().default(null),
  maxCurrent_A: quantity('A', 'highest current of the envelope').nullable().default(null),
  maxPower_kW: quantity('kW', 'highest power of the envelope').nullable().default(null),
  connectors: z.array(idSchema).meta({ description: 'couplers it runs over' }),
  backwardCompatibleWith: z
    .array(idSchema)
    .default([])
    .meta({ description: 'older protocols a device of this one also speaks' }),
  features: z.array(z.string()).default([]).meta({ description: 'what it brings' }),
  setUp: setUpSchema,
  ...provenance,
})
export type Protocol = z.infer<typeof protocolSchema>

/** What happens when two generations meet, as published: shown with a match, checked against the rules by tests. */
export const pairingRuleSchema = z.strictObject({
  id: idSchema,
  rule: z.string().meta({ description: 'who meets whom' }),
  result: z.string().meta({ description: 'what happens' }),
  why: z.string().meta({ description: 'the cause' }),
  ...provenance,
})
export type PairingRule = z.infer<typeof pairingRuleSchema>
