import { type Document, isMap, isSeq, parseDocument } from 'yaml'

/** A station of a site file as the form shows it. */
export interface StationRow {
  readonly id: string
  readonly product: string
  readonly count: number
}

/** What the form knows of a site file; null: not stated, or not readable as it stands. */
export interface FormValues {
  readonly name: string | null
  readonly import_kW: number | null
  readonly policy: string | null
  readonly sessions_perDay: number | null
  readonly stations: readonly StationRow[]
}

export type FieldPath = 'name' | 'grid/import_kW' | 'policy' | 'demand/sessions_perDay'

const textAt = (document: Document, path: readonly string[]): string | null => {
  const value = document.getIn(path)
  return typeof value === 'string' ? value : null
}

const numberAt = (document: Document, path: readonly string[]): number | null => {
  const value = document.getIn(path)
  return typeof value === 'number' ? value : null
}

function stationRow(item: unknown): StationRow | null {
  if (!isMap(item)) return null
  const [id, product, count] = ['id', 'product', 'count'].map((key) => item.get(key))
  if (typeof id !== 'string' || typeof product !== 'string') return null
  return { id, product, count: typeof count === 'number' ? count : 1 }
}

/** Reads what the form shows; the text may be unsound elsewhere. */
export function formOf(text: string): FormValues {
  const document = parseDocument(text)
  const stations = document.get('stations')
  return {
    name: textAt(document, ['name']),
    import_kW: numberAt(document, ['grid', 'import_kW']),
    policy: textAt(document, ['policy']),
    sessions_perDay: numberAt(document, ['demand', 'sessions_perDay']),
    stations: isSeq(stations) ? stations.items.map(stationRow).filter((row) => row !== null) : [],
  }
}

/** Changes the text where the form was changed; comments and order stay. A text YAML cannot read is left as it is. */
function edited(text: string, change: (document: Document) => void): string {
  const document = parseDocument(text)
  if (document.errors.length > 0) return text
  change(document)
  return document.toString({ lineWidth: 0 })
}

export function withField(text: string, path: FieldPath, value: string | number): string {
  return edited(text, (document) => document.setIn(path.split('/'), value))
}

function positionOf(document: Document, id: string): number {
  const stations = document.get('stations')
  return isSeq(stations) ? stations.items.findIndex((item) => isMap(item) && item.get('id') === id) : -1
}

/** Sets how many there are of a station; none takes it out. */
export function withCount(text: string, id: string, count: number): string {
  return edited(text, (document) => {
    const at = positionOf(document, id)
    if (at < 0) return
    if (count < 1) document.deleteIn(['stations', at])
    else document.setIn(['stations', at, 'count'], count)
  })
}

function freeId(document: Document, product: string): string {
  const base = product.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  let id = base
  for (let number = 2; positionOf(document, id) >= 0; number++) id = `${base}-${number}`
  return id
}

/** Adds a station of a product of the catalogue. */
export function withStation(text: string, product: string): string {
  return edited(text, (document) => {
    const station = document.createNode({ id: freeId(document, product), product, count: 1 }, { flow: true })
    if (isSeq(document.get('stations'))) document.addIn(['stations'], station)
    else document.set('stations', document.createNode([station]))
  })
}
