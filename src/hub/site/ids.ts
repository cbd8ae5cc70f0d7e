import type { Draft, Path } from '../../base/documents/index.ts'
import type { SiteReport } from './report.ts'
import type { SiteFile } from './schema/index.ts'

/** Ids a row of the file stands for: its own, or one with a number behind it for each of `count`. */
export function expandedIds(id: string, count: number | undefined): readonly string[] {
  if (count === undefined) return [id]
  return Array.from({ length: count }, (_, index) => `${id}-${index + 1}`)
}

/** Every id on the site by kind, each with the path of the row that brings it. */
export interface SiteIds {
  readonly circuits: ReadonlyMap<string, Path>
  readonly cabinets: ReadonlyMap<string, Path>
  readonly stations: ReadonlyMap<string, Path>
}

interface Row {
  readonly id?: string | undefined
  readonly count?: number | undefined
}

/** Collects ids and reports those that stand for two things of a kind. */
export function collectIds(site: Draft<SiteFile>, report: SiteReport): SiteIds {
  return {
    circuits: collect('circuits', site.circuits, report),
    cabinets: collect('cabinets', site.cabinets, report),
    stations: collect('stations', site.stations, report),
  }
}

function collect(
  kind: keyof SiteIds,
  rows: readonly (Row | undefined)[] | undefined,
  report: SiteReport,
): ReadonlyMap<string, Path> {
  const ids = new Map<string, Path>()
  rows?.forEach((row, index) => {
    if (row?.id === undefined) return
    const path = [kind, index, 'id']
    for (const id of expandedIds(row.id, row.count)) {
      if (ids.has(id)) report.error(path, { code: 'site.duplicateId', params: { id } })
      else ids.set(id, path)
    }
  })
  return ids
}
