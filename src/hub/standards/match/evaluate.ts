import type { Inlet } from '../schema/index.ts'
import { accessObstacle, ruleFor } from './access.ts'
import { type Chain, chainsBetween, commonProtocol } from './chains.ts'
import type { PreparedOutlet } from './facts.ts'
import { limitsOf, type Path, tightest_kW } from './limits.ts'
import type { Question, Variant } from './question.ts'
import type { Limit, Obstacle } from './result.ts'
import { adapterObstacles, type Session, sessionOf } from './session.ts'

/** One way from the post into the vehicle, judged. */
export interface Evaluation {
  readonly variant: Variant
  readonly outlet: PreparedOutlet
  readonly inlet: Inlet
  /** Null: no row of adapters leads from plug to inlet. */
  readonly chain: Chain | null
  readonly protocol: string | null
  readonly session: Session
  readonly obstacles: readonly Obstacle[]
  readonly limits: readonly Limit[]
  readonly power_kW: number | null
}

/** Where a way leads and what it leads through. */
export type Way = Pick<Evaluation, 'variant' | 'outlet' | 'inlet' | 'chain'>

function fitObstacle({ chain, outlet, inlet }: Way): Obstacle[] {
  if (chain !== null) return []
  return [{ code: 'connector.fit', params: { plug: outlet.record.connector, inlet: inlet.connector } }]
}

function protocolObstacle(protocol: string | null, { outlet, variant }: Way): Obstacle[] {
  if (protocol !== null) return []
  return [{ code: 'protocol.common', params: { post: outlet.protocols, vehicle: variant.speaks } }]
}

/** A captive adapter is the network's own offer to vehicles it has no agreement with. */
function accessObstacles(question: Question, { variant, chain }: Way): Obstacle[] {
  if (chain?.[0]?.kind === 'captive') return []
  const { date, memberships } = question
  const visitor = { vehicle: question.vehicle.record, region: variant.region, date, memberships }
  const obstacle = accessObstacle(question.post.record, visitor)
  return obstacle ? [obstacle] : []
}

/**
 * Power a maker reports for a partner network: a cap of the vehicle's software there. Where the pack needs more than
 * the network's older posts reach, the figure is that of low-voltage charging and says nothing about other posts.
 */
export function networkCap_kW(question: Question, variant: Variant, session: Session): number | null {
  const { record } = question.vehicle
  const isPartner = ruleFor(question.post.record.access, variant.region).type === 'partner'
  const isMissing = session.low !== null && session.low.power_kW === null
  const applies = isPartner && (variant.mode.strategy === 'native' || isMissing)
  return applies ? (record.partnerAccess?.maxPower_kW ?? null) : null
}

function pathOf(question: Question, way: Way, session: Session): Path {
  const { facts, vehicle, post, ambient_degC, hottest_degC, soc_frac } = question
  return {
    facts,
    vehicle,
    post,
    outlet: way.outlet,
    inlet: way.inlet,
    chain: way.chain ?? [],
    session,
    ambient_degC,
    hottest_degC,
    soc_frac,
    networkCap_kW: networkCap_kW(question, way.variant, session),
  }
}

/** Judges one way: every obstacle on it, or every limit. */
export function evaluate(question: Question, way: Way): Evaluation {
  const session = sessionOf(question.vehicle, way.variant.mode, way.outlet.record)
  const protocol = commonProtocol(way.outlet, way.chain ?? [], way.variant.speaks, question.facts)
  const obstacles = [
    ...fitObstacle(way),
    ...protocolObstacle(protocol, way),
    ...accessObstacles(question, way),
    ...session.obstacles,
    ...adapterObstacles(way.chain ?? [], session.top_V),
  ]
  const limits =
    obstacles.length > 0
      ? obstacles.map(({ code, params }) => ({ source: code, power_kW: 0, params }))
      : limitsOf(pathOf(question, way, session))
  const { variant, outlet, inlet, chain } = way
  return { variant, outlet, inlet, chain, protocol, session, obstacles, limits, power_kW: tightest_kW(limits) }
}

function fits({ obstacles }: Evaluation): boolean {
  return obstacles.length === 0
}

/** Below zero: `a` is the better answer. Fitting before not, more power before less, fewer adapters before more. */
function compare(a: Evaluation, b: Evaluation): number {
  if (fits(a) !== fits(b)) return fits(a) ? -1 : 1
  const byGeometry = Number(a.chain === null) - Number(b.chain === null)
  const byObstacles = byGeometry || a.obstacles.length - b.obstacles.length
  const byPower = (b.power_kW ?? 0) - (a.power_kW ?? 0)
  return byObstacles || byPower || (a.chain?.length ?? 0) - (b.chain?.length ?? 0)
}

/** Every way the post and the vehicle could meet, in one variant. */
export function waysOf(question: Question, variant: Variant): Way[] {
  return question.outlets.flatMap((outlet) =>
    variant.inlets.flatMap((inlet): Way[] => {
      const chains = chainsBetween(outlet, inlet.connector, question.carried, question.facts)
      if (chains.length === 0) return [{ variant, outlet, inlet, chain: null }]
      return chains.map((chain) => ({ variant, outlet, inlet, chain }))
    }),
  )
}

/** The best way of all; null where the vehicle has no DC inlet or the post no such plug. */
export function bestOf(question: Question): Evaluation | null {
  let best: Evaluation | null = null
  for (const variant of question.variants) {
    for (const way of waysOf(question, variant)) {
      const found = evaluate(question, way)
      if (best === null || compare(found, best) < 0) best = found
    }
  }
  return best
}
