import { z } from 'zod'
import type { StationRecord } from '../../ports.ts'
import type { Capabilities } from './capabilities.ts'

const quirkSchema = z.strictObject({
  /** Whole vendor and model names, in any case; `*` stands for any text. */
  vendor: z.string().min(1),
  model: z.string().min(1).default('*'),
  units: z.array(z.enum(['W', 'A'])).optional(),
  maxStackLevel: z.number().int().nonnegative().optional(),
  refusedPurposes: z.array(z.enum(['tx', 'txDefault', 'stationMax'])).optional(),
  dynamic: z.boolean().optional(),
  note: z.string(),
  source: z.url(),
  confidence: z.enum(['high', 'medium', 'low']),
})

/** A file of quirks. */
export const quirkFileSchema = z.strictObject({ quirks: z.array(quirkSchema) })

/** How stations of a make differ from what they say or should do. */
export type Quirk = z.infer<typeof quirkSchema>

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(text)
}

type Known = Partial<Pick<Capabilities, 'units' | 'maxStackLevel' | 'refusedPurposes' | 'dynamic'>>

/** What is known of a station's make beyond what it says itself; later records win. */
export function quirkOf(quirks: readonly Quirk[], station: Pick<StationRecord, 'vendor' | 'model'>): Known {
  const { vendor, model } = station
  if (vendor === null) return {}
  const fitting = quirks.filter((quirk) => fits(quirk.vendor, vendor) && fits(quirk.model, model ?? ''))
  const known: Record<string, unknown> = {}
  for (const { units, maxStackLevel, refusedPurposes, dynamic } of fitting) {
    for (const [name, value] of Object.entries({ units, maxStackLevel, refusedPurposes, dynamic })) {
      if (value !== undefined) known[name] = value
    }
  }
  return known
}
