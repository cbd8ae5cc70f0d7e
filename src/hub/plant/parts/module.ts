import type { ComponentOf } from '../../standards/schema/index.ts'
import type { ModuleLoss, ModuleParameters, SeriesHalves } from '../cabinet/index.ts'
import { archetypes, MODE_CHANGE_s, moduleWindow } from './defaults.ts'
import { archetypeOf, type Compiled, Facts } from './facts.ts'

type Module = ComponentOf<'module'>

const WATTS_PER_KW = 1000

/** Stated, or by the voltage from which on rated power is there. */
function currentOf(facts: Facts, module: Module): number {
  const stated_A = facts.maybe(module, 'maxCurrent_A')
  if (stated_A !== null) return stated_A
  const full_V = facts.or(module, 'constantPowerFrom_V', moduleWindow.full_V)
  return (module.power_kW * WATTS_PER_KW) / full_V
}

function halvesOf(facts: Facts, module: Module, maxCurrent_A: number): SeriesHalves | null {
  const modes = facts.of(module, 'modes')
  if (modes === null) return null
  const { up_V, down_V, separable } = modes
  return {
    ...{ up_V, down_V, separable },
    seriesCurrent_A: modes.highCurrent_A ?? facts.assume('module', 'modes.highCurrent_A', maxCurrent_A / 2),
    off_s: modes.off_s ?? facts.assume('module', 'modes.off_s', MODE_CHANGE_s),
  }
}

/** The archetype always states a loss: that is tested. */
function lossOf(facts: Facts, module: Module): ModuleLoss {
  const none: ModuleLoss = { noLoad_frac: 0, linear_frac: 0, square_frac: 0, reference_V: null }
  if (module.loss !== null) return facts.of(module, 'loss') ?? none
  return facts.assume('module', 'loss', archetypeOf('module', archetypes.module).loss ?? none)
}

/** Compiles a power module. What it does not state: 150-1000 V, rated power from 300 V on, the loss of a SiC module. */
export function moduleParameters(record: Module): Compiled<ModuleParameters> {
  const facts = new Facts()
  const maxCurrent_A = currentOf(facts, record)
  return facts.compiled({
    power_kW: facts.of(record, 'power_kW'),
    minVoltage_V: facts.or(record, 'minVoltage_V', moduleWindow.min_V),
    maxVoltage_V: facts.or(record, 'maxVoltage_V', moduleWindow.max_V),
    maxCurrent_A,
    halves: halvesOf(facts, record, maxCurrent_A),
    loss: lossOf(facts, record),
    derating: facts.of(record, 'derating'),
  })
}
