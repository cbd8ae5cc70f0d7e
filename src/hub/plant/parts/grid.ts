import type { ComponentOf } from '../../standards/schema/index.ts'
import { type Compiled, Facts } from './facts.ts'

const WATTS_PER_KW = 1000

/** Losses of transformer and lines: what is always there, and what goes with the square of the load. */
export interface GridPathParameters {
  readonly rated_kVA: number
  readonly noLoad_kW: number
  /** At rated power. */
  readonly load_kW: number
}

/** Compiles a transformer. */
export function transformerParameters(record: ComponentOf<'transformer'>): Compiled<GridPathParameters> {
  const facts = new Facts()
  return facts.compiled({
    rated_kVA: facts.of(record, 'rated_kVA'),
    noLoad_kW: facts.of(record, 'noLoad_W') / WATTS_PER_KW,
    load_kW: facts.of(record, 'load_W') / WATTS_PER_KW,
  })
}

/** Compiles lines made for a rated power. */
export function acCablingParameters(record: ComponentOf<'acCabling'>, rated_kVA: number): Compiled<GridPathParameters> {
  const facts = new Facts()
  return facts.compiled({ rated_kVA, noLoad_kW: 0, load_kW: facts.of(record, 'loss_frac') * rated_kVA })
}

/** Loss at a load, kW. */
export function gridPathLoss_kW({ rated_kVA, noLoad_kW, load_kW }: GridPathParameters, load_kVA: number): number {
  return noLoad_kW + load_kW * (load_kVA / rated_kVA) ** 2
}
