import type { Draft, Path } from '../../base/documents/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import type { Stock } from './equipment.ts'
import type { CabinetInput, Overrides, StationInput } from './schema/index.ts'

type Row = Draft<CabinetInput | StationInput>
type Modules = Draft<NonNullable<CabinetInput['modules']>>

/** Power of the modules a row states; null where it states none, or the catalogue does not know them. */
export function modulesPower_kW(modules: Modules | undefined, catalogue: Catalogue): number | null {
  const module = catalogue.components.get(modules?.module ?? '')
  return module?.type === 'module' && modules?.count !== undefined ? module.power_kW * modules.count : null
}

/** Modules and matrix exist, are stated once, are as strong as the cabinet, and agree in number. */
export function checkParts(row: Row, path: Path, { catalogue, names, report }: Stock): void {
  report.refer([...path, 'modules', 'module'], row.modules?.module, names.modules)
  report.refer([...path, 'matrix'], row.matrix, names.matrices)
  if (row.modules && 'module_kW' in row && row.module_kW !== undefined) {
    report.error([...path, 'module_kW'], { code: 'site.moduleTwice', params: {} })
  }
  const given_kW = modulesPower_kW(row.modules, catalogue)
  if (given_kW !== null && row.power_kW !== undefined && given_kW < row.power_kW) {
    report.warning([...path, 'modules'], { code: 'site.modulesTooWeak', params: { given_kW, power_kW: row.power_kW } })
  }
  checkReach(row, path, { catalogue, report })
}

/** A matrix that is spelled out module by module fits only so many modules. */
function checkReach(
  { matrix: id, modules }: Row,
  path: Path,
  { catalogue, report }: Pick<Stock, 'catalogue' | 'report'>,
) {
  const matrix = catalogue.components.get(id ?? '')
  if (matrix?.type !== 'matrix' || matrix.reach === null || modules?.count === undefined) return
  const params = { count: matrix.reach.length, wanted: modules.count, what: 'modules' }
  if (params.count !== params.wanted) report.error([...path, 'matrix'], { code: 'catalogue.component.rows', params })
}

/** The cable of a plug exists; one made for other plugs or less voltage is warned of. */
export function checkCable(
  limits: Draft<Overrides[string]> | undefined,
  connector: string | undefined,
  path: Path,
  { catalogue, names, report }: Stock,
): void {
  const at = [...path, 'cable']
  report.refer(at, limits?.cable, names.cables)
  const cable = catalogue.components.get(limits?.cable ?? '')
  if (cable?.type !== 'cable') return
  const { id, connectors } = cable
  if (connector !== undefined && connectors.length > 0 && !connectors.includes(connector)) {
    report.warning(at, { code: 'site.cableOfOtherPlug', params: { cable: id, connectors, connector } })
  }
  const wanted_V = limits?.maxVoltage_V
  if (cable.maxVoltage_V !== null && wanted_V !== undefined && cable.maxVoltage_V < wanted_V) {
    report.warning(at, { code: 'site.cableVoltage', params: { cable: id, max_V: cable.maxVoltage_V, wanted_V } })
  }
}
