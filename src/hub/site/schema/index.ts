import { z } from 'zod'
import { positiveQuantity, signedQuantity } from '../../../base/documents/index.ts'
import { catalogueFileSchema } from '../../standards/records/index.ts'
import { ambientSchema } from './ambient.ts'
import { demandSchema } from './demand.ts'
import { accessSchema, cabinetSchema, circuitSchema, siteMarketSchema, stationSchema } from './equipment.ts'
import { faultSchema } from './faults.ts'
import { idListSchema, nameSchema } from './text.ts'

export type * from './demand.ts'
export type * from './equipment.ts'

/** The version of the site file this program writes; older ones are migrated when they are read. */
export const SITE_VERSION = 1

const versionSchema = z
  .int()
  .superRefine((version, context) => {
    if (version === SITE_VERSION) return
    const code = version > SITE_VERSION ? 'site.newerVersion' : 'site.unknownVersion'
    context.addIssue({ code: 'custom', params: { reason: { code, params: { version, known: SITE_VERSION } } } })
  })
  .meta({ description: 'version of this form', examples: [SITE_VERSION], const: SITE_VERSION })

/** How scarce power is shared. */
export const policies = ['max-min', 'proportional', 'fifo', 'earliest-departure', 'priority', 'equal-rating'] as const

const locationSchema = z.strictObject({
  latitude_deg: z
    .number()
    .min(-90)
    .max(90)
    .meta({ unit: 'deg', description: 'north positive', examples: [48.1] }),
  longitude_deg: z
    .number()
    .min(-180)
    .max(180)
    .meta({ unit: 'deg', description: 'east positive', examples: [11.6] }),
  country: z.string().meta({ description: 'two letters (ISO 3166-1)', examples: ['DE'] }),
})

/** A charging hub as its file describes it: the one source of types, checks, JSON Schema and reference. */
export const siteFileSchema = z.strictObject({
  version: versionSchema,
  name: nameSchema.meta({ description: 'name of the hub' }),
  timezone: z.string().meta({ description: 'IANA time zone of the clock on the wall', examples: ['Europe/Berlin'] }),
  location: locationSchema.meta({ description: 'where the hub is' }),
  currency: z.string().meta({ description: 'currency of all money in this file (ISO 4217)', examples: ['EUR'] }),
  market: siteMarketSchema.optional(),
  ambient_degC: signedQuantity('degC', 'ambient temperature; hot air derates posts and adapters')
    .min(-60)
    .max(70)
    .default(20),
  ambient: ambientSchema
    .optional()
    .meta({ description: 'how the air changes in a run with physics; absent: always as warm as "ambient_degC"' }),
  policy: z.enum(policies).default('max-min').meta({ description: 'how scarce power is shared' }),
  floor_kW: positiveQuantity(
    'kW',
    'power that keeps a session alive; with the policy "max-min" as many vehicles as possible get it; absent: none',
  ).optional(),
  grid: z
    .strictObject({
      import_kW: positiveQuantity('kW', 'what the grid connection may draw').meta({ examples: [2000] }),
    })
    .meta({ description: 'grid connection' }),
  circuits: z.array(circuitSchema).max(500).default([]).meta({ description: 'tree of circuits under the connection' }),
  cabinets: z.array(cabinetSchema).max(500).default([]).meta({ description: 'power cabinets that feed several posts' }),
  stations: z
    .array(stationSchema)
    .max(500)
    .default([])
    .meta({ description: 'posts with their own power, or fed by a cabinet' }),
  access: accessSchema.optional().meta({ description: 'who may charge here, instead of the rules of the products' }),
  adapters: idListSchema.default([]).meta({ description: 'ids of adapters every driver can borrow here' }),
  demand: demandSchema.optional().meta({ description: 'which vehicles come and when; needed to simulate' }),
  faults: z
    .array(faultSchema)
    .max(500)
    .default([])
    .meta({ description: 'parts that fail in a run; physics of the parts is then part of the run' }),
  catalogue: catalogueFileSchema
    .optional()
    .meta({ description: 'own records of cars, posts, plugs, as in a catalogue file' }),
})

/** A site file as checked against the schema; references in it are not resolved yet. */
export type SiteFile = z.output<typeof siteFileSchema>
