/**
 * Wear of a charge as an index, confidence uncertain: 1 is a charge from empty to full in one hour at 25 degC. It orders
 * sessions of one vehicle; it promises no capacity, no cycles and nothing between vehicles.
 *
 * It follows what cell tests agree on, with round numbers of our own for their sizes:
 * - ageing has two branches that cross near 25 degC, lithium plating below and growth of the surface layer above (Feinauer,
 *   Wohlfahrt-Mehrens, Hölzle, Waldmann, J. Power Sources 594 (2024) 233948);
 * - loss is about proportional to the charge passed and rises with rate (Wang et al., J. Power Sources 269 (2014) 937);
 * - high currents hurt most at high state of charge (Keil, Jossen, J. Energy Storage 6 (2016) 125, who also saw it when
 *   nearly empty in one cell: left out);
 * - ten minutes at 60 degC and 6 C without plating leave 91.7 % after 2,500 charges: heat counts by its time (Yang et al.,
 *   Joule 3 (2019)).
 * Left out: cell chemistry and design, calendar ageing between charges, depth of discharge, history, what the
 * vehicle's own protection prevents.
 */
const REFERENCE_degC = 25
/** The surface layer grows twice as fast every so many kelvin warmer. */
const DOUBLES_WARMER_K = 15
/** Plating doubles every so many kelvin colder. */
const DOUBLES_COLDER_K = 10
/** Half of the index of the reference charge comes from its hour, half from plating at its rate. */
const LAYER_perh = 0.5
const PLATING = 0.4
/** Plating is even up to here and twice as strong at full: 1.25 times as strong on average. */
const EVEN_frac = 0.5

/** Growth of the index while charging with `rate_perh` (power over the energy of the pack) at a state of charge. */
export function wear_perh(temperature_degC: number, rate_perh: number, soc_frac: number): number {
  if (rate_perh <= 0) return 0
  return layerWear_perh(temperature_degC) + platingWear(temperature_degC, rate_perh * rate_perh, soc_frac)
}

/** The part of it that does not depend on the rate. */
export function layerWear_perh(temperature_degC: number): number {
  return LAYER_perh * 2 ** ((temperature_degC - REFERENCE_degC) / DOUBLES_WARMER_K)
}

/** The part that goes with the square of the rate, given that square or its integral over time. */
export function platingWear(temperature_degC: number, square: number, soc_frac: number): number {
  const fuller = 1 + Math.max(0, soc_frac - EVEN_frac) / (1 - EVEN_frac)
  return PLATING * square * fuller * 2 ** (-(temperature_degC - REFERENCE_degC) / DOUBLES_COLDER_K)
}
