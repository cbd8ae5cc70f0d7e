import { z } from 'zod'
import type { ControllerSettings, HubDescription } from '../../../../hub/controller/site/index.ts'

/** JSON has no number for what is not limited. */
const UNLIMITED = 'unlimited'

const power = z.number().nonnegative()
const limit = z.union([power, z.literal(UNLIMITED)])

const nodeSchema = z.strictObject({
  id: z.string(),
  source: z.string(),
  parent: z.number().int(),
  capacity_kW: limit,
  modules: z.strictObject({ count: z.number().int(), module_kW: power, module_A: limit }).optional(),
})

const evseSchema = z.strictObject({
  id: z.string(),
  node: z.number().int().nonnegative(),
  rating_kW: power,
  default_kW: power,
  floor_kW: power,
  weight: z.number().positive().optional(),
  quantum_kW: z.number().positive().optional(),
})

const hubSchema = z.strictObject({
  nodes: z.array(nodeSchema).nonempty(),
  evses: z.array(evseSchema),
  policy: z.enum(['max-min', 'proportional', 'fifo', 'earliest-departure', 'priority']),
  otherLoad_kW: power,
  curves: z.array(z.array(z.tuple([z.number(), z.number()])).nonempty()).optional(),
  limitEndsWithSession: z.boolean().optional(),
})

const settingsSchema = z.record(z.string(), z.number())

/** A run of a controller as it is kept: what is needed to decide again. */
export const runSchema = z.strictObject({
  id: z.string(),
  started_ms: z.number(),
  engineVersion: z.string(),
  hub: hubSchema,
  settings: settingsSchema,
  /** Base64; null: it started without memory. */
  snapshot: z.base64().nullable(),
})

const toPlain = (_: string, value: unknown): unknown => (value === Number.POSITIVE_INFINITY ? UNLIMITED : value)
const fromPlain = (_: string, value: unknown): unknown => (value === UNLIMITED ? Number.POSITIVE_INFINITY : value)

/** A description of a hub as plain data for JSON. */
export function plainHub(hub: HubDescription): unknown {
  return JSON.parse(JSON.stringify(hub, toPlain))
}

/** The description that was made plain; it has been checked by the schema. */
export function hubOf(plain: z.infer<typeof hubSchema>): HubDescription {
  return JSON.parse(JSON.stringify(plain), fromPlain) as HubDescription
}

/** Settings by name; ones this version does not have are left out. */
export function settingsOf(plain: Readonly<Record<string, number>>): Partial<ControllerSettings> {
  return plain as Partial<ControllerSettings>
}
