import type { Coded } from '../../../base/words/index.ts'
import type { CabinetParameters } from '../../../hub/plant/cabinet/index.ts'
import { type Compiled, cabinetOfSite, cabinetParameters, matrixObstacles } from '../../../hub/plant/parts/index.ts'
import { loadSite } from '../../../hub/site/index.ts'
import { type Catalogue, nameOf, type Resolved, resolve } from '../../../hub/standards/index.ts'
import type { Charger, ComponentOf } from '../../../hub/standards/schema/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

const MAX_CANDIDATES = 12
const listCabinets = { code: 'component.fix.listCabinets', params: {} } as const

type Cabinet = ComponentOf<'cabinet'>

/** A cabinet somebody asks about: a component, or what is in a product that is sold with its outputs. */
export interface CabinetFound extends Compiled<CabinetParameters> {
  readonly id: string
  readonly name: string
  /** By which rule its modules were taken; null: the record names them. */
  readonly rule: Coded | null
}

/** A cabinet or charger by its id, or by words of its name among both. */
export function findCabinet(read: OptionReader, catalogue: Catalogue): CabinetFound | null {
  const text = read.text('id') ?? ''
  const record = exact(text, catalogue) ?? byWords(read, text, catalogue)
  if (record === null) return null
  if ('type' in record)
    return record.type === 'cabinet' ? fromComponent(read, record, catalogue) : otherType(read, record)
  return fromProduct(read, record, catalogue)
}

type Named = ReturnType<Catalogue['components']['get']> | Charger

function exact(text: string, catalogue: Catalogue): NonNullable<Named> | null {
  return catalogue.components.get(text) ?? catalogue.chargers.get(text) ?? null
}

function byWords(read: OptionReader, text: string, catalogue: Catalogue): NonNullable<Named> | null {
  const cabinets = new Map([...catalogue.components].filter(([, { type }]) => type === 'cabinet'))
  const found = [
    resolve({ ...catalogue, components: cabinets }, 'components', text),
    resolve(catalogue, 'chargers', text),
  ]
  const hits = found.flatMap(recordsOf)
  const [only] = hits
  if (hits.length === 1 && only) return only
  const code = hits.length > 1 ? 'component.problem.ambiguousCabinet' : 'component.problem.unknownCabinet'
  read.problems.push(usageProblem({ code, params: { text } }, fixFor(hits, found)))
  return null
}

type Answer = Resolved<'components'> | Resolved<'chargers'>

function recordsOf(found: Answer): readonly NonNullable<Named>[] {
  if (found.kind === 'one') return [found.record]
  return found.kind === 'many' ? found.candidates : []
}

function fixFor(hits: readonly { readonly id: string }[], found: readonly Answer[]): Coded {
  const suggested = found.flatMap((one) => (one.kind === 'none' ? one.suggestions : []))
  const candidates = (hits.length > 0 ? hits.map(({ id }) => id) : suggested).slice(0, MAX_CANDIDATES)
  return candidates.length > 0 ? { code: 'match.problem.suggest', params: { candidates } } : listCabinets
}

function otherType(read: OptionReader, { id, type }: { readonly id: string; readonly type: string }): null {
  const params = { id, type, wanted: 'cabinet' }
  read.problems.push(usageProblem({ code: 'component.problem.otherType', params }, listCabinets))
  return null
}

function fromComponent(read: OptionReader, record: Cabinet, catalogue: Catalogue): CabinetFound {
  const compiled = cabinetParameters(record, catalogue)
  const matrix = catalogue.components.get(record.matrix)
  const size = { modules: compiled.parameters.modules.length, outputs: record.outputs }
  const obstacles = matrix?.type === 'matrix' ? matrixObstacles(matrix, size) : []
  for (const obstacle of obstacles) read.problems.push(usageProblem(obstacle))
  return { ...compiled, id: record.id, name: record.name, rule: null }
}

/** A product as the only thing on a site: what a simulation would make of it. */
function siteWith(product: Charger): string {
  const isCabinet = product.kind === 'cabinet+posts' || product.kind === 'cabinet+dispensers'
  return JSON.stringify({
    version: 1,
    name: product.id,
    timezone: 'UTC',
    location: { latitude_deg: 0, longitude_deg: 0, country: 'DE' },
    currency: 'EUR',
    grid: { import_kW: 1e6 },
    [isCabinet ? 'cabinets' : 'stations']: [{ id: 'product', product: product.id }],
  })
}

function fromProduct(read: OptionReader, product: Charger, catalogue: Catalogue): CabinetFound | null {
  const site = loadSite(siteWith(product), product.id, catalogue)
  const cabinet = site.ok ? site.value.cabinets[0] : undefined
  if (!site.ok || cabinet === undefined) {
    const params = { id: product.id }
    read.problems.push(usageProblem({ code: 'component.problem.noCabinet', params }, listCabinets))
    return null
  }
  const { obstacles, rule, parameters, confidence, assumed, sources } = cabinetOfSite(site.value, cabinet)
  for (const obstacle of obstacles) read.problems.push(usageProblem(obstacle))
  const name = nameOf({ kind: 'chargers', record: product })
  const own = [...new Set([...product.sources, ...sources])]
  return { parameters, confidence, assumed, sources: own, id: product.id, name, rule }
}
