import type { Draft } from '../../base/documents/index.ts'
import { type Catalogue, type Kind, suggest } from '../standards/catalogue/index.ts'
import type { ComponentType } from '../standards/schema/index.ts'
import type { SiteIds } from './ids.ts'
import type { Known } from './report.ts'
import type { SiteFile } from './schema/index.ts'

/** Everything a site file can refer to. */
export interface Names {
  readonly chargers: Known
  readonly connectors: Known
  readonly protocols: Known
  readonly adapters: Known
  readonly vehicles: Known
  readonly cabinets: Known
  readonly cables: Known
  readonly modules: Known
  readonly matrices: Known
}

/** Names of the catalogue, of the file's own records (sound or not), and of the site. */
export function namesOf(site: Draft<SiteFile>, catalogue: Catalogue, ids: SiteIds): Names {
  const records = (kind: OwnKind, unknown: Known['unknown']): Known => ({
    names: new Set([...catalogue[kind].keys(), ...ownIds(site, kind)]),
    unknown,
    inCatalogue: { kind, suggest: (name) => suggest(catalogue, name, [kind]) },
  })
  const parts = (type: ComponentType, unknown: Known['unknown']): Known => ({
    names: new Set([
      ...[...catalogue.components.values()].flatMap((component) => (component.type === type ? component.id : [])),
      ...ownParts(site, type),
    ]),
    unknown,
    inCatalogue: { kind: 'components', suggest: () => [] },
  })
  return {
    chargers: records('chargers', 'site.unknownProduct'),
    connectors: records('connectors', 'site.unknownConnector'),
    protocols: records('protocols', 'site.unknownProtocol'),
    adapters: records('adapters', 'site.unknownAdapter'),
    vehicles: records('vehicles', 'site.unknownVehicle'),
    cabinets: { names: new Set(ids.cabinets.keys()), unknown: 'site.unknownCabinet' },
    cables: parts('cable', 'site.unknownCable'),
    modules: parts('module', 'site.unknownModule'),
    matrices: parts('matrix', 'site.unknownMatrix'),
  }
}

type OwnKind = Extract<Kind, 'chargers' | 'connectors' | 'protocols' | 'adapters' | 'vehicles'>

function ownIds(site: Draft<SiteFile>, kind: OwnKind): readonly string[] {
  const records: readonly ({ readonly id?: string | undefined } | undefined)[] = site.catalogue?.[kind] ?? []
  return records.flatMap((record) => record?.id ?? [])
}

function ownParts(site: Draft<SiteFile>, wanted: ComponentType): readonly string[] {
  return (site.catalogue?.components ?? []).flatMap((record) => (record?.type === wanted ? (record.id ?? []) : []))
}
