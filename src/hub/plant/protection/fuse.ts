import type { FuseParameters } from './parameters.ts'

/** Time until a fuse melts at a constant current, s: I2t / I2. */
export function meltingTime_s({ melting_A2s }: FuseParameters, current_A: number): number {
  return melting_A2s / current_A ** 2
}

/**
 * Share of a fuse's melting heat that a current makes in a time; 1 melts it. What it gives off meanwhile is left out.
 */
export function meltingShare(fuse: FuseParameters, current_A: number, duration_s: number): number {
  return duration_s / meltingTime_s(fuse, current_A)
}

/** Current of a short fed by a pack, A: its open voltage over its own resistance and that of the loop. */
export function shortCurrent_A(voltage_V: number, pack_ohm: number, loop_ohm: number): number {
  return voltage_V / (pack_ohm + loop_ohm)
}

/** Short-circuit test in a cable check with 110 ohm across the output (IEC 61851-23:2023, as EVerest cites it). */
export const shortCircuitTest = {
  resistance_ohm: 110,
  current_A: 5,
  within_s: 1,
  voltage_V: 60,
  safeWithin_s: 2.5,
} as const

/** Whether a post passes it: current gone below 5 A within 1 s and voltage below 60 V within 2.5 s. */
export function passesShortCircuitTest(below5A_s: number, below60V_s: number): boolean {
  return below5A_s <= shortCircuitTest.within_s && below60V_s <= shortCircuitTest.safeWithin_s
}
