import { coolingRange_degC } from './classes.ts'

/** How warm packs arrive. */
export interface ArrivalHeat {
  readonly ambient_degC: number
  /** How much warmer than the air a driven pack is; its cooling keeps it from getting hotter than where that is full. */
  readonly driven_K: number
  /** Drivers who warm or cool the pack on the way; null: none. */
  readonly preconditioning: {
    readonly share_frac: number
    readonly target_degC: number
    /** What heater or cooling change on the way at most. */
    readonly most_K: number
  } | null
}

/** Fitted with the acceptance curve: a pack of 7 degC at -5 to 0 degC of air (Ioniq 5 cold test). */
export const DRIVEN_K = 9.5

/** A pack brought to where it accepts its whole curve; most_K is half an hour of a 5 kW heater on 420 kJ/K, rounded. */
export const usualPreconditioning = { target_degC: 25, most_K: 21 } as const

/**
 * Temperature of a pack at the plug-in. `luck_frac` is evenly drawn from 0 to 1: drivers below the share precondition. One who
 * does never arrives farther from the target than one who does not.
 */
export function arrivalTemperature_degC(
  { ambient_degC, driven_K, preconditioning }: ArrivalHeat,
  luck_frac: number,
): number {
  const driven_degC = Math.min(ambient_degC + driven_K, coolingRange_degC[1])
  if (preconditioning === null || luck_frac >= preconditioning.share_frac) return driven_degC
  const { target_degC, most_K } = preconditioning
  return driven_degC + Math.min(most_K, Math.max(-most_K, target_degC - driven_degC))
}
