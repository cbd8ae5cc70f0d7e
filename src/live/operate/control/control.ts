import type { Coded } from '../../../base/words/index.ts'
import {
  type ControllerSettings,
  explain,
  explainSite,
  type HubDescription,
  Readings,
  reasons,
  Setpoints,
  SiteController,
} from '../../../hub/controller/site/index.ts'
import { type Clock, ClockScope } from '../../clock/index.ts'
import type { OperateStore } from '../ports.ts'
import { Fleet, type OperationPort } from './fleet.ts'
import { DecisionJournal } from './log/journal.ts'
import { quirks as knownQuirks } from './probe/quirks.generated.ts'
import type { Quirk } from './probe/quirks.ts'
import { type ControlSettings, defaultControlSettings } from './settings.ts'
import { belowFloors, type LimitAnswer, type LimitStep, limitWarnings, SiteLimit } from './site-limit.ts'
import type { ControlledPlace } from './state.ts'
import { type LimitSource, type NodeState, nodeStates, sourcesOf } from './views.ts'

export interface ControlOptions {
  readonly hub: HubDescription
  /** Where each EVSE of the description is, in its order. */
  readonly places: readonly ControlledPlace[]
  readonly operation: OperationPort
  readonly store: Pick<OperateStore, 'decisions' | 'append'>
  readonly clock: Clock
  readonly engineVersion: string
  readonly controller?: Partial<ControllerSettings>
  readonly settings?: Partial<ControlSettings>
  /** Those of data/quirks by default. */
  readonly quirks?: readonly Quirk[]
  /** Index in the description's curves of a vehicle of the catalogue; -1: none. */
  readonly curveOf?: (vehicle: string) => number
  /** Value of the setting `siteLimitSetting` as the store has it. */
  readonly kept?: unknown
}

/** Name of the setting that keeps limits of the site over a restart. */
export const siteLimitSetting = 'siteLimit'

/** The limit of an EVSE and why it has it. */
export interface EvseLimit {
  readonly limit_kW: number
  readonly until_s: number | null
  /** What its station has said it keeps to; null: nothing yet. */
  readonly confirmed_kW: number | null
  readonly reason: Coded
  /** Why the last limit was refused, or had to be told otherwise. */
  readonly refusal: Coded | null
}

/** Limits of these EVSEs have changed, or the reasons for them. */
export interface ControlEvent {
  readonly at_ms: number
  readonly evses: readonly { readonly stationId: string; readonly evse: number; readonly limit: EvseLimit }[]
}

const disobeys = reasons.indexOf('controller.disobeys')

function keptSteps(kept: unknown): readonly LimitStep[] {
  const isStep = (step: LimitStep): boolean =>
    typeof step?.from_ms === 'number' && (step.limit_kW === null || typeof step.limit_kW === 'number')
  return Array.isArray(kept) ? (kept as LimitStep[]).filter(isStep) : []
}

/** The site controller at work on a living hub: it hears what stations tell, decides, and sees to it that they keep to it. */
export class Control {
  readonly #options: ControlOptions & { readonly clock: ClockScope }
  readonly #settings: ControlSettings
  readonly #controller: SiteController
  readonly #readings: Readings
  readonly #setpoints: Setpoints
  readonly #fleet: Fleet
  readonly #journal: DecisionJournal
  readonly #limit: SiteLimit
  readonly #listeners = new Set<(event: ControlEvent) => void>()
  readonly #shownReason: Int32Array
  readonly #shown_kW: Float64Array
  #otherLoad_kW = Number.NaN
  #cancel: (() => void) | null = null
  #due_ms = Number.POSITIVE_INFINITY
  #unsubscribe: (() => void) | null = null
  #isClosed = false

  constructor(options: ControlOptions) {
    const { hub, operation, store, engineVersion, places, quirks = knownQuirks, curveOf = () => -1 } = options
    const clock = new ClockScope(options.clock)
    const evses = hub.evses.length
    this.#options = { ...options, clock }
    this.#settings = { ...defaultControlSettings, ...options.settings }
    this.#controller = new SiteController(hub, options.controller)
    this.#readings = new Readings(evses)
    this.#setpoints = new Setpoints(evses)
    this.#shownReason = new Int32Array(evses).fill(-1)
    this.#shown_kW = new Float64Array(evses).fill(Number.NaN)
    this.#limit = new SiteLimit(hub, keptSteps(options.kept))
    const { validity_s, clockError_s } = this.#controller.settings
    const { flush_ms, mostEntries } = this.#settings
    this.#journal = new DecisionJournal({
      ...{ store, clock, hub, controller: this.#controller, engineVersion, flush_ms, mostEntries },
    })
    this.#fleet = new Fleet({
      ...{ hub, places, operation, clock, settings: this.#settings, quirks, curveOf, validity_s, clockError_s },
      readings: this.#readings,
      news: () => this.#wake(clock.now_ms() + this.#settings.gather_ms),
    })
    this.#unsubscribe = operation.subscribe((event) => this.#fleet.hear(event))
    this.#wake(clock.now_ms() + this.#settings.gather_ms)
  }

  /** What the site may draw now. */
  get siteLimit_kW(): number {
    return this.#limit.at_kW(this.#options.clock.now_ms())
  }

  /** Limits of the site, those that are coming too. */
  get siteLimits(): readonly LimitStep[] {
    return this.#limit.steps
  }

  /**
   * Limits the site from a moment on, at once without one; null: to its connection. A limit that cannot be kept in every case is
   * taken, with warnings that say so.
   */
  setSiteLimit(limit_kW: number | null, from_ms: number | null = null): LimitAnswer {
    const { clock, hub } = this.#options
    const now_ms = clock.now_ms()
    const request = { limit_kW, from_ms }
    const because = this.#limit.set(request, now_ms)
    if (because) return { ok: false, because }
    this.#keepLimit(now_ms)
    const { lead_s, validity_s } = this.#controller.settings
    const otherLoad_kW = this.#otherLoad_kW >= 0 ? this.#otherLoad_kW : hub.otherLoad_kW
    const { sessions } = this.#fleet
    return { ok: true, warnings: limitWarnings({ hub, otherLoad_kW, sessions, request, now_ms, lead_s, validity_s }) }
  }

  /** Takes a limit back that has not begun; false: there is none from that moment on. */
  cancelSiteLimit(from_ms: number): boolean {
    const now_ms = this.#options.clock.now_ms()
    if (!this.#limit.cancel(from_ms, now_ms)) return false
    this.#keepLimit(now_ms)
    return true
  }

  /** What the meter at the connection of the site showed. */
  siteMeter(power_kW: number, at_ms: number): void {
    this.#readings.siteMeter_kW = power_kW
    this.#readings.siteMeasured_s = at_ms / 1000
    this.#wake(this.#options.clock.now_ms() + this.#settings.gather_ms)
  }

  /** Load of the site besides the EVSEs; NaN: not known, that of the description counts. */
  setOtherLoad(power_kW: number): void {
    this.#otherLoad_kW = power_kW
    this.#wake(this.#options.clock.now_ms() + this.#settings.gather_ms)
  }

  /** The limit of an EVSE now; null: it is not controlled. */
  limitOf(stationId: string, evse: number): EvseLimit | null {
    const found = this.#fleet.evse(stationId, evse)
    return found ? this.#limitAt(found.index) : null
  }

  /** What bounds an EVSE, the tightest first; null: it is not controlled. */
  explain(stationId: string, evse: number): readonly LimitSource[] | null {
    const found = this.#fleet.evse(stationId, evse)
    if (!found) return null
    const { hub } = this.#options
    const share = this.#limitAt(found.index).reason
    return sourcesOf({ hub, setpoints: this.#setpoints, index: found.index, share, budget_kW: this.#budget_kW })
  }

  /** Power and limits of the nodes of the description, in its order. */
  nodes(): readonly NodeState[] {
    const { hub } = this.#options
    const { power_kW } = this.#readings
    return nodeStates({ hub, setpoints: this.#setpoints, power_kW, siteLimit_kW: this.siteLimit_kW })
  }

  /** What is the matter with the site; null: nothing. */
  siteReason(): Coded | null {
    return explainSite(this.#setpoints)
  }

  /** Whether a station is connected, has its standing limits and takes limits. */
  isControlled(stationId: string): boolean {
    return this.#fleet.station(stationId)?.isControlled ?? false
  }

  /** Hears of limits that change; the answer ends that. */
  subscribe(listener: (event: ControlEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Stops deciding; what was decided is handed to the store. Stations go on by what they were told, then fall back. */
  close(): void {
    this.#isClosed = true
    this.#cancel?.()
    this.#unsubscribe?.()
    this.#journal.flush()
    this.#options.clock.end()
  }

  get #budget_kW(): number {
    const other_kW = this.#otherLoad_kW >= 0 ? this.#otherLoad_kW : this.#options.hub.otherLoad_kW
    return Math.max(0, this.siteLimit_kW - other_kW)
  }

  #keepLimit(now_ms: number): void {
    const event = { kind: 'setting', at_ms: now_ms, name: siteLimitSetting, value: this.#limit.steps } as const
    // What could not be stored is an alarm of the store; the limit holds all the same.
    this.#options.store.append([event]).catch(() => {})
    this.#wake(now_ms)
  }

  #wake(at_ms: number): void {
    if (this.#isClosed || at_ms >= this.#due_ms) return
    const { clock } = this.#options
    this.#cancel?.()
    this.#due_ms = at_ms
    this.#cancel = clock.after(at_ms - clock.now_ms(), () => this.#decide())
  }

  #decide(): void {
    const { clock } = this.#options
    const readings = this.#readings
    const now_ms = clock.now_ms()
    this.#due_ms = Number.POSITIVE_INFINITY
    readings.time_s = now_ms / 1000
    this.#limit.write(readings, now_ms)
    this.#writeOtherLoad()
    this.#journal.before(readings)
    const askAgain_s = this.#controller.decide(readings, this.#setpoints)
    this.#journal.after(this.#setpoints, askAgain_s)
    this.#fleet.send(this.#setpoints)
    this.#show(now_ms)
    if (askAgain_s < Number.POSITIVE_INFINITY) this.#wake(Math.max(now_ms, askAgain_s * 1000))
  }

  #writeOtherLoad(): void {
    const unguarded_kW = this.#fleet.unguarded_kW
    const other_kW = this.#otherLoad_kW >= 0 ? this.#otherLoad_kW : this.#options.hub.otherLoad_kW
    this.#readings.otherLoad_kW = other_kW + unguarded_kW
  }

  /** Tells limits and reasons that have changed, and keeps the alarms that follow from them. */
  #show(at_ms: number): void {
    const { operation, hub } = this.#options
    const changed: ControlEvent['evses'][number][] = []
    for (const { index, place } of this.#fleet.evses) {
      const reason = this.#setpoints.reason[index] as number
      const limit_kW = this.#setpoints.limit_kW[index] as number
      const before = this.#shownReason[index] as number
      if (reason === before && limit_kW === this.#shown_kW[index]) continue
      this.#shownReason[index] = reason
      this.#shown_kW[index] = limit_kW
      const { stationId, evse } = place
      changed.push({ stationId, evse, limit: this.#limitAt(index) })
      if ((reason === disobeys) === (before === disobeys)) continue
      const params = { station: stationId, evse, limit: limit_kW }
      operation.alarm({ code: 'alarm.disobeys', stationId, evse }, reason === disobeys, params)
    }
    const isBelow = this.siteReason()?.code === 'controller.defaultsExceedLimit'
    operation.alarm({ code: 'alarm.defaultsExceedLimit', stationId: null, evse: null }, isBelow)
    const starved = belowFloors({ hub, otherLoad_kW: 0, sessions: this.#fleet.sessions, limit_kW: this.#budget_kW })
    operation.alarm({ code: 'alarm.belowFloors', stationId: null, evse: null }, starved !== null, starved ?? {})
    if (changed.length > 0) for (const listener of this.#listeners) listener({ at_ms, evses: changed })
  }

  #limitAt(index: number): EvseLimit {
    const { hub } = this.#options
    const until_s = this.#setpoints.until_s[index] as number
    const confirmed_kW = this.#readings.confirmed_kW[index] as number
    return {
      limit_kW: this.#setpoints.limit_kW[index] as number,
      until_s: Number.isFinite(until_s) ? until_s : null,
      confirmed_kW: Number.isNaN(confirmed_kW) ? null : confirmed_kW,
      reason: explain(hub, this.#setpoints, index),
      refusal: this.#fleet.evses[index]?.refusal ?? null,
    }
  }
}
