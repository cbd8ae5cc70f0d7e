import { z } from 'zod'
import { positiveQuantity } from '../../../base/documents/index.ts'
import { cabinetPolicies, chargerSchema, dateSchema } from '../../standards/schema/index.ts'
import { countSchema, idListSchema, nameSchema, siteIdSchema } from './text.ts'

export const accessSchema = z.strictObject({
  type: chargerSchema.shape.access.shape.type.meta({
    description: 'open: any brand; partner: listed brands; brand: the maker itself; fleet: listed fleets',
  }),
  brands: z.array(nameSchema).max(100).default([]).meta({ description: 'who may charge; empty with open: all' }),
  from: dateSchema.meta({ description: 'since when, in quotes; absent: from the start' }).optional(),
})
export type AccessInput = z.output<typeof accessSchema>

/** What can be stated of one plug; absent means: as the product has it, or no such limit. */
const outletLimits = {
  minVoltage_V: positiveQuantity('V', 'lowest output voltage').optional(),
  maxVoltage_V: positiveQuantity('V', 'highest output voltage').optional(),
  maxCurrent_A: positiveQuantity('A', 'highest output current, e.g. of the cable').optional(),
  standardCurrent_A: positiveQuantity('A', 'current for vehicles that state no current above it').optional(),
  boostCurrent_A: positiveQuantity('A', 'short-time current').optional(),
  maxPower_kW: positiveQuantity('kW', 'highest power of this plug').optional(),
  protocols: idListSchema.optional().meta({ description: 'ids of protocols; absent: those of the coupler' }),
  adapters: idListSchema.optional().meta({ description: 'ids of adapters built into the post' }),
  cable: z
    .string()
    .optional()
    .meta({ description: 'id of a cable in the catalogue; absent: that of the product, else of the class' }),
}

const overridesSchema = z
  .record(z.string(), z.strictObject(outletLimits))
  .optional()
  .meta({ description: 'where the plugs here differ from the product, by connector id' })
export type Overrides = NonNullable<z.output<typeof overridesSchema>>

export const circuitSchema = z.strictObject({
  id: siteIdSchema.meta({ description: 'identifier of the circuit', examples: ['main'] }),
  parent: z.string().optional().meta({ description: 'circuit that feeds this one; absent: the grid connection' }),
  max_kW: positiveQuantity('kW', 'what the transformer, busbar or fuse stands').meta({ examples: [1000] }),
})

const circuitOf = z.string().optional().meta({ description: 'circuit that feeds it; needed once there are circuits' })
const productOf = z.string().optional().meta({ description: 'id of a charger in the catalogue' })

const handsFree = z
  .boolean()
  .optional()
  .meta({ description: 'whether it connects by itself, so that vehicles without a driver can charge; absent: no' })

/** What a cabinet is built from; absent means: as the product has it, else as its class. */
const cabinetParts = {
  modules: z
    .strictObject({
      module: z.string().meta({ description: 'id of a power module in the catalogue', examples: ['sic-air-40'] }),
      count: z
        .int()
        .min(1)
        .max(200)
        .meta({ description: 'how many', examples: [12] }),
    })
    .optional()
    .meta({ description: 'its power modules; without "power_kW" its power is theirs' }),
  matrix: z.string().optional().meta({ description: 'id of a switching matrix in the catalogue' }),
  modulePolicy: z.enum(cabinetPolicies).optional().meta({ description: 'how it shares its modules' }),
}

export const cabinetSchema = z.strictObject({
  id: siteIdSchema.meta({ description: 'identifier of the cabinet', examples: ['cabinet-1'] }),
  product: productOf,
  circuit: circuitOf,
  count: countSchema.optional(),
  stations: z.int().min(0).max(64).optional().meta({
    description: 'how many of the posts of the product stand here; absent: as many as the product has',
  }),
  power_kW: positiveQuantity('kW', 'power all its plugs share; needed where the product does not state it').optional(),
  module_kW: positiveQuantity('kW', 'size of one power module').optional(),
  ...cabinetParts,
  overrides: overridesSchema,
  handsFree,
  access: accessSchema
    .optional()
    .meta({ description: 'who may charge at its posts, instead of the rule of the product' }),
})

const connectorSchema = z.strictObject({
  connector: z.string().meta({ description: 'id of the coupler in the catalogue', examples: ['ccs2'] }),
  ...outletLimits,
  maxVoltage_V: positiveQuantity('V', 'highest output voltage').meta({ examples: [1000] }),
  maxPower_kW: positiveQuantity('kW', 'highest power of this plug').meta({ examples: [300] }),
})

const evseSchema = z.strictObject({
  count: countSchema.optional(),
  live: z.int().min(1).default(1).meta({ description: 'how many of its connectors can charge at once' }),
  connectors: z.array(connectorSchema).min(1).max(16).meta({ description: 'plugs of this EVSE' }),
})

export const stationSchema = z.strictObject({
  id: siteIdSchema.meta({ description: 'identifier of the station', examples: ['station-1'] }),
  product: productOf,
  circuit: circuitOf,
  cabinet: z.string().optional().meta({ description: 'cabinet that feeds it; absent: it has its own power' }),
  count: countSchema.optional(),
  evses: z.array(evseSchema).min(1).max(64).optional().meta({ description: 'EVSEs of a station that is no product' }),
  power_kW: positiveQuantity('kW', 'power all its plugs share, instead of the one of the product').optional(),
  ...cabinetParts,
  overrides: overridesSchema,
  handsFree,
  access: accessSchema.optional().meta({ description: 'who may charge here, instead of the rule of the product' }),
})

export type CabinetInput = z.output<typeof cabinetSchema>
export type StationInput = z.output<typeof stationSchema>
export type EvseInput = z.output<typeof evseSchema>

/** Every market a match can be asked for. */
export const siteMarketSchema = z.enum(['NA', 'EU', 'CN', 'JP']).meta({
  description: 'which variant of vehicles comes here; absent: from the country',
})
export type SiteMarket = z.output<typeof siteMarketSchema>
