import { ProfileTable } from '../../src/hub/plant/index.ts'
import { type Draw, PACK_STATE, type PackHeat, type VehicleEnvelope } from '../../src/hub/plant/vehicle/index.ts'

/** A charge of one vehicle alone. */
export interface LoneCharge {
  readonly envelope: VehicleEnvelope
  readonly heat: PackHeat
  readonly capacity_kWh: number
  readonly from_frac: number
  readonly to_frac: number
  readonly start_degC: number
  readonly ambient_degC: number
}

export interface LoneResult {
  readonly duration_min: number
  readonly mean_kW: number
  readonly energy_kWh: number
  readonly end_degC: number
  readonly updates: number
  readonly wear: number
  readonly heat_kWh: number
}

/**
 * What the engine does with a vehicle that nobody holds back: from event to event (end of a piece, update of the
 * temperature) in closed form.
 */
export function loneCharge(charge: LoneCharge): LoneResult {
  const { envelope, heat, capacity_kWh, to_frac, ambient_degC } = charge
  const state = new Float64Array(PACK_STATE)
  const tables = new Map<number, ProfileTable>()
  const profile = (level: number): ProfileTable => {
    const table = tables.get(level) ?? new ProfileTable()
    if (!tables.has(level)) table.add(envelope.scaled(level))
    tables.set(level, table)
    return table
  }
  heat.start(state, 0, charge.start_degC)
  let table = profile(heat.level(state, 0))
  let soc_frac = charge.from_frac
  let time_s = 0
  let updates = 0
  const draw: Draw = { soc_frac, power_kW: 0, growth: 0, capacity_kWh, ambient_degC }
  while (to_frac - soc_frac > 1e-12) {
    const piece = table.pieceAt(0, soc_frac)
    const slope = table.envelopeSlope[piece] ?? 0
    const end_frac = Math.min(to_frac, table.to_frac[piece] ?? 1)
    draw.soc_frac = soc_frac
    draw.power_kW = table.envelopeAt_kW(0, soc_frac)
    draw.growth = slope / capacity_kWh
    const rise = (slope * (end_frac - soc_frac)) / draw.power_kW
    const hours_h =
      Math.abs(rise) < 1e-12 ? ((end_frac - soc_frac) * capacity_kWh) / draw.power_kW : Math.log1p(rise) / draw.growth
    const knot_s = hours_h * 3600
    const update_s = heat.untilUpdate_s(state, 0, draw, knot_s)
    const step_s = Math.min(knot_s, update_s)
    heat.advance(state, 0, draw, step_s)
    time_s += step_s
    if (update_s < knot_s) {
      const x = (draw.growth * step_s) / 3600
      const gained_kWh = draw.power_kW * (step_s / 3600) * (Math.abs(x) < 1e-12 ? 1 : Math.expm1(x) / x)
      soc_frac += gained_kWh / capacity_kWh
      table = profile(heat.update(state, 0))
      updates++
    } else soc_frac = end_frac
  }
  const energy_kWh = (to_frac - charge.from_frac) * capacity_kWh
  return {
    duration_min: time_s / 60,
    mean_kW: (energy_kWh / time_s) * 3600,
    energy_kWh,
    end_degC: heat.temperature_degC(state, 0),
    updates,
    wear: heat.wear(state, 0),
    heat_kWh: heat.heat_kWh(state, 0),
  }
}

/** Minutes along the envelope of the first profile of a table: C / b ln(P1 / P0) on each straight piece. */
export function straightMinutes_min(
  table: ProfileTable,
  capacity_kWh: number,
  [from_frac, to_frac]: readonly [number, number],
): number {
  let hours_h = 0
  for (let piece = 0; piece < (table.firstPiece[1] ?? 0); piece++) {
    const pieceFrom = table.from_frac[piece] ?? 0
    const start = Math.max(from_frac, pieceFrom)
    const end = Math.min(to_frac, table.to_frac[piece] ?? 1)
    if (end <= start) continue
    const slope = table.envelopeSlope[piece] ?? 0
    const power = (soc: number): number => (table.envelope_kW[piece] ?? 0) + slope * (soc - pieceFrom)
    hours_h +=
      Math.abs(slope) < 1e-9
        ? ((end - start) * capacity_kWh) / power(start)
        : (capacity_kWh / slope) * Math.log(power(end) / power(start))
  }
  return hours_h * 60
}
