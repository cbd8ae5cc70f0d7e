import type { ProfileTable } from '../plant/index.ts'

/** A vehicle that accepts less than this is done, whatever its target: curves that end at nothing are never full. */
export const CUTOFF_kW = 1

/** What a vehicle needs at a plug. */
export interface ChargeNeed {
  readonly soc_frac: number
  readonly target_frac: number
  readonly capacity_kWh: number
}

/**
 * Hours to the target at a plug that nobody else takes power from, up to where the vehicle takes less than the cutoff.
 * Along a straight piece of the envelope P = P0 + b (S - S0) the time is C / b ln(P1 / P0).
 */
export function chargeTime_h(profiles: ProfileTable, profile: number, need: ChargeNeed): number {
  const stop_frac = profiles.stop_frac(profile, need.soc_frac, need.target_frac, CUTOFF_kW)
  const end = profiles.firstPiece[profile + 1] ?? 0
  let time_h = 0
  for (let piece = profiles.pieceAt(profile, need.soc_frac); piece < end; piece++) {
    const from_frac = profiles.from_frac[piece] ?? 0
    const start_frac = Math.max(from_frac, need.soc_frac)
    const width_frac = Math.min(profiles.to_frac[piece] ?? 0, stop_frac) - start_frac
    if (width_frac <= 0) break
    const slope = profiles.envelopeSlope[piece] ?? 0
    const start_kW = (profiles.envelope_kW[piece] ?? 0) + slope * (start_frac - from_frac)
    const rise = (slope * width_frac) / start_kW
    const mean_kW = Math.abs(rise) < 1e-9 ? start_kW : (start_kW * rise) / Math.log1p(rise)
    time_h += (width_frac * need.capacity_kWh) / mean_kW
  }
  return time_h
}
