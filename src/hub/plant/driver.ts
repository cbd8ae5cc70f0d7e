import type { PlugIn } from './model.ts'

/**
 * What brings vehicles to the hub and takes them away. The run calls it at its alarms; it answers through `HubControls`.
 * A driver never reads a clock: every call says what time it is, in seconds since the start of the run. At equal times
 * physics comes first, then leaving vehicles by place, then alarms of the driver by number.
 */
export interface Driver {
  /** How many alarms it needs: an arrival process needs one, a queue with patience one more for each waiting vehicle. */
  readonly alarms: number
  /** Called once before time runs: set the first alarms here. */
  start(hub: HubControls): void
  /** One of its own alarms has come. */
  ring(alarm: number, now_s: number): void
  /** The stay of a vehicle is over: call `unplug(place)`. */
  leave(place: number, now_s: number): void
  /** A vehicle has reached its target or takes nothing more. It stays plugged in until `leaveAt` or its `leaves_s`. */
  done(place: number, now_s: number): void
  /** State of the driver as plain data (structured clone), and its return. */
  snapshot(): unknown
  restore(state: unknown): void
}

/** What a driver may do. All times in seconds since the start of the run. */
export interface HubControls {
  /** Plugs a vehicle in now; the place must be free. */
  plugIn(vehicle: PlugIn): void
  /**
   * Unplugs the vehicle at a place now and books its session. `moves`: it goes on at another place, so nothing is missing
   * yet and its session ends there; plug it in with `moved`.
   */
  unplug(place: number, moves?: boolean): void
  isFree(place: number): boolean
  /** State of charge of the vehicle at a place, now. */
  soc_frac(place: number): number
  /** Sets or moves the moment a plugged-in vehicle leaves; Infinity: not known. */
  leaveAt(place: number, when_s: number): void
  /** Sets or moves an alarm of the driver; Infinity: none. */
  setAlarm(alarm: number, when_s: number): void
  /** Says how many vehicles wait from now on. */
  setWaiting(count: number): void
}
