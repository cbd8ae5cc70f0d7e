import { z } from 'zod'
import { dateSchema } from '../../../hub/standards/schema/index.ts'

const day = dateSchema.meta({ description: 'day, in quotes', examples: ['2023-12-31'] })
const count = z.number().nonnegative()

const pointSchema = z.strictObject({
  date: day,
  value: z.union([count, z.record(z.string(), count)]),
  lo: count.optional(),
  hi: count.optional(),
  source: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  note: z.string().optional(),
})

const seriesSchema = z.strictObject({
  id: z.string().min(1),
  region: z.string(),
  measure: z.string(),
  standard: z.string(),
  unit: z.string(),
  scope: z.string().default(''),
  until: day.optional(),
  train_until: day.optional(),
  points: z.array(pointSchema).min(1),
})

const eventSchema = z.strictObject({
  date: day,
  region: z.string(),
  type: z.string(),
  actor: z.string(),
  what: z.string(),
  source: z.string().optional(),
})

const sourceSchema = z.strictObject({
  title: z.string(),
  url: z.string().nullable().optional(),
  note: z.string().optional(),
})

/** A file of history: the form of this project, and a wider one with a `meta` block. */
export const historySchema = z.strictObject({
  title: z.string().optional(),
  compiled: z.string().optional(),
  licence: z.string().optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
  sources: z.record(z.string(), sourceSchema),
  series: z.array(seriesSchema).min(1),
  events: z.array(eventSchema).default([]),
})

export type HistoryFile = z.output<typeof historySchema>
export type SeriesInput = z.output<typeof seriesSchema>
export type HistoryEvent = z.output<typeof eventSchema>
