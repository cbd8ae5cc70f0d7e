import { z } from 'zod'
import { quantity } from '../../../base/documents/index.ts'
import { idSchema, provenance } from './common.ts'

const identifiersSchema = z.strictObject({
  ocpi_2_2_1: z.string().nullable().meta({ description: 'OCPI 2.2.1 ConnectorType' }),
  ocpi_2_3_0: z.string().nullable().meta({ description: 'OCPI 2.3.0 ConnectorType' }),
  ocpp_2_0_1: z.string().nullable().meta({ description: 'OCPP 2.0.1 ConnectorEnumType' }),
  ocpp_2_1: z.string().nullable().meta({ description: 'OCPP 2.1 ConnectorEnumType' }),
  openChargeMap: z.int().nullable().meta({ description: 'Open Charge Map connection type id' }),
  afdc: z.string().nullable().meta({ description: 'AFDC ev_connector_types value' }),
  osm: z.string().nullable().meta({ description: 'OpenStreetMap socket tag' }),
  googlePlaces: z.string().nullable().meta({ description: 'Google Places EVConnectorType' }),
})

/** A coupler: the plug on the cable and the inlet of the same geometry. */
export const connectorSchema = z.strictObject({
  id: idSchema,
  name: z.string().meta({ description: 'name people use' }),
  alsoKnownAs: z.array(z.string()).meta({ description: 'other names' }),
  standards: z.array(z.string()).meta({ description: 'documents that define it' }),
  configuration62196_3: z.string().nullable().meta({ description: 'configuration letters of IEC 62196-3' }),
  pins: z.strictObject({
    count: z.int().nullable().meta({ description: 'number of contacts' }),
    layout: z.string().nullable().meta({ description: 'what the contacts are' }),
  }),
  maxVoltage_V: quantity('V', 'highest rated voltage of the coupler').nullable(),
  current: z.strictObject({
    uncooled_A: quantity('A', 'continuous, uncooled cable').nullable(),
    cooled_A: quantity('A', 'continuous, cooled cable').nullable(),
    boost_A: quantity('A', 'highest rating seen in a product').nullable(),
    ceiling_A: quantity('A', 'highest value the standard names').nullable(),
    steps_A: z
      .array(quantity('A', 'rating step'))
      .nullable()
      .meta({ unit: 'A', description: 'ratings the standard prefers' }),
  }),
  maxPower_kW: quantity('kW', 'highest power of the coupler').nullable(),
  dc: z.boolean().meta({ description: 'carries direct current' }),
  ac: z
    .strictObject({
      phases: z.int().meta({ description: 'number of phases' }),
      maxVoltage_V: quantity('V', 'highest AC voltage').nullable(),
      maxCurrent_A: quantity('A', 'highest AC current').nullable(),
      maxPower_kW: quantity('kW', 'highest AC power').nullable(),
    })
    .nullable()
    .meta({ description: 'AC use; null: none' }),
  regions: z.array(z.string()).meta({ description: 'where it is in use' }),
  physicalLayer: z.string().nullable().meta({ description: 'how the two sides talk' }),
  protocols: z.array(idSchema).meta({ description: 'protocols spoken over it' }),
  contactTemperatureLimit_degC: quantity('degC', 'highest temperature of the contacts').nullable(),
  locking: z.string().nullable().meta({ description: 'how the plug is held' }),
  plugFitsInlets: z.array(idSchema).meta({ description: 'inlets the plug enters; geometry only' }),
  identifiers: identifiersSchema,
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
  packEnergies_kWh: z.array(quantity('kWh', 'pack size')).meta({ unit: 'kWh', description: 'pack sizes' }),
  packVoltage_V: quantity('V', 'pack voltage').nullable(),
  standards: z.array(z.string()).meta({ description: 'documents that define it' }),
  knownUsers: z.array(z.string()).meta({ description: 'vehicles or makers known to use it' }),
  ...provenance,
})
export type SwapInterface = z.infer<typeof swapInterfaceSchema>
