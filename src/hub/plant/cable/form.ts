import { type HeatForm, HeatSystem } from './heat-form.ts'
import { ModalForm } from './modal-form.ts'
import type { LinearHeat } from './network.ts'
import { SquaringForm } from './squaring-form.ts'

/** A circuit of heat at a current, ready to be stepped: in modes where it has well-kept ones. */
export function formAt(linear: LinearHeat, current_A: number): HeatForm {
  const system = new HeatSystem(linear, current_A)
  return ModalForm.of(system) ?? new SquaringForm(system)
}
