import { formatPath } from '../../../base/documents/index.ts'
import type { Problem } from '../../../base/problems/index.ts'
import type { CabinetParameters } from '../../../hub/plant/cabinet/index.ts'
import { cabinetOfSite } from '../../../hub/plant/parts/index.ts'
import type { Site, SiteCabinet } from '../../../hub/site/index.ts'

/** Plugs whose voltages no module of their cabinet gives. */
function voltageProblems(site: Site, { id }: SiteCabinet, { modules }: CabinetParameters): Problem[] {
  const low_V = Math.min(...modules.map(({ minVoltage_V }) => minVoltage_V))
  const high_V = Math.max(...modules.map(({ maxVoltage_V }) => maxVoltage_V))
  return site.stations
    .filter(({ cabinet }) => cabinet === id)
    .flatMap(({ evses, path }) =>
      evses.flatMap(({ connectors }) =>
        connectors.flatMap(({ id: plug, minVoltage_V, maxVoltage_V }): Problem[] => {
          const [min_V, max_V] = [minVoltage_V ?? 0, maxVoltage_V ?? Number.POSITIVE_INFINITY]
          const isInWindow = modules.some((module) => module.minVoltage_V <= max_V && module.maxVoltage_V >= min_V)
          if (isInWindow) return []
          const params = { plug, cabinet: id, min_V, max_V, low_V, high_V }
          const place = { at: site.locate(path), path: formatPath(path) }
          const fix = { code: 'device.fix.voltageWindow', params: { low_V, high_V } } as const
          return [{ severity: 'error', code: 'device.voltageWindow', params, fix, ...place }]
        }),
      ),
    )
}

/**
 * What keeps the devices of a site from being physics: matrices that do not fit the modules or outputs of their cabinet,
 * plugs for voltages no module gives.
 */
export function deviceProblems(site: Site): Problem[] {
  return site.cabinets.flatMap((cabinet) => {
    const { parameters, obstacles } = cabinetOfSite(site, cabinet)
    if (parameters.outputs.length === 0) return []
    const windows = voltageProblems(site, cabinet, parameters)
    const at = site.locate(cabinet.path)
    const path = formatPath(cabinet.path)
    return [...obstacles.map((obstacle): Problem => ({ severity: 'error', ...obstacle, at, path })), ...windows]
  })
}
