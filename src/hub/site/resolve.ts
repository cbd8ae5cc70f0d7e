import { invariant } from '../../base/problems/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import { marketOf } from './place.ts'
import { resolveDemand } from './resolve-demand.ts'
import { resolveEquipment } from './resolve-equipment.ts'
import type { SiteFile } from './schema/index.ts'
import type { Site, SiteAmbient, SiteCircuit, SiteFault } from './site.ts'

/** The site of a file in which every check held. */
export function resolveSite(file: SiteFile, catalogue: Catalogue, locate: Site['locate']): Site {
  const market = file.market ?? marketOf(file.location.country)
  invariant(market !== null, `country ${file.location.country} passed the checks without a market`)
  const { name, timezone, location, currency, ambient_degC, policy, grid, adapters } = file
  return {
    ...{ name, timezone, location, currency, market, ambient_degC, policy, grid, adapters },
    ambient: ambientOf(file),
    floor_kW: file.floor_kW ?? 0,
    circuits: parentsFirst(file),
    ...resolveEquipment(file, catalogue, market),
    demand: file.demand ? resolveDemand(file.demand, catalogue) : null,
    faults: file.faults.map(stated),
    catalogue,
    locate,
  }
}

function ambientOf({ ambient }: SiteFile): SiteAmbient | null {
  if (ambient?.weather !== undefined) return { weather: ambient.weather, path: ['ambient', 'weather'] }
  return ambient?.daily ?? null
}

function stated({ mode, part, at_h, lasts_min, severity_frac, modules }: SiteFile['faults'][number]): SiteFault {
  return {
    ...{ mode, part, at_h },
    lasts_min: lasts_min ?? null,
    severity_frac: severity_frac ?? null,
    modules: modules ?? null,
  }
}

function parentsFirst({ circuits }: SiteFile): readonly SiteCircuit[] {
  const rows = circuits.map(({ id, parent, max_kW }, index) => ({
    ...{ id, parent: parent ?? null, max_kW },
    path: ['circuits', index],
  }))
  const ordered: SiteCircuit[] = rows.filter(({ parent }) => parent === null)
  for (const { id } of ordered) ordered.push(...rows.filter(({ parent }) => parent === id))
  return ordered
}
