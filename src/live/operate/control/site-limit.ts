import type { Coded } from '../../../base/words/index.ts'
import type { HubDescription, Readings } from '../../../hub/controller/site/index.ts'

/** From a moment on the site may draw so much; null: as much as its connection. */
export interface LimitStep {
  readonly from_ms: number
  readonly limit_kW: number | null
}

export interface LimitRequest {
  readonly limit_kW: number | null
  /** null: from now on. */
  readonly from_ms: number | null
}

/** What was asked for holds, with what is to be said of it; or it cannot be meant. */
export type LimitAnswer =
  | { readonly ok: true; readonly warnings: readonly Coded[] }
  | { readonly ok: false; readonly because: Coded }

/** Coming steps the controller can keep, less one that begins now. */
const MOST_STEPS = 15

/** The limit of the site now and in time to come. */
export class SiteLimit {
  readonly #connection_kW: number
  #steps: readonly LimitStep[]

  constructor(hub: HubDescription, steps: readonly LimitStep[] = []) {
    this.#connection_kW = hub.nodes[0]?.capacity_kW ?? 0
    this.#steps = [...steps].sort((a, b) => a.from_ms - b.from_ms)
  }

  get steps(): readonly LimitStep[] {
    return this.#steps
  }

  /** What may be drawn at a moment. */
  at_kW(now_ms: number): number {
    const step = this.#steps.findLast(({ from_ms }) => from_ms <= now_ms)
    return Math.min(this.#connection_kW, step?.limit_kW ?? this.#connection_kW)
  }

  /** Takes a step in. What is refused is not taken. */
  set({ limit_kW, from_ms }: LimitRequest, now_ms: number): Coded | null {
    if (limit_kW !== null && !(limit_kW >= 0 && limit_kW < Number.POSITIVE_INFINITY)) {
      return { code: 'control.limit.notANumber', params: { limit: limit_kW } }
    }
    if (from_ms !== null && !(from_ms >= now_ms)) {
      const from = Number.isFinite(from_ms) ? new Date(from_ms).toISOString() : String(from_ms)
      return { code: 'control.limit.past', params: { from } }
    }
    const step = { from_ms: from_ms ?? now_ms, limit_kW }
    const coming = this.#steps.filter((other) => other.from_ms > now_ms && other.from_ms !== step.from_ms)
    if (coming.length >= MOST_STEPS) return { code: 'control.limit.tooMany', params: { most: MOST_STEPS } }
    const current = this.#steps.findLast((other) => other.from_ms <= now_ms)
    const kept = current && from_ms !== null ? [current, ...coming] : coming
    this.#steps = [...kept, step].sort((a, b) => a.from_ms - b.from_ms)
    return null
  }

  /** Takes a coming step back; false: there is none at that moment. */
  cancel(from_ms: number, now_ms: number): boolean {
    const before = this.#steps.length
    this.#steps = this.#steps.filter((step) => step.from_ms !== from_ms || step.from_ms <= now_ms)
    return this.#steps.length < before
  }

  /** Tells the controller. */
  write(readings: Readings, now_ms: number): void {
    const now_kW = this.at_kW(now_ms)
    readings.siteLimit_kW = this.#steps.length === 0 ? Number.NaN : now_kW
    const coming = this.#steps.filter(({ from_ms }) => from_ms > now_ms)
    for (const [at, { from_ms, limit_kW }] of coming.entries()) {
      readings.scheduleFrom_s[at] = from_ms / 1000
      readings.schedule_kW[at] = Math.min(this.#connection_kW, limit_kW ?? this.#connection_kW)
    }
    readings.scheduleCount = coming.length
  }
}

/** What a site limit is held against. */
export interface LimitCase {
  readonly hub: HubDescription
  readonly otherLoad_kW: number
  readonly sessions: number
  readonly request: LimitRequest
  readonly now_ms: number
  readonly lead_s: number
  readonly validity_s: number
}

/** Sessions that get their floor under a limit; null: all do. */
export function belowFloors(
  given: Pick<LimitCase, 'hub' | 'otherLoad_kW' | 'sessions'> & { readonly limit_kW: number },
) {
  const { hub, otherLoad_kW, sessions, limit_kW } = given
  const served = servedSessions(limit_kW - otherLoad_kW, hub, sessions)
  if (served >= sessions) return null
  return { limit: limit_kW, served, sessions, floor: hub.evses[0]?.floor_kW ?? 0 }
}

/** Sessions that get their floor when the others are left with their standing limits. */
function servedSessions(room_kW: number, hub: HubDescription, sessions: number): number {
  const [evse] = hub.evses
  const floor_kW = evse?.floor_kW ?? 0
  const default_kW = evse?.default_kW ?? 0
  if (floor_kW <= default_kW) return sessions
  return Math.max(0, Math.min(sessions, Math.floor((room_kW - sessions * default_kW) / (floor_kW - default_kW))))
}

/** What has to be said of a limit that is taken. */
export function limitWarnings(given: LimitCase): readonly Coded[] {
  const { hub, otherLoad_kW, sessions, request, now_ms, lead_s, validity_s } = given
  const { limit_kW, from_ms } = request
  if (limit_kW === null) return []
  const connection_kW = hub.nodes[0]?.capacity_kW ?? 0
  const sum_kW = hub.evses.reduce((sum, { default_kW }) => sum + default_kW, otherLoad_kW)
  const starved = belowFloors({ hub, otherLoad_kW, sessions, limit_kW })
  const warnings: Coded[] = []
  if (limit_kW > connection_kW) {
    warnings.push({ code: 'control.limit.aboveConnection', params: { limit: limit_kW, connection: connection_kW } })
  }
  if (limit_kW < sum_kW)
    warnings.push({ code: 'control.limit.belowDefaults', params: { limit: limit_kW, sum: sum_kW } })
  if (starved) warnings.push({ code: 'control.limit.belowFloors', params: starved })
  if ((from_ms ?? now_ms) - now_ms < (lead_s + validity_s) * 1000) {
    warnings.push({ code: 'control.limit.atOnce', params: { validity: validity_s } })
  }
  return warnings
}
