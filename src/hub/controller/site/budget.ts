import type { StateStore } from '../../plant/index.ts'
import type { ControllerSettings, HubDescription } from './description.ts'
import type { Readings } from './readings.ts'
import { Why } from './reasons.ts'

/** The most EVSEs may draw is remembered for one to two windows, since meters are read at other moments. */
const WINDOW_s = 15
/** Power nobody explains is believed for this long after it was last seen. */
const BELIEVED_s = 60
/** Error of the site meter. */
const METER_kW = 1
const METER_frac = 0.005
/** Meters of EVSEs that show this much more than the site meter are wrong, or it is. */
const DISAGREE_kW = 10
const DISAGREE_frac = 0.2

const At = { most_kW: 0, mostBefore_kW: 1, windowEnd_s: 2, unaccounted_kW: 3, believedUntil_s: 4, measured_s: 5 }

/**
 * What the EVSEs may draw in all: the site limit now or about to come, less other load, less what the site meter sees and
 * neither of them explains.
 */
export class Budget {
  readonly #settings: ControllerSettings
  readonly #limit_kW: number
  readonly #otherLoad_kW: number
  readonly #state: Float64Array
  /** What EVSEs may draw now. */
  capacity_kW = 0
  /** The next lower limit beyond that, if commands sent now could outlast it: when, and what EVSEs may draw then. */
  step_s = Number.POSITIVE_INFINITY
  stepCapacity_kW = 0
  /** Index of the reason of what is the matter, `controller.free`: nothing. */
  reason: number = Why.free

  constructor(hub: HubDescription, settings: ControllerSettings, store: StateStore) {
    this.#settings = settings
    this.#limit_kW = hub.nodes[0]?.capacity_kW ?? 0
    this.#otherLoad_kW = hub.otherLoad_kW
    this.#state = store.f64(6)
    this.#state[At.measured_s] = Number.NEGATIVE_INFINITY
  }

  /** Looks at the readings of the site; `bound_kW` is the most all EVSEs may draw by now. */
  update(readings: Readings, now_s: number, bound_kW: number): void {
    this.reason = Why.free
    const other_kW = readings.otherLoad_kW >= 0 ? readings.otherLoad_kW : this.#otherLoad_kW
    this.#remember(now_s, bound_kW)
    this.#account(readings, now_s, other_kW)
    const else_kW = other_kW + (this.#state[At.unaccounted_kW] as number)
    const reading_kW = Number.isNaN(readings.siteLimit_kW) ? this.#limit_kW : readings.siteLimit_kW
    const now_kW = this.#scheduled_kW(readings, now_s, 0, Math.min(this.#limit_kW, reading_kW))
    const soon_kW = this.#scheduled_kW(readings, now_s, this.#settings.lead_s, now_kW)
    if (soon_kW < now_kW && this.reason === Why.free) this.reason = Why.limitAhead
    this.capacity_kW = Math.max(0, soon_kW - else_kW)
    this.#lookAhead(readings, now_s, now_kW)
    this.stepCapacity_kW = Math.max(0, this.stepCapacity_kW - else_kW)
  }

  /** Notes a bound that holds after a decision: the highest of late is what the site meter is held against. */
  #remember(now_s: number, bound_kW: number): void {
    const state = this.#state
    if (now_s >= (state[At.windowEnd_s] as number)) {
      const over = now_s >= (state[At.windowEnd_s] as number) + WINDOW_s
      state[At.mostBefore_kW] = over ? bound_kW : (state[At.most_kW] as number)
      state[At.most_kW] = bound_kW
      state[At.windowEnd_s] = now_s + WINDOW_s
    }
    if (bound_kW > (state[At.most_kW] as number)) state[At.most_kW] = bound_kW
  }

  #account(readings: Readings, now_s: number, other_kW: number): void {
    const state = this.#state
    const { siteMeter_kW, siteMeasured_s } = readings
    const isNew =
      siteMeasured_s > (state[At.measured_s] as number) && siteMeasured_s <= now_s + this.#settings.clockError_s
    if (isNew && Number.isFinite(siteMeter_kW)) {
      state[At.measured_s] = siteMeasured_s
      const most_kW = Math.max(state[At.most_kW] as number, state[At.mostBefore_kW] as number)
      const excess_kW = siteMeter_kW - other_kW - most_kW
      if (excess_kW > METER_kW + METER_frac * siteMeter_kW) {
        state[At.unaccounted_kW] = Math.max(state[At.unaccounted_kW] as number, excess_kW)
        state[At.believedUntil_s] = now_s + BELIEVED_s
      }
    }
    if (now_s >= (state[At.believedUntil_s] as number)) state[At.unaccounted_kW] = 0
    if ((state[At.unaccounted_kW] as number) > 0) this.reason = Why.unaccounted
    else if (this.#isMissing(now_s)) this.reason = Why.siteMeterMissing
  }

  /** The site meter was there once and is silent. */
  #isMissing(now_s: number): boolean {
    const measured_s = this.#state[At.measured_s] as number
    return measured_s > Number.NEGATIVE_INFINITY && now_s - measured_s > this.#settings.stale_s
  }

  /** The lowest of a limit and of the scheduled ones that hold some time from now until then. */
  #scheduled_kW(readings: Readings, now_s: number, ahead_s: number, limit_kW: number): number {
    const { scheduleCount, scheduleFrom_s, schedule_kW } = readings
    let least_kW = limit_kW
    for (let i = 0; i < scheduleCount; i++) {
      const begins = (scheduleFrom_s[i] as number) <= now_s + ahead_s
      const step_kW = schedule_kW[i] as number
      if (begins && step_kW < least_kW && this.#holdsAfter(scheduleFrom_s, scheduleCount, i, now_s)) least_kW = step_kW
    }
    return least_kW
  }

  /** Whether a step of the schedule is not yet over. */
  #holdsAfter(scheduleFrom_s: Float64Array, count: number, step: number, now_s: number): boolean {
    return step + 1 >= count || (scheduleFrom_s[step + 1] as number) > now_s
  }

  /** Finds the steps below the limit of now that commands sent now could outlast. */
  #lookAhead({ scheduleCount, scheduleFrom_s, schedule_kW }: Readings, now_s: number, now_kW: number): void {
    this.step_s = Number.POSITIVE_INFINITY
    this.stepCapacity_kW = Number.POSITIVE_INFINITY
    const { validity_s, clockError_s } = this.#settings
    for (let i = 0; i < scheduleCount; i++) {
      const from_s = scheduleFrom_s[i] as number
      if (from_s <= now_s || from_s > now_s + validity_s + clockError_s) continue
      if (!((schedule_kW[i] as number) < now_kW)) continue
      this.step_s = Math.min(this.step_s, from_s)
      this.stepCapacity_kW = Math.min(this.stepCapacity_kW, schedule_kW[i] as number)
    }
  }

  /** When the schedule wants to be looked at again. */
  due_s({ scheduleCount, scheduleFrom_s }: Readings, now_s: number): number {
    const { lead_s, validity_s, clockError_s } = this.#settings
    let due_s = (this.#state[At.unaccounted_kW] as number) > 0 ? (this.#state[At.believedUntil_s] as number) : Infinity
    for (let i = 0; i < scheduleCount; i++) {
      const from_s = scheduleFrom_s[i] as number
      if (from_s > now_s) due_s = Math.min(due_s, from_s)
      if (from_s - lead_s > now_s) due_s = Math.min(due_s, from_s - lead_s)
      const horizon_s = from_s - validity_s - clockError_s
      if (horizon_s > now_s) due_s = Math.min(due_s, horizon_s)
    }
    return due_s
  }

  /** Whether meters of EVSEs show more than the site meter can have seen. */
  disagrees(readings: Readings, draw_kW: number): boolean {
    return draw_kW * (1 - DISAGREE_frac) - DISAGREE_kW > readings.siteMeter_kW
  }
}
