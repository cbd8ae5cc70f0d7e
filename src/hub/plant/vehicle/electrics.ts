import { LineTable, type TablePoints } from './line-table.ts'
import type { PackParameters } from './parameters.ts'

const WATTS_PER_KILOWATT = 1000
/** In a part of a leg power changes by less than this factor (as an exponent), so that three points suffice for it. */
const PART_EXPONENT = 0.5
/** Gauss-Legendre points and weights on 0 to 1. */
const gaussPoints = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)] as const
const gaussWeights = [5 / 18, 8 / 18, 5 / 18] as const

/** A stretch of charging: power runs straight over state of charge between its ends. The caller may use one object again. */
export interface Leg {
  from_frac: number
  to_frac: number
  from_kW: number
  to_kW: number
}

/**
 * Voltage and current at a pair of terminals (of the pack, or of the plug it is charged through) as an open-circuit
 * voltage over state of charge behind a resistance. The resistance is that of the pack, which changes with temperature:
 * the caller says what it is; a bank switch shows a quarter of it to the plug, a converter nothing.
 */
export class Electrics {
  readonly open: LineTable
  /** Resistance seen here as a share of that of the pack. */
  readonly seen_frac: number

  constructor(openCircuit: TablePoints, seen_frac: number) {
    this.open = new LineTable(openCircuit)
    this.seen_frac = seen_frac
  }

  openCircuit_V(soc_frac: number): number {
    return this.open.at(soc_frac)
  }

  /** Current of a power: I = 2 P / (U + sqrt(U^2 + 4 R P)), the stable root of P = I (U + I R). */
  current_A(power_kW: number, soc_frac: number, pack_ohm: number): number {
    return currentBehind_A(power_kW, this.open.at(soc_frac), pack_ohm * this.seen_frac)
  }

  /** Voltage while a power flows. */
  voltage_V(power_kW: number, soc_frac: number, pack_ohm: number): number {
    const open_V = this.open.at(soc_frac)
    const seen_ohm = pack_ohm * this.seen_frac
    return open_V + seen_ohm * currentBehind_A(power_kW, open_V, seen_ohm)
  }

  /** Power of a current: what a cable allows, as the engine counts it. With 0 ohm the cautious form I U. */
  power_kW(current_A: number, soc_frac: number, pack_ohm: number): number {
    return (current_A * (this.open.at(soc_frac) + current_A * pack_ohm * this.seen_frac)) / WATTS_PER_KILOWATT
  }

  /**
   * Current that heats like the current of a leg: the root of the mean of its square over time. Time runs evenly where the
   * logarithm of power does; each part is integrated with three points.
   */
  rmsCurrent_A(leg: Leg, pack_ohm: number): number {
    const exponent = leg.from_kW > 0 && leg.to_kW > 0 ? Math.log(leg.to_kW / leg.from_kW) : 0
    const parts = Math.ceil(Math.abs(exponent) / PART_EXPONENT) + this.#knotsIn(leg)
    let square_A2 = 0
    for (let part = 0; part < parts; part++) {
      for (let point = 0; point < gaussPoints.length; point++) {
        const time_frac = (part + (gaussPoints[point] as number)) / parts
        const current_A = this.#currentOnLeg_A(leg, time_frac, exponent, pack_ohm)
        square_A2 += ((gaussWeights[point] as number) / parts) * current_A * current_A
      }
    }
    return Math.sqrt(square_A2)
  }

  /**
   * First state of charge on a leg at which the current has changed by a share of what it is at the start; that of the
   * end when it does not. For a given current I the power I (U(s) + I R) runs straight between the points of U, as the leg
   * does: each candidate is the root of a line.
   */
  changed_frac(leg: Leg, change_frac: number, pack_ohm: number): number {
    const start_A = this.current_A(leg.from_kW, leg.from_frac, pack_ohm)
    const more_frac = this.#whereCurrentIs_frac(leg, start_A * (1 + change_frac), pack_ohm)
    const less_frac = this.#whereCurrentIs_frac(leg, start_A * (1 - change_frac), pack_ohm)
    return Math.min(more_frac, less_frac)
  }

  #knotsIn(leg: Leg): number {
    return this.open.region(leg.to_frac) - this.open.region(leg.from_frac) + 1
  }

  #currentOnLeg_A(leg: Leg, time_frac: number, exponent: number, pack_ohm: number): number {
    const span_frac = leg.to_frac - leg.from_frac
    if (Math.abs(exponent) < 1e-9) return this.current_A(leg.from_kW, leg.from_frac + span_frac * time_frac, pack_ohm)
    const way_frac = Math.expm1(exponent * time_frac) / Math.expm1(exponent)
    const power_kW = leg.from_kW + (leg.to_kW - leg.from_kW) * way_frac
    return this.current_A(power_kW, leg.from_frac + span_frac * way_frac, pack_ohm)
  }

  #whereCurrentIs_frac(leg: Leg, current_A: number, pack_ohm: number): number {
    const slope = (leg.to_kW - leg.from_kW) / (leg.to_frac - leg.from_frac)
    let left_frac = leg.from_frac
    let left_kW = this.power_kW(current_A, left_frac, pack_ohm) - leg.from_kW
    while (left_frac < leg.to_frac) {
      const right_frac = Math.min(leg.to_frac, this.open.endOf(this.open.region(left_frac)))
      const along_kW = leg.from_kW + slope * (right_frac - leg.from_frac)
      const right_kW = this.power_kW(current_A, right_frac, pack_ohm) - along_kW
      if (left_kW * right_kW <= 0) return left_frac + ((right_frac - left_frac) * left_kW) / (left_kW - right_kW)
      left_frac = right_frac
      left_kW = right_kW
    }
    return leg.to_frac
  }
}

function currentBehind_A(power_kW: number, open_V: number, seen_ohm: number): number {
  const power_W = power_kW * WATTS_PER_KILOWATT
  return (2 * power_W) / (open_V + Math.sqrt(open_V * open_V + 4 * seen_ohm * power_W))
}

/** The pack itself. */
export function packElectrics(pack: PackParameters): Electrics {
  return new Electrics(pack.openCircuit, 1)
}

/** How a plug meets the pack. */
export type Coupling =
  | { readonly kind: 'direct' }
  /** The halves of the pack side by side, below half its voltage. */
  | { readonly kind: 'bankSwitch' }
  /** A converter in the vehicle: the post works at a voltage of its own. */
  | { readonly kind: 'converter'; readonly post_V: number }

/** What cable and post see of a pack. */
export function plugElectrics(pack: PackParameters, coupling: Coupling): Electrics {
  if (coupling.kind === 'converter') return new Electrics([[0, coupling.post_V]], 0)
  if (coupling.kind === 'direct') return packElectrics(pack)
  return new Electrics(
    pack.openCircuit.map(([soc_frac, open_V]) => [soc_frac, open_V / 2]),
    1 / 4,
  )
}
