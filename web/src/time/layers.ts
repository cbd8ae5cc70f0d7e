import type { History } from '../../../src/app/api/hub-view.ts'

/** Power of one of those that draw it, over time. */
export interface PowerLayer {
  /** Key of a node; `rest`: what no layer draws; `others`: those that draw least, together. */
  readonly key: string
  readonly power_kW: readonly (number | null)[]
}

/** More layers than this cannot be told apart. */
const MOST = 8
/** Less than this is rounding. */
const NOTHING_kW = 0.5

const energyOf = (power_kW: readonly (number | null)[]): number =>
  power_kW.reduce<number>((sum, now) => sum + (now ?? 0), 0)

function sumOf(rows: readonly (readonly (number | null)[])[], steps: number): (number | null)[] {
  return Array.from({ length: steps }, (_, step) => {
    const known = rows.map((row) => row[step] ?? null).filter((value) => value !== null)
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
  })
}

function restOf(all: readonly (number | null)[], drawn: readonly (number | null)[]): PowerLayer[] {
  const power_kW = all.map((now, step) => (now === null ? null : Math.max(0, now - (drawn[step] ?? 0))))
  return Math.max(0, ...power_kW.map((now) => now ?? 0)) > NOTHING_kW ? [{ key: 'rest', power_kW }] : []
}

/**
 * What draws the power of a hub, in layers that add up to it: its cabinets, of a hub without any its circuits; the largest first,
 * the small ones as one, and last what none of them draws.
 */
export function layersOf({ power_kW, times_ms }: Pick<History, 'power_kW' | 'times_ms'>): PowerLayer[] {
  const keys = Object.keys(power_kW)
  const cabinets = keys.filter((key) => key.startsWith('cabinet '))
  const shown = cabinets.length > 0 ? cabinets : keys.filter((key) => key.startsWith('circuit '))
  const layers = shown.map((key): PowerLayer => ({ key, power_kW: power_kW[key] ?? [] }))
  const sorted = layers.toSorted((a, b) => energyOf(b.power_kW) - energyOf(a.power_kW))
  const large = sorted.slice(0, sorted.length > MOST ? MOST - 1 : MOST)
  const small = sorted.slice(large.length).map((layer) => layer.power_kW)
  const others: PowerLayer[] = small.length > 0 ? [{ key: 'others', power_kW: sumOf(small, times_ms.length) }] : []
  const all = sumOf(
    layers.map((layer) => layer.power_kW),
    times_ms.length,
  )
  return [...large, ...others, ...restOf(power_kW['grid'] ?? [], all)]
}
