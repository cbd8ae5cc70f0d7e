import type { Market } from '../schema/index.ts'

/** Markets that share inlets: North America, Europe with the United Kingdom, and single countries. */
const regions = {
  NA: 'NA',
  US: 'NA',
  CA: 'NA',
  MX: 'NA',
  EU: 'EU',
  UK: 'EU',
  CN: 'CN',
  JP: 'JP',
  KR: 'KR',
  AU: 'AU',
} as const satisfies Record<Market, Market>
export type Region = (typeof regions)[Market]

export function regionOf(market: Market): Region {
  return regions[market]
}

/** The regions of a list of markets, each once, in their order. */
export function regionsOf(markets: readonly Market[]): readonly Region[] {
  return [...new Set(markets.map(regionOf))]
}

/** First day of a year, month or day. */
export function dayOf(date: string): string {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}

/** The later of two days, null being no day at all. */
export function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return dayOf(a) >= dayOf(b) ? a : b
}
