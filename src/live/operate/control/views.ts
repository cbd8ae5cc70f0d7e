import type { Coded } from '../../../base/words/index.ts'
import type { HubDescription, Setpoints } from '../../../hub/controller/site/index.ts'

/** Something that bounds an EVSE, and to what. */
export interface LimitSource {
  readonly power_kW: number
  readonly reason: Coded
}

export interface NodeState {
  readonly id: string
  /** Code of the limit source, as in results of `simulate`. */
  readonly source: string
  /** null: not limited. */
  readonly limit_kW: number | null
  /** Sum of what the meters below it showed last. */
  readonly power_kW: number
  /** Sum of the limits below it. */
  readonly allowed_kW: number
}

/** Sums values of EVSEs below each node. */
function sumsBelow({ nodes, evses }: HubDescription, at_kW: (index: number) => number): readonly number[] {
  const sums = nodes.map(() => 0)
  for (const [index, { node }] of evses.entries()) {
    for (let at = node; at >= 0; at = nodes[at]?.parent ?? -1) sums[at] = (sums[at] ?? 0) + at_kW(index)
  }
  return sums
}

interface SourcesCase {
  readonly hub: HubDescription
  readonly setpoints: Setpoints
  readonly index: number
  /** Why the EVSE has its limit. */
  readonly share: Coded
  /** What EVSEs may draw below the connection. */
  readonly budget_kW: number
}

/** Everything that bounds an EVSE: its share, its rating, and what every node above it has left beside the limits of others. */
export function sourcesOf({ hub, setpoints, index, share, budget_kW }: SourcesCase): readonly LimitSource[] {
  const { nodes, evses } = hub
  const own_kW = setpoints.limit_kW[index] ?? 0
  const allowed_kW = sumsBelow(hub, (at) => setpoints.limit_kW[at] ?? 0)
  const sources: LimitSource[] = [
    { power_kW: own_kW, reason: share },
    { power_kW: evses[index]?.rating_kW ?? 0, reason: { code: 'control.source.rating', params: {} } },
  ]
  for (let at = evses[index]?.node ?? -1; at >= 0; at = nodes[at]?.parent ?? -1) {
    const capacity_kW = at === 0 ? budget_kW : (nodes[at]?.capacity_kW ?? 0)
    if (capacity_kW === Number.POSITIVE_INFINITY) continue
    const left_kW = Math.max(0, capacity_kW - (allowed_kW[at] ?? 0) + own_kW)
    sources.push({
      power_kW: left_kW,
      reason: { code: 'control.source.node', params: { source: nodes[at]?.source ?? '' } },
    })
  }
  return sources.sort((a, b) => a.power_kW - b.power_kW)
}

interface NodesCase {
  readonly hub: HubDescription
  readonly setpoints: Setpoints
  readonly power_kW: Float64Array
  readonly siteLimit_kW: number
}

export function nodeStates({ hub, setpoints, power_kW, siteLimit_kW }: NodesCase): readonly NodeState[] {
  const powers = sumsBelow(hub, (index) => power_kW[index] || 0)
  const allowed = sumsBelow(hub, (index) => setpoints.limit_kW[index] ?? 0)
  return hub.nodes.map(({ id, source, capacity_kW }, at) => {
    const limit_kW = at === 0 ? Math.min(siteLimit_kW, capacity_kW) : capacity_kW
    return {
      id,
      source,
      limit_kW: limit_kW === Number.POSITIVE_INFINITY ? null : limit_kW,
      power_kW: powers[at] ?? 0,
      allowed_kW: allowed[at] ?? 0,
    }
  })
}
