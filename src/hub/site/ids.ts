import { type Draft, formatPath, type Path } from '../../base/documents/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import { evseCount } from './product.ts'
import type { SiteReport } from './report.ts'
import type { CabinetInput, SiteFile, StationInput } from './schema/index.ts'

/** Ids a row of the file stands for: its own, or one with a number behind it for each of `count`. */
export function expandedIds(id: string, count: number | undefined): readonly string[] {
  return count === undefined ? [id] : numbered(id, count)
}

function numbered(id: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${id}-${index + 1}`)
}

/** Ids of a kind that rows of the file state, each with the place of the row that brings it. */
export interface SiteIds {
  readonly circuits: ReadonlyMap<string, Path>
  readonly cabinets: ReadonlyMap<string, Path>
  readonly stations: ReadonlyMap<string, Path>
}

interface Row {
  readonly id?: string | undefined
  readonly count?: number | undefined
}

/** Collects ids and reports those that stand for two things of a kind (rule S4). */
export function collectIds(site: Draft<SiteFile>, catalogue: Catalogue, report: SiteReport): SiteIds {
  const ids = {
    circuits: new Map<string, Path>(),
    cabinets: new Map<string, Path>(),
    stations: new Map<string, Path>(),
  }
  const told = new Set<string>()
  const claim = (kind: keyof SiteIds, claimed: readonly string[], path: Path) => {
    const twice = claimed.find((id) => ids[kind].has(id))
    if (twice !== undefined && !told.has(formatPath(path))) {
      report.error(path, { code: 'site.duplicateId', params: { id: twice } })
      told.add(formatPath(path))
    }
    for (const id of claimed) ids[kind].set(id, path)
  }
  for (const kind of ['circuits', 'cabinets', 'stations'] as const) {
    forEachRow<Row>(site[kind], kind, (row, id, path) => claim(kind, expandedIds(id, row.count), path))
  }
  const stated = { ...ids, cabinets: new Map(ids.cabinets) }
  if (tooManyStations(site, catalogue, report)) return stated
  forEachRow(site.cabinets, 'cabinets', (row, id, path) => claim('stations', postIds(row, id, catalogue), path))
  forEachRow(site.stations, 'stations', (row, id, path) => {
    if (bringsCabinet(row, catalogue)) claim('cabinets', expandedIds(id, row.count), path)
  })
  return stated
}

/** Far beyond any hub; a slip in a `count` is told rather than expanded. */
const MAX_STATIONS = 5000

function tooManyStations(site: Draft<SiteFile>, catalogue: Catalogue, report: SiteReport): boolean {
  let total = 0
  forEachRow(site.cabinets, 'cabinets', (row) => {
    total += (row.count ?? 1) * postCount(row, catalogue)
  })
  forEachRow(site.stations, 'stations', ({ count }) => {
    total += count ?? 1
  })
  if (total <= MAX_STATIONS) return false
  report.error([], { code: 'site.tooManyStations', params: { total, max: MAX_STATIONS } })
  return true
}

function forEachRow<T extends Row>(
  rows: readonly (T | undefined)[] | undefined,
  kind: keyof SiteIds,
  use: (row: T, id: string, path: Path) => void,
): void {
  rows?.forEach((row, index) => {
    if (row?.id !== undefined) use(row, row.id, [kind, index, 'id'])
  })
}

/** How many posts a cabinet row brings along. */
export function postCount(row: Draft<CabinetInput>, catalogue: Catalogue): number {
  const product = row.product === undefined ? undefined : catalogue.chargers.get(row.product)
  return product ? (row.stations ?? evseCount(product) ?? 0) : 0
}

function postIds(row: Draft<CabinetInput>, id: string, catalogue: Catalogue): readonly string[] {
  return expandedIds(id, row.count).flatMap((cabinet) => numbered(cabinet, postCount(row, catalogue)))
}

function bringsCabinet(row: Draft<StationInput>, catalogue: Catalogue): boolean {
  if (row.cabinet !== undefined) return false
  const product = row.product === undefined ? undefined : catalogue.chargers.get(row.product)
  return row.modules !== undefined || (row.power_kW ?? product?.cabinet.power_kW ?? null) !== null
}
