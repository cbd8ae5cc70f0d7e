import { z } from 'zod'
import { openDocument } from '../../../base/documents/index.ts'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'

/** Cheap look before the market is loaded: does a fleet or a growth name one? */
const namesMarket = /\b(?:fleet|growth)\s*:\s*(?:#[^\n]*)?(?:\{[^}]*\bmarket\s*:|\r?\n\s+market\s*:)/

const fleetSchema = z.strictObject({
  market: z.string(),
  year: z.int().min(2020).max(2100),
  sessions: z.record(z.string(), z.number().nonnegative()).optional(),
})
const growthSchema = z.strictObject({ market: z.string(), base: z.int().min(2020).max(2100) })

const siteSchema = z.looseObject({
  demand: z.looseObject({ fleet: z.unknown().optional(), growth: z.unknown().optional() }).optional(),
})

/** What is wrong, and what would mend it. */
type Reason = Coded & Pick<Problem, 'fix'>

type Part = 'fleet' | 'growth'

/** A value of the text that is put in another's place. */
interface Piece {
  readonly part: Part
  readonly value: object
}

function isMarket(value: unknown): value is { readonly market: unknown } {
  return typeof value === 'object' && value !== null && 'market' in value
}

/** Where a value ends: at its closing brace, or before the next line that is not indented as far. */
function endOf(text: string, from: number): number {
  if (text[from] === '{') {
    let depth = 0
    for (let at = from; at < text.length; at += 1) {
      if (text[at] === '{') depth += 1
      if (text[at] === '}') depth -= 1
      if (depth === 0) return at + 1
    }
    return text.length
  }
  const indent = from - (text.lastIndexOf('\n', from - 1) + 1)
  const rest = text.slice(from)
  const next = rest.split('\n').findIndex((line, at) => at > 0 && line.trim() !== '' && line.search(/\S/) < indent)
  if (next < 0) return text.length
  return from + rest.split('\n').slice(0, next).join('\n').length
}

function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  return (
    text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, one) => sum + one.length + 1, 0) +
    column -
    1
  )
}

/** Puts JSON in the place of a value; the lines after it keep their numbers. */
function replaced(text: string, from: number, value: object): string {
  const to = endOf(text, from)
  const lines = text.slice(from, to).split('\n').length - 1
  return `${text.slice(0, from)}${JSON.stringify(value)}${'\n'.repeat(lines)}${text.slice(to)}`
}

/** What a fleet or a growth of a market comes to, or why not. */
async function workedOut(part: Part, input: unknown): Promise<object | readonly Reason[]> {
  const { hubMix, demandGrowth } = await import('../../../study/market/index.ts')
  const { caseNamed } = await import('../market/named-case.ts')
  if (part === 'growth') {
    const asked = growthSchema.safeParse(input)
    if (!asked.success) return [{ code: 'market.demand.growthForm', params: {} }]
    const one = await caseNamed(asked.data.market)
    if (!one.ok) return one.problems
    const perYear_frac = demandGrowth(one.value, asked.data.base)
    if (perYear_frac === null)
      return [{ code: 'market.demand.year', params: { year: String(asked.data.base), until: one.value.state.until } }]
    return { perYear_frac: Number(perYear_frac.toFixed(6)), from: `${asked.data.base}-12-31` }
  }
  const asked = fleetSchema.safeParse(input)
  if (!asked.success) return [{ code: 'market.demand.fleetForm', params: {} }]
  const one = await caseNamed(asked.data.market)
  if (!one.ok) return one.problems
  const { sessions = {}, year } = asked.data
  const groups = one.value.region.groups.map(({ id }) => id)
  const unknown = Object.keys(sessions).filter((name) => !groups.includes(name))
  if (unknown.length > 0)
    return unknown.map((name) => ({ code: 'market.problem.unknown.group', params: { name } }) as const)
  const mix = hubMix(one.value, year, sessions)
  if (mix === null)
    return [{ code: 'market.demand.year', params: { year: String(year), until: one.value.state.until } }]
  return rounded(mix)
}

/** Six digits each, and the last row takes what rounding leaves. */
function rounded<T extends { readonly share_frac: number }>(rows: readonly T[]): readonly T[] {
  const cut = rows.map((row) => ({ ...row, share_frac: Number(row.share_frac.toFixed(6)) }))
  const rest = cut.slice(0, -1).reduce((sum, { share_frac }) => sum + share_frac, 0)
  return cut.map((row, at) => (at < cut.length - 1 ? row : { ...row, share_frac: Number((1 - rest).toFixed(6)) }))
}

/**
 * The text of a site with `fleet: {market, year}` and `growth: {market, base}` worked out: a scenario of the market
 * stands there as plain rows and a plain number, on the same lines. Other texts come back as they are.
 */
export async function withMarketDemand(bytes: Uint8Array, file: string): Promise<Checked<Uint8Array>> {
  const text = new TextDecoder().decode(bytes)
  if (!namesMarket.test(text)) return { ok: true, value: bytes, warnings: [] }
  const { value, locate } = openDocument(siteSchema, bytes, file)
  const demand = value?.demand
  const parts = (['growth', 'fleet'] as const).filter((part) => isMarket(demand?.[part]))
  const pieces: (Piece & { readonly from: number })[] = []
  const problems: Problem[] = []
  for (const part of parts) {
    const at = locate(['demand', part])
    const worked = await workedOut(part, demand?.[part])
    const isProblem = Array.isArray(worked) && worked.some((one) => 'code' in one)
    if (isProblem) {
      for (const reason of worked as readonly Reason[]) {
        const { code, params, fix } = reason
        problems.push({ severity: 'error', code, params, at, path: `demand.${part}`, ...(fix ? { fix } : {}) })
      }
    } else pieces.push({ part, value: worked as object, from: offsetOf(text, at) })
  }
  if (problems.length > 0) return { ok: false, problems }
  const ordered = pieces.sort((a, b) => b.from - a.from)
  const written = ordered.reduce((before, { from, value: piece }) => replaced(before, from, piece), text)
  return { ok: true, value: new TextEncoder().encode(written), warnings: [] }
}
