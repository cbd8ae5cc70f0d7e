import type { CompiledHub } from '../../hub/plant/compile/index.ts'
import { siteStations } from './site-stations.ts'

/** Nodes of a hub as the dashboard names them, and which EVSEs hang below each. */
export interface HubNodes {
  /** `grid`, `circuit <id>`, `cabinet <id>`. */
  readonly keys: readonly string[]
  /** By unit (`siteStations`): numbers of the keys above it. */
  readonly above: readonly (readonly number[])[]
}

function keyOf(source: string): string | null {
  if (source === 'site.limit') return 'grid'
  const found = /^(circuit|cabinet)\.(.+)$/.exec(source)
  return found ? `${found[1]} ${found[2]}` : null
}

export function hubNodes(hub: CompiledHub): HubNodes {
  const { nodes, places } = hub.model
  const keyed = nodes.map(({ source }) => keyOf(source))
  const keys = keyed.filter((key) => key !== null)
  const { units, plugs } = siteStations(hub)
  const above = units.map((_, unit) => {
    const place = plugs.findIndex((plug) => plug.unit === unit)
    const found: number[] = []
    for (let node = places[place]?.node ?? -1; node >= 0; node = nodes[node]?.parent ?? -1) {
      const key = keyed[node]
      if (key) found.push(keys.indexOf(key))
    }
    return found
  })
  return { keys, above }
}
