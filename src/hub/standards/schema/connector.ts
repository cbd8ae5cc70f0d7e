import { z } from 'zod'
import { quantity } from '../../../base/documents/index.ts'
import { idSchema, provenance } from './common.ts'

const identifiersSchema = z.strictObject({
  ocpi_2_2_1: z.string().nullable().default(null).meta({ description: 'OCPI 2.2.1 ConnectorType' }),
  ocpi_2_3_0: z.string().nullable().default(null).meta({ description: 'OCPI 2.3.0 ConnectorType' }),
  ocpp_2_0_1: z.string().nullable().default(null).meta({ description: 'OCPP 2.0.1 ConnectorEnumType' }),
  ocpp_2_1: z.string().nullable().default(null).meta({ description: 'OCPP 2.1 ConnectorEnumType' }),
  openChargeMap: z.int().nullable().default(null).meta({ description: 'Open Charge Map connection type id' }),
  afdc: z.string().nullable().default(null).meta({ description: 'AFDC ev_connector_types value' }),
  osm: z.string().nullable().default(null).meta({ description: 'OpenStreetMap socket tag' }),
  googlePlaces: z.string().nullable().default(null).meta({ description: 'Google Places EVConnectorType' }),
})

/** A coupler: the plug on the cable and the inlet of the same geometry. */
export const connectorSchema = z.strictObject({
  id: idSchema,
  name: z.string().meta({ description: 'name people use' }),
  alsoKnownAs: z.array(z.string()).default([]).meta({ description: 'other names' }),
  standards: z.array(z.string()).default([]).meta({ description: 'documents that define it' }),
  generation: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'tells couplers of one geometry apart, e.g. 2015+' }),
  configuration62196_3: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'configuration letters of IEC 62196-3' }),
  pins: z
    .strictObject({
      count: z.int().nullable().default(null).meta({ description: 'number of contacts' }),
      layout: z.string().nullable().default(null).meta({ description: 'what the contacts are' }),
    })
    .prefault({})
    .meta({ description: 'contacts' }),
  maxVoltage_V: quantity('V', 'highest rated voltage of the coupler').nullable().default(null),
  current: z
    .strictObject({
      uncooled_A: quantity('A', 'continuous, uncooled cable').nullable().default(null),
      cooled_A: quantity('A', 'continuous, cooled cable').nullable().default(null),
      boost_A: quantity('A', 'highest rating seen in a product').nullable().default(null),
      ceiling_A: quantity('A', 'highest value the standard names').nullable().default(null),
      steps_A: z
        .array(quantity('A', 'rating step'))
        .nullable()
        .default(null)
        .meta({ unit: 'A', description: 'ratings the standard prefers' }),
    })
    .prefault({})
    .meta({ description: 'current ratings' }),
  maxPower_kW: quantity('kW', 'highest power of the coupler').nullable().default(null),
  dc: z.boolean().meta({ description: 'carries direct current' }),
  ac: z
    .strictObject({
      phases: z.int().meta({ description: 'number of phases' }),
      maxVoltage_V: quantity('V', 'highest AC voltage').nullable().default(null),
      maxCurrent_A: quantity('A', 'highest AC current').nullable().default(null),
      maxPower_kW: quantity('kW', 'highest AC power').nullable().default(null),
    })
    .nullable()
    .default(null)
    .meta({ description: 'AC use; null: none' }),
  regions: z.array(z.string()).default([]).meta({ description: 'where it is in use' }),
  physicalLayer: z.string().nullable().default(null).meta({ description: 'how the two sides talk' }),
  protocols: z.array(idSchema).meta({ description: 'protocols spoken over it' }),
  contactTemperatureLimit_degC: quantity('degC', 'highest temperature of the contacts').nullable().default(null),
  locking: z.string().nullable().default(null).meta({ description: 'how the plug is held' }),
  plugFitsInlets: z.array(idSchema).meta({ description: 'inlets the plug enters; geometry only' }),
  identifiers: identifiersSchema.prefault({}).meta({ description: 'names in public vocabularies' }),
  lifecycle: z.enum(['active', 'legacy', 'declining', 'pilot', 'development']).meta({ description: 'where it stands' }),
  ...provenance,
})
export type Connector = z.infer<typeof connectorSchema>
export type ConnectorIdentifiers = z.infer<typeof identifiersSchema>

/** A battery-swap interface: an id that vehicle and station share or do not. */
export const swapInterfaceSchema = z.strictObject({
  id: idSchema,
  name: z.string().meta({ description: 'name people use' }),
  camp: z.string().meta({ description: 'who stands behind it' }),
  vehicleClass: z.string().meta({ description: 'vehicles it is made for' }),
  mounting: z.string().meta({ description: 'where the pack sits and how it is held' }),
  packEnergies_kWh: z.array(quantity('kWh', 'pack size')).default([]).meta({ unit: 'kWh', description: 'pack sizes' }),
  packVoltage_V: quantity('V', 'pack voltage').nullable().default(null),
  standards: z.array(z.string()).default([]).meta({ description: 'documents that define it' }),
  knownUsers: z.array(z.string()).default([]).meta({ description: 'vehicles or makers known to use it' }),
  ...provenance,
})
export type SwapInterface = z.infer<typeof swapInterfaceSchema>
