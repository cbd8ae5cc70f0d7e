import type { Glance, Plant, PlugIn } from '../../hub/plant/index.ts'
import type { ControlResult } from './result.ts'

/**
 * Whoever sets what each slot may draw from moment to moment: devices, cables, cabinets, a controller that sees meters only.
 * In a governed run the nodes of the hub share nothing by themselves; keeping their limits is the governor's task.
 *
 * What a slot draws is a row of stretches of constant or exponential power. The governor is told of the end of each, with
 * the slot settled, and of the beginning of the next one; in between it need not look. All times are seconds since the
 * start of the run.
 */
export interface Governor {
  /** How many alarms it needs. */
  readonly alarms: number
  /** Called once before time runs. */
  start(hub: GovernedHub): void
  ring(alarm: number, now_s: number): void
  /** A vehicle has been plugged in; its first stretch begins after this. */
  plugged(slot: number, vehicle: PlugIn, now_s: number): void
  /** A vehicle is about to leave; its last stretch has ended. */
  unplugged(slot: number, now_s: number): void
  /** `plant.power_kW` of the slot is what it drew at the end of the stretch. */
  stretchEnds(slot: number, now_s: number): void
  /** `plant.power_kW` and `plant.growth` of the slot are those of the new stretch; both 0 once charging has ended. */
  stretchBegins(slot: number, now_s: number): void
  /** What the site controller did, where there is one. */
  readonly control?: ControlResult | undefined
  snapshot(): unknown
  restore(state: unknown): void
}

/** What a governor may do. */
export interface GovernedHub {
  readonly plant: Plant
  readonly now_s: number
  /** Sets what a slot may draw from now on, and the limit source that is booked when that binds. */
  setAllowance(slot: number, power_kW: number, source: number): void
  /** The same as it stands. */
  allowance_kW(slot: number): number
  allowanceSource(slot: number): number
  /** Lets a vehicle that is being plugged in start with another profile; only from within `plugged`. */
  startWith(slot: number, profile: number): void
  /** Lets a vehicle take along another profile from now on, from the state of charge it has. */
  switchProfile(slot: number, profile: number): void
  /** Brings the state of charge and the power of a slot up to now; its stretch goes on. */
  settle(slot: number): void
  /** Reads what the vehicle at a slot does now. */
  glance(slot: number, into: Glance): void
  /** Voltage at the plug of a slot, where devices know it. */
  voltage_V?(slot: number): number
  /** The session of a slot is over for good: its vehicle leaves by then, unless it leaves earlier. */
  leaveBy(slot: number, when_s: number): void
  /** Sets or moves an alarm of the governor; Infinity: none. */
  setAlarm(alarm: number, when_s: number): void
}
