import { z } from 'zod'
import { fraction } from '../../../base/documents/index.ts'
import { dateSchema } from '../../../hub/standards/schema/index.ts'

const MAX_KNOTS = 100
const id = z.string().min(1).max(60)
const day = dateSchema.meta({ description: 'day, in quotes', examples: ['2027-07-01'] })
const years = (description: string) => z.number().positive().max(100).meta({ unit: 'yr', description })
const year = z.number().min(1990).max(2100)

/** A value that changes over the years: straight between the points, level beyond them. */
export const pathSchema = (most: number, description: string) =>
  z
    .union([
      z.number().min(0).max(most),
      z
        .array(z.tuple([year, z.number().min(0).max(most)]))
        .min(1)
        .max(MAX_KNOTS),
    ])
    .meta({ description })

export const groupSchema = z.strictObject({
  id,
  name: z.string().min(1).max(100),
  inlets: z
    .array(id)
    .max(4)
    .meta({ description: 'connectors of its inlets, the preferred one first; none: cars without fast charging' }),
  furtherInlet_frac: fraction('what a further inlet is worth beside the first').default(0.8),
  openUse: pathSchema(1, 'share of its fast charging on open networks').default(1),
  closedAccess: pathSchema(1, 'share of its cars that may charge in the closed network').default(0),
  share: pathSchema(1, 'share of the sales; left out where it is counted').optional(),
  salesSeries: id.optional().meta({ description: 'series its sales are counted in' }),
  stock: z.number().nonnegative().optional().meta({ description: 'cars at the start, where no history tells' }),
})

const ruleBase = { connector: id, from: day, to: day.optional() }
export const ruleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mandate'),
    ...ruleBase,
    share_frac: fraction('share of new ports that must have it').default(1),
  }),
  z.strictObject({ kind: z.literal('ban'), ...ruleBase }),
  z.strictObject({
    kind: z.literal('available'),
    ...ruleBase,
    ramp_yr: years('until every maker sells it').default(1),
  }),
  z.strictObject({
    kind: z.literal('grant'),
    ...ruleBase,
    share_frac: fraction('share of sites a grant asks for one at'),
  }),
])

const programmeSchema = z.strictObject({
  from: day,
  to: day,
  ports_perYear: z.number().nonnegative(),
  cables: z.record(id, z.number().min(0).max(2)),
})

export const adapterSchema = z.strictObject({
  group: id,
  connector: id,
  from: day,
  ramp_yr: years('time in which most who will have it get it').default(2),
  cover_frac: fraction('share of its need that it covers in the end'),
})

const observable = z.strictObject({
  what: z.enum([
    'fleet',
    'sales',
    'cumulativeSales',
    'openPorts',
    'allPorts',
    'closedPorts',
    'cables',
    'fitted',
    'use',
  ]),
  of: id.optional().meta({ description: 'group or connector' }),
})

const makerSchema = z.strictObject({
  id,
  weight: z.number().positive(),
  events: z.array(z.string()).default([]).meta({ description: 'names in the events of the history' }),
})

export const switchSchema = z.strictObject({
  from: id,
  to: id,
  opened: day,
  resistance: z.number().min(-10).max(10).default(0),
  openedLogRatio: z
    .number()
    .min(-5)
    .max(5)
    .optional()
    .meta({ description: 'outlets reached with the new inlet over the old on that day, in the logarithm' }),
  nativeMin_yr: years('from commitment to the first cars'),
  nativeMean_yr: years('mean time until a model is renewed'),
  cap_frac: fraction('no more of the sales ever change').default(1),
  makers: z.array(makerSchema).min(1).max(60),
})

/** What a scenario changes of how makers move. */
export const switchChangeSchema = z.strictObject({
  opened: day.optional(),
  resistance: z.number().min(-10).max(10).optional(),
  nativeMean_yr: years('mean time until a model is renewed').optional(),
  cap_frac: fraction('no more of the sales ever change').optional(),
  never: z.array(id).default([]).meta({ description: 'makers that never commit' }),
  forget: z.boolean().default(false).meta({ description: 'commitments of the past count as not made' }),
})

const powerSchema = z.strictObject({
  mean_kW: pathSchema(5000, 'mean power of a new port'),
  spread: z.number().positive().max(2).default(0.6).meta({ description: 'standard deviation of the logarithm' }),
  cable_m: z.number().positive().max(30).default(5),
})

export const regionSchema = z.strictObject({
  id,
  name: z.string().min(1).max(100),
  sources: z.array(z.string()).default([]),
  historyRegion: z.string().optional(),
  historyFrom: day.default('2010-01-01'),
  carMarket: z.number().positive().default(1e9).meta({ description: 'all cars sold in a year, whatever drives them' }),
  totalSales: id.optional().meta({ description: 'series of sales that shares are parts of' }),
  totalFleet: id.optional().meta({ description: 'series of cars on the road that sales are derived from' }),
  connectors: z
    .array(z.strictObject({ id, name: z.string().min(1).max(60) }))
    .min(1)
    .max(8),
  groups: z.array(groupSchema).min(1).max(12),
  open: z.strictObject({
    portsPerSite: z.number().min(1).max(100),
    ports: z.number().positive().optional().meta({ description: 'ports at the start, where no history tells' }),
    cables: z.record(id, z.number().min(0).max(1)).optional(),
    growth_perYear: z.number().min(0).max(3).optional(),
    rules: z.array(ruleSchema).max(100).default([]),
    programmes: z.array(programmeSchema).max(50).default([]),
  }),
  closed: z
    .strictObject({
      connector: id,
      owner: id,
      ports: z.number().positive().optional(),
      since: day.optional(),
    })
    .optional(),
  adapters: z.array(adapterSchema).max(60).default([]),
  switch: switchSchema.optional(),
  observed: z.record(z.string(), observable).default({}),
  anchor: z.strictObject({ fleet: id.optional(), ports: id.optional(), closed: id.optional() }).default({}),
  power: powerSchema.optional(),
  /** For regions without history. */
  from: day.optional(),
  sales: pathSchema(1e9, 'cars sold in a year, in all').optional(),
  vehicles: z.record(z.string(), z.array(z.string()).min(1)).optional().meta({
    description: 'catalogue vehicles that stand for each group at a hub, in equal parts',
  }),
  carried: z.record(z.string(), z.record(z.string(), z.string())).optional().meta({
    description: 'adapters drivers of a group carry, by connector: ids of the catalogue',
  }),
})

export type RegionFile = z.output<typeof regionSchema>
export type Rule = z.output<typeof ruleSchema>
export type Observable = z.output<typeof observable>
export type PathInput = number | readonly (readonly [number, number])[]
