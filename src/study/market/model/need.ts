import type { GroupSetup } from './setup.ts'

/** What one connector is worth to a car of a group in a quarter: 1 native, less a further inlet, else what adapters cover. */
export function abilityOf(group: GroupSetup, connector: number, connectors: number, quarter: number): number {
  const place = group.inlets.indexOf(connector)
  if (place === 0) return 1
  const byAdapter = group.adapters[quarter * connectors + connector] ?? 0
  return place > 0 ? Math.max(group.furtherInlet_frac, byAdapter) : byAdapter
}

/** Who asks for cables, and what stands there. */
export interface Crowd {
  readonly groups: readonly GroupSetup[]
  readonly connectors: number
  readonly quarter: number
  /** Expected cars of each group, weighted by their use of open networks. */
  readonly weight: Float64Array
  /** Share of ports with each cable today. */
  readonly present: Float64Array
}

/** Share of ports where a car of a group gets along without a connector. */
function coveredWithout(group: GroupSetup, connector: number, { connectors, quarter, present }: Crowd): number {
  let uncovered = 1
  for (let other = 0; other < connectors; other += 1) {
    if (other === connector) continue
    uncovered *= 1 - Math.min(1, present[other] ?? 0) * abilityOf(group, other, connectors, quarter)
  }
  return 1 - uncovered
}

/**
 * Expected share of demand a cable would win: cars with that inlet, less what another cable at the same port already
 * serves, natively or by adapter. More adapters never raise it. Writes into `out`.
 */
export function cableDemand(crowd: Crowd, out: Float64Array): void {
  const { groups, weight, connectors } = crowd
  let all = 0
  for (let g = 0; g < groups.length; g += 1) all += weight[g] ?? 0
  for (let c = 0; c < connectors; c += 1) {
    let wanted = 0
    groups.forEach((group, g) => {
      const place = group.inlets.indexOf(c)
      if (place < 0) return
      const worth = place === 0 ? 1 : group.furtherInlet_frac
      wanted += (weight[g] ?? 0) * worth * (1 - coveredWithout(group, c, crowd))
    })
    out[c] = all > 0 ? wanted / all : 0
  }
}
