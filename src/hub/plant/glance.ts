import { SECONDS_PER_HOUR } from '../../base/units/index.ts'
import { Mode, type Plant } from './plant.ts'

/** What a vehicle at a slot does at a moment. */
export interface Glance {
  power_kW: number
  soc_frac: number
  /** What could flow into it if nothing but vehicle and post limited it. */
  envelope_kW: number
}

/** Reads a slot that draws a power of its own at a moment since it was settled, without settling it. */
export function glance(plant: Plant, slot: number, now_s: number, into: Glance): void {
  const mode = plant.mode[slot]
  if (mode === Mode.empty || mode === Mode.done) {
    into.power_kW = 0
    into.envelope_kW = 0
    into.soc_frac = plant.soc_frac[slot] as number
    return
  }
  const hours_h = (now_s - (plant.settled_s[slot] as number)) / SECONDS_PER_HOUR
  const start_kW = plant.power_kW[slot] as number
  const growth = plant.growth[slot] as number
  const rise_kW = growth === 0 ? 0 : start_kW * Math.expm1(growth * hours_h)
  const drawn_kWh = growth === 0 ? start_kW * hours_h : rise_kW / growth
  const { from_frac, envelope_kW, envelopeSlope } = plant.profiles
  const piece = plant.piece[slot] as number
  into.power_kW = start_kW + rise_kW
  into.soc_frac = (plant.soc_frac[slot] as number) + drawn_kWh / (plant.capacity_kWh[slot] as number)
  const beyond = into.soc_frac - (from_frac[piece] as number)
  into.envelope_kW = (envelope_kW[piece] as number) + (envelopeSlope[piece] as number) * beyond
}
