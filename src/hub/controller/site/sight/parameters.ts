/** What lies between a hub and its controller. */
export interface SightParameters {
  /** Between two readings of the meter of an EVSE; those of different EVSEs are spread over it. */
  readonly meter_s: number
  /** Between two readings of the site meter; Infinity: there is none. */
  readonly siteMeter_s: number
  /** From measuring to the controller. */
  readonly reading_s: number
  /** From the controller to being in force at the station. */
  readonly command_s: number
  /** From being in force to the answer at the controller. */
  readonly answer_s: number
  /** From plugging in or out to the controller; such a message is never lost: it is repeated until it is answered. */
  readonly status_s: number
  /** Steps of what a meter shows; 0: none. */
  readonly round_kW: number
  readonly round_A: number
  /** Part of readings, commands and answers that never arrive. */
  readonly lost_frac: number
  /** Part of all messages that come later than the rest, and by how much on average. */
  readonly late_frac: number
  readonly late_s: number
  /** Whether vehicles say their state of charge, and what they could take. */
  readonly tellsSoc: boolean
  readonly tellsCanTake: boolean
}

/** What a management system sees: `--sight csms`. */
export const csms: SightParameters = {
  meter_s: 10,
  siteMeter_s: 10,
  reading_s: 0.2,
  command_s: 2,
  answer_s: 0.2,
  status_s: 0.5,
  round_kW: 0.1,
  round_A: 1,
  lost_frac: 0.01,
  late_frac: 0.02,
  late_s: 10,
  tellsSoc: true,
  tellsCanTake: false,
}

/** The truth, every second and at once: `--sight perfect`. */
export const perfect: SightParameters = {
  meter_s: 1,
  siteMeter_s: 1,
  reading_s: 0,
  command_s: 0,
  answer_s: 0,
  status_s: 0,
  round_kW: 0,
  round_A: 0,
  lost_frac: 0,
  late_frac: 0,
  late_s: 0,
  tellsSoc: true,
  tellsCanTake: true,
}

/** Sights by name. */
export const sights = { csms, perfect } as const
export type SightName = keyof typeof sights
