import type { Catalogue } from '../../standards/index.ts'
import type { CabinetPolicy, ComponentOf } from '../../standards/schema/index.ts'
import {
  type AllocationPolicy,
  allocationPolicies,
  type CabinetParameters,
  type DeratingTable,
  type ModuleParameters,
} from '../cabinet/index.ts'
import { AIR_RISE_K, archetypes, cabinetLosses, USUAL_POLICY } from './defaults.ts'
import { archetypeOf, type Compiled, Facts, partOf } from './facts.ts'
import { matrixParameters } from './matrix.ts'
import { moduleParameters } from './module.ts'

type Cabinet = ComponentOf<'cabinet'>
type Matrix = ComponentOf<'matrix'>

/** The policy of a cabinet with what its matrix and record say of holds and floors. */
export function policyOf(
  facts: Facts,
  name: CabinetPolicy | null,
  own: { readonly hold_s: number | null; readonly floor_kW: number | null },
): AllocationPolicy {
  const policy = allocationPolicies[name ?? facts.assume('cabinet', 'policy', USUAL_POLICY)]
  return { ...policy, hold_s: own.hold_s ?? policy.hold_s, floor_kW: own.floor_kW ?? policy.floor_kW }
}

/** Without output for so long when moved; by the archetype where the matrix does not say. */
export function moveOf(facts: Facts, matrix: Matrix): number {
  return facts.or(matrix, 'move_s', archetypeOf('matrix', archetypes.matrix).move_s ?? 0)
}

/** A table of the cabinet tells what heat does to it as a whole; else the modules feel warmer air than is outside. */
export function airRiseOf(facts: Facts, derating: DeratingTable): number {
  return derating.length > 0 ? 0 : facts.assume('cabinet', 'airRise_K', AIR_RISE_K)
}

function modulesOf(facts: Facts, cabinet: Cabinet, catalogue: Catalogue): readonly ModuleParameters[] {
  return facts.of(cabinet, 'modules').flatMap(({ module, count }) => {
    const compiled = moduleParameters(partOf(catalogue, 'module', module))
    facts.add(compiled)
    return Array.from({ length: count }, () => compiled.parameters)
  })
}

function lossesOf(facts: Facts, cabinet: Cabinet, power_kW: number) {
  return {
    busLoss_frac: facts.or(cabinet, 'busLoss_frac', cabinetLosses.bus_frac),
    fans_frac: facts.or(cabinet, 'fans_frac', cabinetLosses.fans_frac),
    standby_W: facts.or(cabinet, 'standby_W', cabinetLosses.standby_WperkW * power_kW),
  }
}

/** What holds for every output of the record alike. */
function outputsOf(facts: Facts, cabinet: Cabinet) {
  const output = {
    maxCurrent_A: facts.maybe(cabinet, 'outputCurrent_A') ?? Number.POSITIVE_INFINITY,
    maxPower_kW: facts.maybe(cabinet, 'outputPower_kW') ?? Number.POSITIVE_INFINITY,
  }
  return Array.from({ length: facts.of(cabinet, 'outputs') }, () => output)
}

/** Compiles a cabinet of the catalogue: its modules one by one, its matrix, its policy. */
export function cabinetParameters(record: Cabinet, catalogue: Catalogue): Compiled<CabinetParameters> {
  const facts = new Facts()
  const modules = modulesOf(facts, record, catalogue)
  const matrix = partOf(catalogue, 'matrix', facts.of(record, 'matrix'))
  facts.of(matrix, 'topology')
  const rated_kW = modules.reduce((sum, { power_kW }) => sum + power_kW, 0)
  const maxPower_kW = facts.maybe(record, 'power_kW') ?? Number.POSITIVE_INFINITY
  return facts.compiled({
    modules,
    outputs: outputsOf(facts, record),
    matrix: matrixParameters(matrix, { modules: modules.length, outputs: record.outputs }),
    maxPower_kW,
    move_s: moveOf(facts, matrix),
    policy: policyOf(facts, facts.of(record, 'policy'), { hold_s: matrix.hold_s, floor_kW: record.floor_kW }),
    derating: facts.of(record, 'derating'),
    altitude: facts.of(record, 'altitude'),
    airRise_K: facts.maybe(record, 'airRise_K') ?? airRiseOf(facts, record.derating),
    ...lossesOf(facts, record, Math.min(rated_kW, maxPower_kW)),
  })
}
