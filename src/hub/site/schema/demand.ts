import { z } from 'zod'
import { fraction, positiveQuantity, quantity } from '../../../base/documents/index.ts'
import { dateSchema } from '../../standards/schema/index.ts'
import { nameSchema } from './text.ts'

const MONTHS = 12
const HOURS = 24

const distributionSchema = z.strictObject({
  mean_frac: fraction('mean before it is cut to the range').meta({ examples: [0.2] }),
  sd_frac: fraction('standard deviation before it is cut to the range').default(0),
  min_frac: fraction('lowest value').default(0),
  max_frac: fraction('highest value').default(1),
})

/** How an amount differs from driver to driver. */
const lawSchema = z.enum(['exponential', 'constant', 'uniform', 'lognormal']).meta({
  description: 'law of the values; uniform and lognormal need the standard deviation, the others have none',
})

const minutes = {
  mean_min: positiveQuantity('min', 'mean').meta({ examples: [25] }),
  distribution: lawSchema,
  sd_min: positiveQuantity('min', 'standard deviation').optional(),
}
const minutesSchema = z.strictObject(minutes)

const energySchema = z.strictObject({
  mean_kWh: positiveQuantity('kWh', 'mean').meta({ examples: [40] }),
  distribution: lawSchema,
  sd_kWh: positiveQuantity('kWh', 'standard deviation').optional(),
})

const overstaySchema = z.strictObject({
  ...minutes,
  idleFee: z
    .strictObject({
      after_min: quantity('min', 'minutes after the end of charging from which the fee is due').meta({ examples: [5] }),
      effect_frac: fraction('share of the time beyond that which drivers save because of the fee'),
    })
    .optional()
    .meta({ description: 'fee for standing here after the end of charging; absent: none' }),
})

const weight = (least: z.ZodNumber) => least.meta({ weight: true })
const factors = (length: number) => z.array(weight(z.number().nonnegative())).length(length)

const profileSchema = z.strictObject({
  weekday: factors(HOURS).meta({ description: 'relative weight of each hour from 0:00, Monday to Friday' }),
  weekend: factors(HOURS).optional().meta({ description: 'the same for Saturday and Sunday; absent: as on weekdays' }),
})

const trafficSchema = z.strictObject({
  vehicles_perDay: quantity('perDay', 'vehicles that pass, Monday to Friday').meta({ examples: [40_000] }),
  weekendVehicles_perDay: quantity('perDay', 'the same on Saturday and Sunday; absent: as on weekdays').optional(),
  ev_frac: fraction('share of them that charge at posts').meta({ examples: [0.1] }),
  stop_frac: fraction('share of those that stop here to charge').meta({ examples: [0.05] }),
})

/** Growth of a number in a year: 0.2 is 20 % more each year. */
const growthOfYear = (description: string) => z.number().gt(-1).max(10).meta({ unit: 'frac', description })

const growthSchema = z.strictObject({
  perYear_frac: growthOfYear('growth of all arrivals in a year, compounded').meta({ examples: [0.2] }),
  from: dateSchema.meta({ description: 'day, in quotes, for which the figures of this file hold' }),
})

const queueSchema = z.strictObject({
  places: z
    .int()
    .min(0)
    .max(100_000)
    .meta({ description: 'places for waiting vehicles', examples: [6] }),
  patience: minutesSchema
    .optional()
    .meta({ description: 'how long drivers wait before they give up; absent: for ever' }),
  balk_frac: z.array(fraction('share of drivers')).min(1).optional().meta({
    unit: 'frac',
    description: 'share of drivers who drive on when 0, 1, 2, ... wait; beyond the list its last value',
  }),
})

const betterSchema = z.strictObject({
  gain_min: quantity('min', 'minutes of charging a better connector has to save').meta({ examples: [10] }),
  patience_min: positiveQuantity('min', 'longest wait for it').meta({ examples: [10] }),
})

const announcedSchema = z.strictObject({
  share_frac: fraction('share of drivers who announce their arrival').meta({ examples: [0.3] }),
  lead_min: positiveQuantity('min', 'how long before').meta({ examples: [30] }),
})

/** What a driver wants and bears; a row of the fleet may differ from the rest. */
const driver = {
  arrival: distributionSchema.meta({ description: 'state of charge on arrival: a normal distribution cut to a range' }),
  target: distributionSchema
    .optional()
    .meta({ description: 'state of charge at which the driver is done; or state "energy"' }),
  energy: energySchema
    .optional()
    .meta({ description: 'energy the driver wants, instead of "target"; what the battery cannot hold is left out' }),
  overstay: overstaySchema
    .optional()
    .meta({ description: 'how long a vehicle stays plugged in after it is done; absent: it leaves at once' }),
  stay: minutesSchema
    .optional()
    .meta({ description: 'time plugged in, done or not; absent: until done, and the overstay' }),
  maxStay_min: positiveQuantity('min', 'longest time plugged in; absent: no such limit').optional(),
  announced: announcedSchema.optional().meta({ description: 'drivers who announce their arrival; absent: none do' }),
  driverless_frac: fraction('share of vehicles that come without a driver; absent: none').optional(),
}

const fleetRowSchema = z.strictObject({
  vehicle: z.string().meta({ description: 'id of a vehicle in the catalogue', examples: ['hyundai-ioniq5-2025'] }),
  share_frac: fraction('share of all arrivals; the shares of the fleet add up to 1').meta({ examples: [0.25] }),
  shareGrowth_frac: growthOfYear(
    'growth of the share against the others in a year, from the day of "growth"; absent: 0',
  ).optional(),
  name: nameSchema.optional().meta({ description: 'name in results; absent: make and model' }),
  modelYear: z
    .int()
    .min(2008)
    .max(2100)
    .optional()
    .meta({ description: 'model year; absent: the newest that is sold' }),
  adapters: z.array(z.string()).default([]).meta({ description: 'ids of adapters the driver carries' }),
  options: z.array(z.string()).default([]).meta({ description: 'options the vehicle was ordered with' }),
  usable_kWh: positiveQuantity('kWh', 'usable energy; needed where the catalogue does not know it').optional(),
  maxPower_kW: positiveQuantity('kW', 'highest power the vehicle takes; needed likewise').optional(),
  priority: z
    .int()
    .min(-100)
    .max(100)
    .default(0)
    .meta({ description: 'with the policy "priority": higher ones are served first' }),
  weight: weight(z.number().positive().max(1000))
    .default(1)
    .meta({ description: 'with the policy "proportional": factor on the rating of the plug' }),
  ...driver,
  arrival: driver.arrival.optional(),
  patience: minutesSchema.optional().meta({ description: 'how long these drivers wait; absent: as the queue says' }),
})

export const demandSchema = z.strictObject({
  sessions_perDay: quantity('perDay', 'mean arrivals a day, Monday to Friday; or state "traffic"')
    .meta({ examples: [200] })
    .optional(),
  weekendSessions_perDay: quantity('perDay', 'mean arrivals on Saturday and Sunday; absent: as on weekdays').optional(),
  traffic: trafficSchema
    .optional()
    .meta({ description: 'traffic on the road the arrivals come from, instead of "sessions_perDay"' }),
  profile: profileSchema.meta({ description: 'when vehicles come' }),
  season: factors(MONTHS)
    .optional()
    .meta({ description: 'factor of each month on the arrivals, January first; absent: every month alike' }),
  growth: growthSchema
    .optional()
    .meta({ description: 'how arrivals grow over the years; or { market: SCENARIO, base: 2026 }; absent: not at all' }),
  ...driver,
  queue: queueSchema.meta({ description: 'where drivers wait, and how long they are willing to' }),
  waitForBetter: betterSchema
    .optional()
    .meta({ description: 'drivers wait for a better connector than a free one; absent: they never do' }),
  preconditioned_frac: fraction(
    'share of drivers whose car warms or cools its pack on the way; counts with --physics',
  ).default(0),
  fleet: z.array(fleetRowSchema).min(1).max(500).meta({
    description: 'which vehicles come; or { market: SCENARIO, year: 2030 }, worked out before the run',
  }),
})

export type DistributionInput = z.output<typeof distributionSchema>
export type MinutesInput = z.output<typeof minutesSchema>
export type EnergyInput = z.output<typeof energySchema>
export type FleetRowInput = z.output<typeof fleetRowSchema>
export type DemandInput = z.output<typeof demandSchema>
