import { z } from 'zod'
import {
  adapterSchema,
  chargerSchema,
  componentSchema,
  connectorSchema,
  curveSchema,
  dateSchema,
  idSchema,
  pairingRuleSchema,
  protocolSchema,
  swapInterfaceSchema,
  swapStationSchema,
  vehicleSchema,
} from '../schema/index.ts'

/** Record schema of every kind, in the order in which kinds are listed. */
export const recordSchemas = {
  connectors: connectorSchema,
  swapInterfaces: swapInterfaceSchema,
  protocols: protocolSchema,
  pairingRules: pairingRuleSchema,
  adapters: adapterSchema,
  vehicles: vehicleSchema,
  chargers: chargerSchema,
  swapStations: swapStationSchema,
  curves: curveSchema,
  components: componentSchema,
} as const

const list = <T extends z.ZodType>(schema: T, description: string) => z.array(schema).default([]).meta({ description })

/** Records as they stand in a YAML file: in `data/`, in a directory of own records, or under `catalogue:` of a site file. */
export const catalogueFileSchema = z.strictObject({
  asOf: dateSchema.optional().meta({ description: 'day the facts were last looked at' }),
  sources: z
    .record(idSchema, z.string())
    .default({})
    .meta({ description: 'citations by id; "unverified" may always be named' }),
  connectors: list(connectorSchema, 'couplers'),
  swapInterfaces: list(swapInterfaceSchema, 'battery-swap interfaces'),
  protocols: list(protocolSchema, 'ways to agree on voltage and current'),
  pairingRules: list(pairingRuleSchema, 'what happens when two generations meet'),
  adapters: list(adapterSchema, 'pieces between plug and inlet'),
  vehicles: list(vehicleSchema, 'vehicles as sold'),
  chargers: list(chargerSchema, 'chargers as sold'),
  swapStations: list(swapStationSchema, 'battery-swap stations as sold'),
  curves: list(curveSchema, 'charge curves'),
  components: list(componentSchema, 'parts of charging systems'),
})
