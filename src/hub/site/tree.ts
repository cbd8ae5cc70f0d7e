import type { Draft } from '../../base/documents/index.ts'
import type { SiteIds } from './ids.ts'
import type { SiteReport } from './report.ts'
import type { SiteFile } from './schema/index.ts'

/** The circuits form a tree under the grid connection, and everything that takes power says where it hangs. */
export function checkTree(site: Draft<SiteFile>, ids: SiteIds, report: SiteReport): void {
  const circuits = { names: new Set(ids.circuits.keys()), unknown: 'site.unknownCircuit' } as const
  site.circuits?.forEach((circuit, index) => {
    report.refer(['circuits', index, 'parent'], circuit?.parent, circuits)
  })
  checkCycles(site, report)
  for (const kind of ['cabinets', 'stations'] as const) {
    site[kind]?.forEach((row, index) => {
      report.refer([kind, index, 'circuit'], row?.circuit, circuits)
    })
  }
  checkFeeding(site, ids, report)
}

function checkCycles(site: Draft<SiteFile>, report: SiteReport): void {
  const parents = new Map<string, string>()
  for (const circuit of site.circuits ?? []) if (circuit?.id && circuit.parent) parents.set(circuit.id, circuit.parent)
  const told = new Set<string>()
  site.circuits?.forEach((circuit, index) => {
    const loop = circuit?.id === undefined ? [] : loopThrough(circuit.id, parents)
    if (loop.length === 0 || loop.some((id) => told.has(id))) return
    for (const id of loop) told.add(id)
    report.error(['circuits', index, 'parent'], { code: 'site.circuitLoop', params: { loop: loop.join(' > ') } })
  })
}

/** Ids met on the way from a circuit up to itself again; empty when the way ends elsewhere. */
function loopThrough(start: string, parents: ReadonlyMap<string, string>): readonly string[] {
  const way = [start]
  for (let id = parents.get(start); id !== undefined; id = parents.get(id)) {
    if (id === start) return [...way, start]
    if (way.includes(id)) return []
    way.push(id)
  }
  return []
}

/** A forgotten `circuit` would silently drop a limit, so it is asked for as soon as there are circuits. */
function checkFeeding(site: Draft<SiteFile>, ids: SiteIds, report: SiteReport): void {
  if (ids.circuits.size === 0) return
  const fix = { code: 'site.fix.circuit', params: { circuits: [...ids.circuits.keys()].slice(0, 8) } } as const
  site.cabinets?.forEach((row, index) => {
    if (row && !('circuit' in row)) report.error(['cabinets', index], { code: 'site.noCircuit', params: {} }, fix)
  })
  site.stations?.forEach((row, index) => {
    const fed = row && ('circuit' in row || 'cabinet' in row)
    if (row && !fed) report.error(['stations', index], { code: 'site.noCircuit', params: {} }, fix)
  })
  warnUnused(site, ids, report)
}

function warnUnused(site: Draft<SiteFile>, ids: SiteIds, report: SiteReport): void {
  const used = new Set([
    ...(site.circuits ?? []).map((row) => row?.parent),
    ...(site.cabinets ?? []).map((row) => row?.circuit),
    ...(site.stations ?? []).map((row) => row?.circuit),
  ])
  for (const [id, path] of ids.circuits) {
    if (!used.has(id)) report.warning(path, { code: 'site.circuitFeedsNothing', params: { id } })
  }
}
