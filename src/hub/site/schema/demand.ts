import { z } from 'zod'
import { fraction, positiveQuantity, quantity } from '../../../base/documents/index.ts'
import { idListSchema, nameSchema } from './text.ts'

const distributionSchema = z.strictObject({
  mean_frac: fraction('mean before it is cut to the range').meta({ examples: [0.2] }),
  sd_frac: fraction('standard deviation before it is cut to the range').default(0),
  min_frac: fraction('lowest value').default(0),
  max_frac: fraction('highest value').default(1),
})

const hoursSchema = z.array(z.number().nonnegative().meta({ weight: true })).length(24)

const profileSchema = z.strictObject({
  weekday: hoursSchema.meta({ description: 'relative weight of each hour from 0:00, Monday to Friday' }),
  weekend: hoursSchema.optional().meta({ description: 'the same for Saturday and Sunday; absent: as on weekdays' }),
})

/** What a driver wants and bears; a row of the fleet may differ from the rest. */
const driver = {
  arrival: distributionSchema.meta({ description: 'state of charge on arrival: a normal distribution cut to a range' }),
  target: distributionSchema.meta({ description: 'state of charge at which the driver is done' }),
  patience_min: positiveQuantity('min', 'mean time a driver waits before giving up; absent: waits for ever'),
  overstay_min: quantity('min', 'mean time a vehicle stays plugged in after it is done'),
  maxStay_min: positiveQuantity('min', 'longest time plugged in; absent: until done'),
}

const fleetRowSchema = z.strictObject({
  vehicle: z.string().meta({ description: 'id of a vehicle in the catalogue', examples: ['hyundai-ioniq5-2025'] }),
  share_frac: fraction('share of all arrivals; the shares of the fleet add up to 1').meta({ examples: [0.25] }),
  name: nameSchema.optional().meta({ description: 'name in results; absent: make and model' }),
  modelYear: z
    .int()
    .min(2008)
    .max(2100)
    .optional()
    .meta({ description: 'model year; absent: the newest that is sold' }),
  adapters: idListSchema.default([]).meta({ description: 'ids of adapters the driver carries' }),
  options: idListSchema.default([]).meta({ description: 'options the vehicle was ordered with' }),
  usable_kWh: positiveQuantity('kWh', 'usable energy; needed where the catalogue does not know it').optional(),
  maxPower_kW: positiveQuantity('kW', 'highest power the vehicle takes; needed likewise').optional(),
  arrival: driver.arrival.optional(),
  target: driver.target.optional(),
  patience_min: driver.patience_min.optional(),
  overstay_min: driver.overstay_min.optional(),
  maxStay_min: driver.maxStay_min.optional(),
})

export const demandSchema = z.strictObject({
  sessions_perDay: quantity('perDay', 'mean arrivals a day, Monday to Friday').meta({ examples: [200] }),
  weekendSessions_perDay: quantity('perDay', 'mean arrivals on Saturday and Sunday; absent: as on weekdays').optional(),
  profile: profileSchema.meta({ description: 'when vehicles come' }),
  arrival: driver.arrival,
  target: driver.target,
  places: z
    .int()
    .min(0)
    .max(1000)
    .meta({ description: 'places for waiting vehicles', examples: [6] }),
  patience_min: driver.patience_min.optional(),
  overstay_min: driver.overstay_min.default(0),
  maxStay_min: driver.maxStay_min.optional(),
  fleet: z.array(fleetRowSchema).min(1).max(500).meta({ description: 'which vehicles come' }),
})

export type DistributionInput = z.output<typeof distributionSchema>
export type FleetRowInput = z.output<typeof fleetRowSchema>
export type DemandInput = z.output<typeof demandSchema>
