import { type HeatForm, HeatSystem } from './heat-form.ts'
import { ModalForm } from './modal-form.ts'
import type { LinearHeat } from './network.ts'
import { SquaringForm } from './squaring-form.ts'

/** A circuit of heat at a current, ready to be stepped: in modes where it has well-kept ones. */
export function formAt(linear: LinearHeat, current_A: number): HeatForm {
  const system = new HeatSystem(linear, current_A)
  return ModalForm.of(system) ?? new SquaringForm(system)
}

/**
 * Whether no node is pulled down by a warmer neighbour. Then temperatures keep their order: what starts warmer, is heated more or has warmer
 * surroundings stays at least as warm for ever (comparison theorem for x' = f(x) with f_i rising in every other x_j).
 */
export function keepsOrder({ size, passive, inflow }: LinearHeat): boolean {
  return inflow.every((rate) => rate >= 0) && passive.every((rate, at) => at % (size + 1) === 0 || rate >= 0)
}
