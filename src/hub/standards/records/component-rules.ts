import type { Catalogue } from '../catalogue/index.ts'
import type { Component, ComponentOf } from '../schema/index.ts'
import { type Broken, broken, inOrder, risingTemperatures } from './broken.ts'

/** C16: a cable without coolant has nothing a coolant circuit is made of. */
function withoutCircuit(cable: ComponentOf<'cable'>): readonly Broken[] {
  if (cable.cooling !== 'none') return []
  return (['coolant', 'pump', 'radiator'] as const).flatMap((key) =>
    cable[key] === null ? [] : [broken([key], 'catalogue.component.uncooled', { part: key })],
  )
}

/** C17: current comes back below the temperature at which it is taken back, and that lies not above the trip. */
function ladderRises({ derating }: ComponentOf<'cable'>): readonly Broken[] {
  if (derating === null || (derating.recover_degC < derating.drop_degC && derating.drop_degC <= derating.trip_degC)) {
    return []
  }
  return [broken(['derating'], 'catalogue.component.ladder', {})]
}

function ofModule(module: ComponentOf<'module'>): readonly Broken[] {
  const { minVoltage_V, maxVoltage_V, constantPowerFrom_V, modes } = module
  return [
    ...inOrder(['minVoltage_V'], minVoltage_V, maxVoltage_V),
    ...inOrder(['constantPowerFrom_V'], constantPowerFrom_V, maxVoltage_V),
    ...inOrder(['modes', 'down_V'], modes?.down_V ?? null, modes?.up_V ?? null),
    ...inOrder(['modes', 'up_V'], modes?.up_V ?? null, maxVoltage_V),
    ...risingTemperatures(module.derating, ['derating']),
  ]
}

/** C18: every output is reached by a module, and no module reaches an output that is not there. */
function reachesAll({ outputs, reach }: ComponentOf<'matrix'>): readonly Broken[] {
  if (outputs === null || reach === null) return []
  const reached = new Set(reach.flat())
  const far = [...reached].filter((output) => output > outputs)
  const missed = Array.from({ length: outputs }, (_, index) => index + 1).filter((output) => !reached.has(output))
  return [
    ...far.map((output) => broken(['reach'], 'catalogue.component.noOutput', { output, outputs })),
    ...missed.map((output) => broken(['reach'], 'catalogue.component.outOfReach', { output })),
  ]
}

/** C19: a matrix that is spelled out has the size of the cabinet it stands in. */
function matrixOfSize(cabinet: ComponentOf<'cabinet'>, catalogue: Catalogue): readonly Broken[] {
  const matrix = catalogue.components.get(cabinet.matrix)
  if (matrix?.type !== 'matrix') return []
  const modules = cabinet.modules.reduce((sum, { count }) => sum + count, 0)
  const sizes = [
    { count: matrix.reach?.length ?? modules, wanted: modules, what: 'modules' },
    { count: matrix.homes?.length ?? cabinet.outputs, wanted: cabinet.outputs, what: 'outputs' },
    { count: matrix.outputs ?? cabinet.outputs, wanted: cabinet.outputs, what: 'outputs' },
  ]
  const wrong = sizes.filter(({ count, wanted }) => count !== wanted)
  const far = matrix.homes?.find((home) => home > modules)
  return [
    ...wrong.map((size) => broken(['matrix'], 'catalogue.component.rows', size)),
    ...(far === undefined ? [] : [broken(['matrix'], 'catalogue.component.noModule', { module: far, modules })]),
  ]
}

/** What is wrong with a component beyond its schema. */
export function ofComponent(component: Component, catalogue: Catalogue): readonly Broken[] {
  switch (component.type) {
    case 'cable':
      return [...withoutCircuit(component), ...ladderRises(component)]
    case 'module':
      return ofModule(component)
    case 'matrix':
      return reachesAll(component)
    case 'cabinet':
      return [...matrixOfSize(component, catalogue), ...risingTemperatures(component.derating, ['derating'])]
    default:
      return []
  }
}
