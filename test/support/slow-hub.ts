/**
 * The hub again, written apart from the engine and as plainly as possible: short time steps, powers shared anew at every
 * step by letting all rise together. Slow, and only as exact as its step.
 */
import type { PolicyName } from '../../src/hub/controller/index.ts'
import type { CurvePoints, HubModel } from '../../src/hub/plant/index.ts'

/** A step of time. */
const step_s = 1

export interface SlowSession {
  readonly place: number
  readonly from_s: number
  readonly to_s: number
  readonly capacity_kWh: number
  readonly soc_frac: number
  readonly target_frac: number
  readonly curve: CurvePoints
  readonly limit_kW: number
  readonly priority: number
  /** Caps from outside, rising in time, each until the next one. */
  readonly caps?: readonly { readonly at_s: number; readonly cap_kW: number }[]
}

/** Limit source of the caps. */
export const CAP_SOURCE = 'device.cap'

export interface SlowResult {
  readonly energy_kWh: number[]
  readonly heldBack_kWh: Record<string, number>
  readonly peak1min_kW: number
}

function interpolate(points: CurvePoints, soc: number): number {
  let before = points[0]
  for (const point of points) {
    if (point[0] > soc) {
      if (before === undefined || point[0] === before[0] || soc < before[0]) return point[1]
      return before[1] + ((point[1] - before[1]) * (soc - before[0])) / (point[0] - before[0])
    }
    before = point
  }
  return before?.[1] ?? 0
}

interface Demand {
  readonly place: number
  readonly limit_kW: number
  readonly weight: number
  readonly rank: number
  given_kW: number
  boundBy: string | null
}

class Shares {
  readonly model: HubModel
  readonly flow_kW: number[]

  constructor(model: HubModel) {
    this.model = model
    this.flow_kW = model.nodes.map(() => 0)
  }

  above(place: number): number[] {
    const path: number[] = []
    for (let n = this.model.places[place]?.node ?? -1; n >= 0; n = this.model.nodes[n]?.parent ?? -1) path.push(n)
    return path
  }

  room_kW(node: number): number {
    return (this.model.nodes[node]?.capacity_kW ?? 0) - (this.flow_kW[node] ?? 0)
  }

  give(demand: Demand, power_kW: number): void {
    demand.given_kW += power_kW
    for (const node of this.above(demand.place)) this.flow_kW[node] = (this.flow_kW[node] ?? 0) + power_kW
  }

  /** All rise together by weight until something stops them. */
  fill(demands: Demand[]): void {
    let rising = demands.filter((demand) => demand.limit_kW > 0)
    while (rising.length > 0) {
      let step = Math.min(...rising.map((demand) => (demand.limit_kW - demand.given_kW) / demand.weight))
      for (const [node] of this.model.nodes.entries()) {
        const weight = rising.filter((d) => this.above(d.place).includes(node)).reduce((sum, d) => sum + d.weight, 0)
        if (weight > 0) step = Math.min(step, Math.max(0, this.room_kW(node)) / weight)
      }
      for (const demand of rising) this.give(demand, step * demand.weight)
      rising = rising.filter((demand) => {
        if (demand.given_kW >= demand.limit_kW - 1e-9) return false
        const full = this.above(demand.place).filter((node) => this.room_kW(node) <= 1e-9)
        if (full.length > 0) demand.boundBy = this.model.nodes[full.at(-1) ?? 0]?.source ?? null
        return full.length === 0
      })
    }
  }

  /** Class after class, the highest priority first. */
  fillInClasses(demands: Demand[]): void {
    const ranks = [...new Set(demands.map(({ rank }) => rank))].sort((a, b) => a - b)
    for (const rank of ranks) this.fill(demands.filter((demand) => demand.rank === rank))
  }

  /** Whose floor fits shares with the others of them; what they leave goes to the rest in order. */
  fillAboveFloor(demands: Demand[], floor_kW: number): void {
    const reserved = new Shares(this.model)
    const inOrder = demands.filter((one) => one.limit_kW > 0).sort((a, b) => a.rank - b.rank || a.place - b.place)
    const fits = inOrder.filter((demand) => {
      const fitting = this.above(demand.place).every((node) => reserved.room_kW(node) >= floor_kW)
      if (fitting) reserved.give({ ...demand }, floor_kW)
      return fitting
    })
    this.fill(fits)
    this.serveInOrder(inOrder.filter((demand) => !fits.includes(demand)))
  }

  serveInOrder(demands: Demand[]): void {
    for (const demand of [...demands].sort((a, b) => a.rank - b.rank || a.place - b.place)) {
      const path = this.above(demand.place)
      const room_kW = Math.min(...path.map((node) => this.room_kW(node)))
      if (room_kW < demand.limit_kW) {
        const tight = path.findLast((node) => this.room_kW(node) <= room_kW + 1e-9)
        demand.boundBy = this.model.nodes[tight ?? 0]?.source ?? null
      }
      this.give(demand, Math.max(0, Math.min(room_kW, demand.limit_kW)))
    }
  }
}

function cap_kW({ caps = [] }: SlowSession, now_s: number): number {
  return caps.findLast(({ at_s }) => at_s <= now_s)?.cap_kW ?? Number.POSITIVE_INFINITY
}

function rankOf(policy: PolicyName, { from_s, to_s, priority }: SlowSession): number {
  if (policy === 'priority') return -priority
  return policy === 'earliest-departure' ? to_s : from_s
}

export function slowHub(
  model: HubModel,
  sessions: SlowSession[],
  { policy, floor_kW }: { readonly policy: PolicyName; readonly floor_kW: number },
  end_s: number,
): SlowResult {
  const soc = sessions.map((session) => session.soc_frac)
  const energy_kWh = sessions.map(() => 0)
  const heldBack_kWh: Record<string, number> = {}
  const minutes = new Array<number>(Math.ceil(end_s / 60)).fill(0)
  const rating = (place: number): number => model.places[place]?.rating_kW ?? 0
  const share = (now_s: number, at: readonly number[]): Demand[] => {
    const demands = sessions.map((session, i): Demand => {
      const here = session.from_s <= now_s && now_s < session.to_s
      const charging = here && (at[i] ?? 0) < session.target_frac - 1e-9
      const own_kW = Math.min(session.limit_kW, cap_kW(session, now_s))
      const limit_kW = charging ? Math.min(interpolate(session.curve, at[i] ?? 0), own_kW) : 0
      const byRating = policy === 'proportional' || policy === 'equal-rating'
      const rank = rankOf(policy, session)
      return {
        place: session.place,
        limit_kW,
        weight: byRating ? rating(session.place) : 1,
        rank,
        given_kW: 0,
        boundBy: null,
      }
    })
    const shares = new Shares(model)
    if (policy === 'fifo' || policy === 'earliest-departure') shares.serveInOrder(demands)
    else if (policy === 'priority') shares.fillInClasses(demands)
    else if (floor_kW > 0) shares.fillAboveFloor(demands, floor_kW)
    else if (policy === 'equal-rating') {
      const blind = demands.map((demand, i): Demand => {
        const session = sessions[i]
        const here = session !== undefined && session.from_s <= now_s && now_s < session.to_s
        return { ...demand, limit_kW: here ? rating(demand.place) : 0 }
      })
      shares.fill(blind)
      for (const [i, demand] of demands.entries()) {
        const allowed_kW = blind[i]?.given_kW ?? 0
        demand.given_kW = Math.min(demand.limit_kW, allowed_kW)
        if (allowed_kW < demand.limit_kW) demand.boundBy = blind[i]?.boundBy ?? null
      }
    } else shares.fill(demands)
    return demands
  }
  for (let now_s = 0; now_s < end_s - 1e-9; now_s += step_s) {
    const first = share(now_s, soc)
    const half = soc.map((s, i) => s + ((first[i]?.given_kW ?? 0) * step_s) / 7200 / (sessions[i]?.capacity_kWh ?? 1))
    for (const [i, demand] of share(now_s + step_s / 2, half).entries()) {
      const session = sessions[i]
      if (session === undefined) continue
      // Who would pass the target within half a step gets exactly what is missing to it.
      const arrives = (half[i] ?? 0) > session.target_frac - 1e-9 && (soc[i] ?? 0) < session.target_frac
      const missing_kWh = (session.target_frac - (soc[i] ?? 0)) * session.capacity_kWh
      const got_kWh = arrives ? missing_kWh : (demand.given_kW * step_s) / 3600
      const isCapped = cap_kW(session, now_s) < session.limit_kW
      const isThere = demand.limit_kW > 0 || (isCapped && session.from_s <= now_s && now_s < session.to_s)
      const could_kW =
        isThere && (half[i] ?? 0) < session.target_frac - 1e-9 ? interpolate(session.curve, half[i] ?? 0) : 0
      const own = isCapped ? CAP_SOURCE : 'charger.maxPower'
      const source = demand.boundBy ?? (could_kW > demand.limit_kW ? own : null)
      if (source !== null && could_kW > 0) {
        heldBack_kWh[source] = (heldBack_kWh[source] ?? 0) + (could_kW * step_s) / 3600 - got_kWh
      }
      energy_kWh[i] = (energy_kWh[i] ?? 0) + got_kWh
      soc[i] = (soc[i] ?? 0) + got_kWh / session.capacity_kWh
      const minute = Math.floor(now_s / 60)
      minutes[minute] = (minutes[minute] ?? 0) + got_kWh * 60
    }
  }
  return { energy_kWh, heldBack_kWh, peak1min_kW: Math.max(...minutes) }
}
