import { formatPath } from '../../../base/documents/index.ts'
import type { Problem } from '../../../base/problems/index.ts'
import { cabinetOfSite } from '../../../hub/plant/parts/index.ts'
import type { Site } from '../../../hub/site/index.ts'

/** What keeps the devices of a site from being physics: matrices that do not fit the modules or outputs of their cabinet. */
export function deviceProblems(site: Site): Problem[] {
  return site.cabinets.flatMap((cabinet) => {
    const { parameters, obstacles } = cabinetOfSite(site, cabinet)
    if (parameters.outputs.length === 0) return []
    const at = site.locate(cabinet.path)
    const path = formatPath(cabinet.path)
    return obstacles.map((obstacle): Problem => ({ severity: 'error', ...obstacle, at, path }))
  })
}
