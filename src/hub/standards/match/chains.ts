import type { Adapter } from '../schema/index.ts'
import type { MatchFacts, PreparedOutlet } from './facts.ts'
import { spokenBy } from './facts.ts'

/** The longest row of adapters thought of. */
const MAX_CHAIN = 3

/** Adapters from post to vehicle; none: the plug enters the inlet itself. */
export type Chain = readonly Adapter[]

/** Captive adapters are part of a post: they can only be the first of a row. */
function mayFollow(adapter: Adapter, chain: Chain, fits: readonly string[]): boolean {
  return fits.includes(adapter.plug) && !chain.includes(adapter) && (chain.length === 0 || adapter.kind !== 'captive')
}

function extend(
  chain: Chain,
  fits: readonly string[],
  search: { inlet: string; adapters: Chain; facts: MatchFacts; found: Chain[] },
): void {
  if (fits.includes(search.inlet)) search.found.push(chain)
  if (chain.length >= MAX_CHAIN) return
  for (const adapter of search.adapters) {
    if (!mayFollow(adapter, chain, fits)) continue
    extend([...chain, adapter], search.facts.catalogue.connectors.get(adapter.inlet)?.plugFitsInlets ?? [], search)
  }
}

/** Every way from a plug into an inlet with these adapters and those built into the post, shortest first. */
export function chainsBetween(outlet: PreparedOutlet, inlet: string, carried: Chain, facts: MatchFacts): Chain[] {
  const adapters = outlet.builtIn.length > 0 ? [...new Set([...outlet.builtIn, ...carried])] : carried
  const found: Chain[] = []
  extend([], outlet.connector.plugFitsInlets, { inlet, adapters, facts, found })
  return found.sort((a, b) => a.length - b.length)
}

/** What arrives at the far end of an adapter when `protocols` are spoken at its near end. */
function through(adapter: Adapter, protocols: readonly string[], atInlet: readonly string[], facts: MatchFacts) {
  const wanted = adapter.postProtocols
  const heard = wanted.length > 0 ? protocols.filter((id) => wanted.includes(id)) : protocols
  if (heard.length === 0 || adapter.kind !== 'active') return heard
  return spokenBy(adapter.vehicleProtocols.length > 0 ? adapter.vehicleProtocols : atInlet, facts.spoken)
}

/**
 * The one of several common protocols that a session uses: a maker's own before open ones, no older one where a newer
 * is common, and the vehicle's order among what is left.
 */
function preferred(common: readonly string[], facts: MatchFacts): string | null {
  const own = common.find((id) => facts.catalogue.protocols.get(id)?.standard === 'proprietary')
  const newest = common.find((id) => !common.some((other) => other !== id && facts.spoken.get(other)?.includes(id)))
  return own ?? newest ?? null
}

/**
 * The protocol of a session, or null where none is common. Passive adapters let it through, active ones translate;
 * a mapping adapter belongs to its inlet by design, so that any vehicle with the inlet speaks the post's protocol.
 */
export function commonProtocol(
  outlet: PreparedOutlet,
  chain: Chain,
  vehicleSpeaks: readonly string[],
  facts: MatchFacts,
): string | null {
  let heard = outlet.protocols
  for (const adapter of chain) {
    const atInlet = facts.catalogue.connectors.get(adapter.inlet)?.protocols ?? []
    heard = through(adapter, heard, atInlet, facts)
  }
  const mapped = chain.at(-1)?.kind === 'mapping'
  return preferred(mapped ? heard : vehicleSpeaks.filter((id) => heard.includes(id)), facts)
}
