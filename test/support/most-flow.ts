import { SECONDS_PER_HOUR } from '../../src/base/units/index.ts'
import type { Recording } from '../../src/study/simulate/index.ts'

/** Capacities between numbered nodes. */
type Network = Map<number, number>[]

function pipe(network: Network, from: number, to: number, capacity: number): void {
  network[from]?.set(to, capacity)
  if (!network[to]?.has(from)) network[to]?.set(from, 0)
}

/** A shortest way from node 0 to node 1 with room in every pipe, backwards; null when there is none. */
function openWay(network: Network): number[] | null {
  const before = new Map<number, number>([[0, 0]])
  for (const node of before.keys()) {
    for (const [next, capacity] of network[node] ?? []) if (capacity > 1e-9 && !before.has(next)) before.set(next, node)
  }
  if (!before.has(1)) return null
  const way = [1]
  while (way.at(-1) !== 0) way.push(before.get(way.at(-1) ?? 0) ?? 0)
  return way
}

/** Sends what a way can take, and opens as much the other way; answers how much. */
function send(network: Network, way: readonly number[]): number {
  const pipes = way.slice(1).map((from, at) => ({ from, to: way[at] ?? 0 }))
  const capacityOf = (from: number, to: number): number => network[from]?.get(to) ?? 0
  const amount = Math.min(...pipes.map(({ from, to }) => capacityOf(from, to)))
  for (const { from, to } of pipes) {
    network[from]?.set(to, capacityOf(from, to) - amount)
    network[to]?.set(from, capacityOf(to, from) + amount)
  }
  return amount
}

/**
 * The optimum of batteries that take all their power until they are full: energy flows from the site, limit × length a
 * piece of time, to the vehicles there, rating × length each, as long as there is room. Found by Edmonds and Karp.
 */
export function mostFlow_kWh(recording: Recording, limit_kW: number): number {
  const { sessions, outlets_kW, efficiency_frac } = recording
  const times_s = [...new Set(sessions.flatMap(({ plug_s, unplug_s }) => [plug_s, unplug_s]))].sort((a, b) => a - b)
  const network: Network = Array.from({ length: 2 + times_s.length + sessions.length }, () => new Map())
  for (const [piece, from_s] of times_s.slice(0, -1).entries()) {
    const length_h = ((times_s[piece + 1] ?? 0) - from_s) / SECONDS_PER_HOUR
    pipe(network, 0, 2 + piece, limit_kW * length_h)
    for (const [at, { plug_s, unplug_s, outlet, maxPower_kW }] of sessions.entries()) {
      if (plug_s > from_s || unplug_s <= from_s) continue
      const rating_kW = Math.min(outlets_kW[outlet] ?? 0, maxPower_kW / efficiency_frac)
      pipe(network, 2 + piece, 2 + times_s.length + at, rating_kW * length_h)
    }
  }
  for (const [at, { soc_frac, capacity_kWh }] of sessions.entries()) {
    pipe(network, 2 + times_s.length + at, 1, ((1 - soc_frac) * capacity_kWh) / efficiency_frac)
  }
  let total_kWh = 0
  for (let way = openWay(network); way !== null; way = openWay(network)) total_kWh += send(network, way)
  return total_kWh
}
