/**
 * A pack again, written apart from the product: short Euler steps, acceptance and resistance at the temperature of the moment.
 */
export interface SlowPack {
  readonly openCircuit: readonly (readonly [number, number])[]
  readonly resistance_ohm: number
  readonly heatCapacity_JperK: number
  readonly exchange_WperK: number
  readonly conditioning: readonly (readonly [number, number])[]
  readonly acceptance: readonly (readonly [number, number])[]
}

export interface SlowCharge {
  /** Null: no heat; the curve as it stands. */
  readonly pack: SlowPack | null
  readonly curve: readonly (readonly [number, number])[]
  readonly most_kW: number
  readonly capacity_kWh: number
  readonly from_frac: number
  readonly to_frac: number
  readonly start_degC: number
  readonly ambient_degC: number
  readonly step_s: number
}

export function valueAt(points: readonly (readonly [number, number])[], x: number): number {
  let before = points[0] ?? [0, 0]
  if (x <= before[0]) return before[1]
  for (const point of points) {
    if (x < point[0]) return before[1] + ((point[1] - before[1]) / (point[0] - before[0])) * (x - before[0])
    before = point
  }
  return before[1]
}

export function slowResistance_ohm(at25_ohm: number, temperature_degC: number): number {
  return temperature_degC < 25
    ? at25_ohm * Math.exp(0.035 * (25 - temperature_degC))
    : at25_ohm * Math.exp(0.008 * (25 - temperature_degC))
}

/** Quadratic equation for the current of a power: R I^2 + U I = P. */
export function slowCurrent_A(power_kW: number, open_V: number, pack_ohm: number): number {
  return (-open_V + Math.sqrt(open_V ** 2 + 4 * pack_ohm * power_kW * 1000)) / (2 * pack_ohm)
}

export function slowCharge(charge: SlowCharge): { duration_min: number; end_degC: number; heat_kWh: number } {
  const { pack, curve, most_kW, capacity_kWh, step_s } = charge
  let soc = charge.from_frac
  let temperature = charge.start_degC
  let time_s = 0
  let heat_kJ = 0
  while (true) {
    const share = pack === null ? 1 : valueAt(pack.acceptance, temperature)
    const power_kW = Math.min(most_kW, share * valueAt(curve, soc))
    const gain = (power_kW * step_s) / 3600 / capacity_kWh
    if (soc + gain >= charge.to_frac) {
      const duration_min = (time_s + (step_s * (charge.to_frac - soc)) / gain) / 60
      return { duration_min, end_degC: temperature, heat_kWh: heat_kJ / 3600 }
    }
    if (pack !== null) {
      const ohm = slowResistance_ohm(pack.resistance_ohm, temperature)
      const current = slowCurrent_A(power_kW, valueAt(pack.openCircuit, soc), ohm)
      const heat_kW = (current ** 2 * ohm) / 1000
      const away_kW = (pack.exchange_WperK * (charge.ambient_degC - temperature)) / 1000
      heat_kJ += heat_kW * step_s
      temperature +=
        ((heat_kW + away_kW + valueAt(pack.conditioning, temperature)) * step_s * 1000) / pack.heatCapacity_JperK
    }
    soc += gain
    time_s += step_s
  }
}
