import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import type { RecordedSession, Recording } from '../replay.ts'

/** A recorded session as its energy goes, all at the plug. */
export interface Charge {
  readonly plug_s: number
  readonly unplug_s: number
  /** Most that outlet and battery take together. */
  readonly rating_kW: number
  /** Energy to full at plug-in. */
  readonly room_kWh: number
  /** The battery takes at most the energy it still has room for, divided by this; 0: all its power until it is full. */
  readonly taper_h: number
}

function chargeOf(session: RecordedSession, recording: Recording): Charge {
  const { efficiency_frac, transition_frac, outlets_kW } = recording
  const { plug_s, unplug_s, capacity_kWh, maxPower_kW } = session
  return {
    plug_s,
    unplug_s,
    rating_kW: Math.min(maxPower_kW / efficiency_frac, outlets_kW[session.outlet] ?? 0),
    room_kWh: ((1 - session.soc_frac) * capacity_kWh) / efficiency_frac,
    taper_h: ((1 - transition_frac) * capacity_kWh) / maxPower_kW,
  }
}

/** The sessions of a recording that can take any energy. */
export function chargesOf(recording: Recording): Charge[] {
  return recording.sessions.map((session) => chargeOf(session, recording)).filter(({ room_kWh }) => room_kWh > 0)
}

/** Hours between two moments in seconds. */
export function hours(from_s: number, to_s: number): number {
  return (to_s - from_s) / SECONDS_PER_HOUR
}

/** Most power a session can take with so much room left. */
export function most_kW({ rating_kW, taper_h }: Charge, room_kWh: number): number {
  return room_kWh <= 0 ? 0 : Math.min(rating_kW, room_kWh / taper_h)
}

/** Room left after charging without any limit for some hours: straight down to the knee, then an exponential. */
export function roomAfter({ rating_kW, taper_h }: Charge, room_kWh: number, time_h: number): number {
  const flat_kWh = Math.max(0, room_kWh - taper_h * rating_kW)
  if (rating_kW * time_h <= flat_kWh) return room_kWh - rating_kW * time_h
  if (taper_h === 0) return 0
  return Math.min(room_kWh, taper_h * rating_kW) * Math.exp((flat_kWh / rating_kW - time_h) / taper_h)
}
