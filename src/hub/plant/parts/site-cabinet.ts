import { invariant } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Site, SiteCabinet, SiteConnector, SiteEvse } from '../../site/index.ts'
import { builtInCatalogue, type Catalogue } from '../../standards/index.ts'
import type { ComponentOf } from '../../standards/schema/index.ts'
import type { CabinetParameters, ModuleParameters, OutputParameters } from '../cabinet/index.ts'
import { airRiseOf, moveOf, policyOf } from './cabinet.ts'
import { archetypes, cabinetLosses, usualModules } from './defaults.ts'
import { archetypeOf, type Compiled, Facts, partOf } from './facts.ts'
import { matrixObstacles, matrixParameters } from './matrix.ts'
import { moduleParameters } from './module.ts'
import { scaledModule } from './scale.ts'

/**
 * A cabinet of a site as physics, by which rule its modules were taken, and what keeps its parts from fitting together.
 */
export interface CabinetOfSite extends Compiled<CabinetParameters> {
  readonly rule: Coded
  readonly obstacles: readonly Coded[]
  /** EVSE of each output; one with several live plugs has as many outputs. */
  readonly evses: readonly SiteEvse[]
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? [])
  return known.length === values.length && known.length > 0 ? Math.max(...known) : null
}

/** One output for each plug that can be live: any of its plugs, so the highest of their limits. */
function outputOf(plugs: readonly SiteConnector[]): OutputParameters {
  return {
    maxCurrent_A: highest(plugs.map(({ maxCurrent_A }) => maxCurrent_A)) ?? Number.POSITIVE_INFINITY,
    maxPower_kW: highest(plugs.map(({ maxPower_kW }) => maxPower_kW)) ?? Number.POSITIVE_INFINITY,
  }
}

interface Modules {
  readonly modules: readonly ModuleParameters[]
  readonly rule: Coded
}

/** A cabinet with what decides about its modules. */
interface Place {
  readonly facts: Facts
  readonly catalogue: Catalogue
  readonly cabinet: SiteCabinet
  readonly matrix: ComponentOf<'matrix'>
  readonly outputs: readonly OutputParameters[]
  readonly plugs: readonly SiteConnector[]
}

function many(module: ModuleParameters, count: number): readonly ModuleParameters[] {
  return Array.from({ length: count }, () => module)
}

/** On one DC bus a converter for each output, else as many as the power takes. */
function countFor({ cabinet, matrix, outputs }: Place, module_kW: number): number {
  if (matrix.topology === 'bus') return Math.max(1, outputs.length)
  return Math.max(1, Math.ceil(cabinet.power_kW / module_kW - 1e-9))
}

function statedModules(place: Place, stated: NonNullable<SiteCabinet['modules']>): Modules {
  const { facts, catalogue } = place
  const compiled = moduleParameters(partOf(catalogue, 'module', stated.module))
  facts.add(compiled)
  const { power_kW } = compiled.parameters
  const count = stated.count ?? facts.assume('cabinet', 'modules.count', countFor(place, power_kW))
  const rule = { code: 'parts.module.stated', params: { module: stated.module, count } } as const
  return { modules: many(compiled.parameters, count), rule }
}

/** The archetype nearest in size. */
function nearestArchetype(module_kW: number): ComponentOf<'module'> {
  const all = [...builtInCatalogue().components.values()].flatMap((component) =>
    component.type === 'module' && component.id.startsWith(archetypes.moduleSeries) && component.modes === null
      ? component
      : [],
  )
  const [nearest] = all.toSorted((a, b) => Math.abs(a.power_kW - module_kW) - Math.abs(b.power_kW - module_kW))
  invariant(nearest, `no archetype of a module called ${archetypes.moduleSeries}`)
  return nearest
}

/**
 * Modules of a class stand in no way of what is known of the plugs: their voltages, and the current of one that has all
 * modules.
 */
function widened(module: ModuleParameters, count: number, plugs: readonly SiteConnector[]): ModuleParameters {
  const known = (key: 'minVoltage_V' | 'maxVoltage_V' | 'maxCurrent_A') => plugs.flatMap((plug) => plug[key] ?? [])
  return {
    ...module,
    minVoltage_V: Math.min(module.minVoltage_V, ...known('minVoltage_V')),
    maxVoltage_V: Math.max(module.maxVoltage_V, ...known('maxVoltage_V')),
    maxCurrent_A: Math.max(module.maxCurrent_A, ...known('maxCurrent_A').map((current_A) => current_A / count)),
  }
}

function usualSize_kW(power_kW: number): number {
  return usualModules.findLast(({ from_kW }) => power_kW >= from_kW)?.module_kW ?? usualModules[0].module_kW
}

/** Size of a module: as stated, on a bus that of an output, else a usual one that divides the power. */
function sizeOf(place: Place): number {
  const { cabinet, matrix, outputs } = place
  const { power_kW, module_kW } = cabinet
  if (module_kW !== null) return module_kW
  if (matrix.topology === 'bus') return Math.min(power_kW, ...outputs.map(({ maxPower_kW }) => maxPower_kW))
  return power_kW / Math.max(1, Math.round(power_kW / usualSize_kW(power_kW)))
}

function classModules(place: Place): Modules {
  const { facts, plugs } = place
  const each_kW = sizeOf(place)
  const count = countFor(place, each_kW)
  const record = nearestArchetype(each_kW)
  const compiled = moduleParameters(record)
  facts.add(compiled)
  facts.assume('cabinet', 'modules', record.id)
  const module = widened(scaledModule(compiled.parameters, each_kW), count, plugs)
  const params = { module: record.id, count, module_kW: each_kW }
  return { modules: many(module, count), rule: { code: 'parts.module.byClass', params } }
}

function matrixOf(facts: Facts, { matrix }: SiteCabinet, catalogue: Catalogue): ComponentOf<'matrix'> {
  if (matrix !== null) return partOf(catalogue, 'matrix', matrix)
  return facts.assume('cabinet', 'matrix', archetypeOf('matrix', archetypes.matrix))
}

function fedBy(site: Site, cabinet: SiteCabinet): readonly SiteEvse[] {
  return site.stations.flatMap((station) => (station.cabinet === cabinet.id ? station.evses : []))
}

/**
 * Compiles a cabinet of a site with the outputs it feeds. Modules are those stated in the site or by the product, as
 * many as stated or as the power takes (on a DC bus one for each output); else of a class, in the stated size or a
 * usual one (20 kW, 30 kW from 120 kW on, 40 kW from 400 kW on). A matrix that is not stated is a full one, a policy
 * that is not stated gives every output equally much.
 */
export function cabinetOfSite(site: Site, cabinet: SiteCabinet): CabinetOfSite {
  const facts = new Facts()
  const evses = fedBy(site, cabinet).flatMap((evse) => Array.from({ length: evse.live }, () => evse))
  const plugs = evses.flatMap(({ connectors }) => connectors)
  const { catalogue } = site
  const { power_kW, derating, modulePolicy } = cabinet
  const matrix = matrixOf(facts, cabinet, catalogue)
  const outputs = evses.map(({ connectors }) => outputOf(connectors))
  const place: Place = { facts, catalogue, cabinet, matrix, outputs, plugs }
  const { modules, rule } = cabinet.modules ? statedModules(place, cabinet.modules) : classModules(place)
  const size = { modules: modules.length, outputs: evses.length }
  const parameters: CabinetParameters = {
    modules,
    outputs,
    matrix: matrixParameters(matrix, size),
    maxPower_kW: power_kW,
    move_s: moveOf(facts, matrix),
    policy: policyOf(facts, modulePolicy, { hold_s: matrix.hold_s, floor_kW: null }),
    derating,
    altitude: null,
    airRise_K: airRiseOf(facts, derating),
    busLoss_frac: facts.assume('cabinet', 'busLoss_frac', cabinetLosses.bus_frac),
    fans_frac: facts.assume('cabinet', 'fans_frac', cabinetLosses.fans_frac),
    standby_W: facts.assume('cabinet', 'standby_W', cabinetLosses.standby_WperkW * power_kW),
  }
  return { ...facts.compiled(parameters), rule, obstacles: matrixObstacles(matrix, size), evses }
}
