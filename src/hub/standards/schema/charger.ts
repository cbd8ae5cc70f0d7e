import { z } from 'zod'
import { quantity } from '../../../base/documents/index.ts'
import { cabinetPolicies } from './choices.ts'
import { dateSchema, idSchema, marketSchema, provenance, recordStatusSchema } from './common.ts'
import { deratingSchema, optionalPart } from './component-common.ts'

/** One plug of a post with its own limits. */
export const outletSchema = z.strictObject({
  connector: idSchema.meta({ description: 'coupler' }),
  minVoltage_V: quantity('V', 'lowest output voltage').nullable().default(null),
  maxVoltage_V: quantity('V', 'highest output voltage').nullable().default(null),
  maxCurrent_A: quantity('A', 'highest output current; null: not found, power and voltage bind')
    .nullable()
    .default(null),
  standardCurrent_A: quantity('A', 'current for vehicles that state no current above it; null: as all others')
    .nullable()
    .default(null),
  boostCurrent_A: quantity('A', 'short-time current').nullable().default(null),
  maxPower_kW: quantity('kW', 'highest power of this plug').nullable().default(null),
  cooling: z.string().nullable().default(null).meta({ description: 'how the cable is cooled' }),
  cable: optionalPart('its cable; null: that of the class'),
  protocols: z.array(idSchema).default([]).meta({ description: 'protocols; empty: those of the coupler' }),
  adapters: z.array(idSchema).default([]).meta({ description: 'adapters built into the post' }),
  notes: z.string().default('').meta({ description: 'remarks for people' }),
})
export type Outlet = z.infer<typeof outletSchema>

const accessRuleSchema = z.strictObject({
  type: z
    .enum(['open', 'partner', 'brand', 'fleet'])
    .meta({ description: 'open: any brand; partner: listed brands; brand: the maker itself; fleet: listed fleets' }),
  brands: z.array(z.string()).default([]).meta({ description: 'who may charge; empty with open: all' }),
  from: dateSchema.nullable().default(null).meta({ description: 'since when; null: from the start' }),
  markets: z
    .array(marketSchema)
    .nullable()
    .default(null)
    .meta({ description: 'where the rule holds; null: in all markets' }),
})

/** A charger as sold: what a site file can name as `product`. */
export const chargerSchema = z.strictObject({
  id: idSchema,
  manufacturer: z.string().meta({ description: 'maker' }),
  product: z.string().meta({ description: 'name of the product' }),
  kind: z
    .enum(['all-in-one', 'cabinet+posts', 'cabinet+dispensers', 'cabinet', 'dispenser', 'wall box'])
    .meta({ description: 'how it is built' }),
  status: recordStatusSchema.default('product'),
  network: z.string().nullable().default(null).meta({ description: 'network it belongs to; null: none' }),
  generation: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'generation inside a network, e.g. V3; null: none' }),
  markets: z.array(marketSchema).meta({ description: 'where it is sold' }),
  availableFrom: dateSchema.nullable().default(null).meta({ description: 'since when' }),
  cabinet: z
    .strictObject({
      power_kW: quantity('kW', 'power all outlets share').nullable().default(null),
      module_kW: quantity('kW', 'size of one power module').nullable().default(null),
      granularity_kW: quantity('kW', 'step in which power is shared').nullable().default(null),
      outlets: z.int().nullable().default(null).meta({ description: 'outlets of one cabinet' }),
      module: optionalPart('its power module; null: that of the class'),
      matrix: optionalPart('its switching matrix; null: that of the class'),
      policy: z
        .enum(cabinetPolicies)
        .nullable()
        .default(null)
        .meta({ description: 'how it shares its modules; null: not told' }),
      derating: deratingSchema,
    })
    .prefault({})
    .meta({ description: 'what the outlets share' }),
  evses: z
    .array(
      z.strictObject({
        count: z
          .int()
          .positive()
          .nullable()
          .default(null)
          .meta({ description: 'how many EVSEs of this kind; null: not found' }),
        live: z.int().positive().default(1).meta({ description: 'how many of its connectors can charge at once' }),
        gunsPerVehicle: z.int().positive().default(1).meta({ description: 'guns that can serve one vehicle together' }),
        connectors: z.array(outletSchema).min(1).meta({ description: 'plugs of this EVSE' }),
      }),
    )
    .min(1)
    .meta({ description: 'EVSEs of the product, each with one or more plugs' }),
  access: z
    .strictObject({
      ...accessRuleSchema.shape,
      exceptions: z.array(accessRuleSchema).default([]).meta({ description: 'other rules by market' }),
      notes: z.string().default('').meta({ description: 'remarks for people' }),
    })
    .meta({ description: 'who may charge' }),
  ...provenance,
})
export type Charger = z.infer<typeof chargerSchema>
export type AccessRule = z.infer<typeof accessRuleSchema>

/** A battery-swap station as sold. */
export const swapStationSchema = z.strictObject({
  id: idSchema,
  operator: z.string().meta({ description: 'who runs it' }),
  product: z.string().meta({ description: 'name of the product' }),
  status: recordStatusSchema.default('product'),
  markets: z.array(marketSchema).meta({ description: 'where it stands' }),
  interface: idSchema.meta({ description: 'swap interface it serves' }),
  alsoInterfaces: z.array(idSchema).default([]).meta({ description: 'further interfaces it serves' }),
  networkBrands: z
    .array(z.string())
    .default([])
    .meta({ description: 'brands it serves; empty: all with the interface' }),
  packs: z.int().nullable().default(null).meta({ description: 'packs it holds' }),
  packsMin: z.int().nullable().default(null).meta({ description: 'packs of the smallest variant' }),
  bays: z.int().nullable().default(null).meta({ description: 'vehicles served at once' }),
  slots: z.int().nullable().default(null).meta({ description: 'places for packs' }),
  claimedSwaps_perDay: quantity('perDay', 'swaps a day the operator claims').nullable().default(null),
  bestRealDay_perDay: quantity('perDay', 'most swaps a day reported in the field').nullable().default(null),
  swapTime_s: quantity('s', 'pack out to pack in').nullable().default(null),
  totalTime_s: quantity('s', 'drive in to drive out').nullable().default(null),
  bankPower_kW: quantity('kW', 'all pack chargers together').nullable().default(null),
  modulePower_kW: quantity('kW', 'one pack charger').nullable().default(null),
  overlapPositions: z
    .int()
    .nullable()
    .default(null)
    .default(null)
    .meta({ description: 'steps of a swap that overlap with the next' }),
  ...provenance,
})
export type SwapStation = z.infer<typeof swapStationSchema>
