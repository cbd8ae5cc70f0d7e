import { type Attribute, describeSchema } from '../../../base/documents/index.ts'
import { formatNumber, type Language, say } from '../../../base/words/index.ts'
import { type Catalogue, type Hit, nameOf } from '../../../hub/standards/catalogue/index.ts'
import { schemaOf } from '../../../hub/standards/records/index.ts'
import type { Confidence, Vehicle } from '../../../hub/standards/schema/index.ts'
import { columns, confidenceMarks, marksLegend, statusOf, yearsOf } from './catalogue-list.ts'

const unitSymbols: Readonly<Record<string, string>> = {
  degC: ' °C',
  frac: '',
  perDay: ' /d',
  mm2: ' mm²',
  ohm: ' Ω',
  ohmm: ' Ω m',
  WperK: ' W/K',
  JperK: ' J/K',
  WperKm: ' W/(K m)',
  JperKm: ' J/(K m)',
  KmperW: ' K m/W',
  WpermK: ' W/(m K)',
  JperkgK: ' J/(kg K)',
  kgperm3: ' kg/m³',
  Pas: ' Pa s',
  Pas2perm6: ' Pa s²/m⁶',
  perK: ' /K',
  perK2: ' /K²',
  perkm: ' /km',
  lpermin: ' l/min',
  Apers: ' A/s',
  A2s: ' A²s',
}
/** Smaller figures have their first digits shown, not so many decimals. */
const SMALL = 0.01
/** Shown in the head or at the end, or carrying no fact of the world. */
const apart = new Set(['id', 'sources', 'confidence', 'fieldConfidence', 'notes', 'status'])

interface View {
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly fieldConfidence: Readonly<Record<string, Confidence>>
  readonly confidence: Confidence
  readonly language: Language
}

interface Place {
  /** Path as shown, with list positions. */
  readonly shown: string
  /** Path of the attribute, without list positions. */
  readonly path: string
}

/** Confidence stated for an attribute or for the nearest group around it, else that of the record. */
function confidenceOf(path: string, view: View): Confidence {
  const own = view.fieldConfidence[path]
  if (own) return own
  const end = path.lastIndexOf('.')
  return end < 0 ? view.confidence : confidenceOf(path.slice(0, end), view)
}

function unitOf(path: string, view: View): string {
  const unit = view.attributes.get(path)?.unit
  return unit ? (unitSymbols[unit] ?? ` ${unit}`) : ''
}

function quantityText(value: number, language: Language): string {
  return value !== 0 && Math.abs(value) < SMALL
    ? String(Number(value.toPrecision(4)))
    : formatNumber(value, language, 4)
}

function plain(value: unknown, language: Language, grouped: boolean): string {
  if (value === null) return say('catalogue.unknownValue', {}, language)
  if (typeof value === 'boolean') return say(value ? 'catalogue.yes' : 'catalogue.no', {}, language)
  if (typeof value === 'number') return grouped ? quantityText(value, language) : String(value)
  if (Array.isArray(value)) return value.map((item) => plain(item, language, grouped)).join(', ')
  return String(value)
}

/** What an unknown value means: descriptions end with `null: ...` where it is not simply unknown. */
function splitDescription(path: string, view: View): { readonly says: string; readonly whenNull: string | null } {
  const [says = '', whenNull = null] = (view.attributes.get(path)?.description ?? '').split('; null: ')
  return { says, whenNull }
}

function row(value: unknown, place: Place, view: View): readonly string[] {
  const unit = unitOf(place.path, view)
  const { says, whenNull } = splitDescription(place.path, view)
  const name = `  ${place.shown}`
  if (value === null) return [name, whenNull ?? plain(value, view.language, false), says]
  const mark = confidenceMarks[confidenceOf(place.path, view)]
  return [name, `${plain(value, view.language, unit !== '')}${unit} ${mark}`.trimEnd(), says]
}

function isLeaf(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object' || Array.isArray(item))
  return typeof value !== 'object' || value === null
}

function child(place: Place, key: string): Place {
  const join = (path: string) => (path === '' ? key : `${path}.${key}`)
  return { shown: join(place.shown), path: join(place.path) }
}

/** Rows of a value, depth first; empty lists and texts are left out, unknown values are not. */
function rowsOf(value: unknown, place: Place, view: View): readonly (readonly string[])[] {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return []
  if (isLeaf(value)) return [row(value, place, view)]
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => rowsOf(item, { ...place, shown: `${place.shown}[${index}]` }, view))
  }
  return Object.entries(value ?? {}).flatMap(([key, inner]) =>
    place.path === '' && apart.has(key) ? [] : rowsOf(inner, child(place, key), view),
  )
}

/** The curve a vehicle is computed with, and what must be said of it. */
function curveLines({ curve }: Vehicle, catalogue: Catalogue, language: Language): readonly string[] {
  const found = catalogue.curves.get(curve.id)
  const params = {
    name: found?.name ?? curve.id,
    kind: say(`catalogue.curve.${found?.kind ?? 'measured'}`, {}, language),
    confidence: say(`catalogue.confidence.${curve.confidence}`, {}, language),
  }
  const lines = [say('catalogue.curveUsed', params, language)]
  if (curve.fitTo10to80_min !== null) {
    lines.push(say('catalogue.curveFitted', { minutes: curve.fitTo10to80_min }, language))
  }
  if (found?.attribution) lines.push(say('catalogue.attribution', { attribution: found.attribution }, language))
  return lines
}

function extraLines(hit: Hit, catalogue: Catalogue, language: Language): readonly string[] {
  if (hit.kind === 'vehicles') return curveLines(hit.record, catalogue, language)
  if (hit.kind !== 'curves' || !hit.record.attribution) return []
  return [say('catalogue.attribution', { attribution: hit.record.attribution }, language)]
}

/** Citations of a record by source id, as they are written in the list of sources. */
export function sourcesOf(hit: Hit, catalogue: Catalogue): Readonly<Record<string, string>> {
  return Object.fromEntries(hit.record.sources.map((id) => [id, catalogue.sources.get(id) ?? id]))
}

function head(hit: Hit, language: Language): readonly string[] {
  const name = [nameOf(hit), yearsOf(hit)].filter((word) => word !== '').join(', ')
  const sure = say(`catalogue.confidence.${hit.record.confidence}`, {}, language)
  const status = statusOf(hit)
  const marked = status ? `; ${say(`catalogue.status.${status}`, {}, language)}` : ''
  return [name, `${hit.record.id}  (${hit.kind})  ${sure}${marked}`, '']
}

/** A whole record: every attribute with unit, mark and description, then notes and sources. */
export function recordLines(hit: Hit, catalogue: Catalogue, language: Language): readonly string[] {
  const { confidence, fieldConfidence, notes } = hit.record
  const described = describeSchema(schemaOf(hit.kind, hit.record))
  // the list itself says what it is, its items come later
  const attributes = new Map(
    described.toReversed().map((attribute) => [attribute.path.replaceAll('[]', ''), attribute]),
  )
  const rows = rowsOf(hit.record, { shown: '', path: '' }, { attributes, fieldConfidence, confidence, language })
  const sources = Object.entries(sourcesOf(hit, catalogue)).map(([id, text]) => `  ${id}: ${text}`)
  const extra = extraLines(hit, catalogue, language)
  return [
    ...head(hit, language),
    ...columns(rows),
    ...(extra.length > 0 ? ['', ...extra] : []),
    ...(notes ? ['', notes] : []),
    '',
    say('catalogue.heading.sources', {}, language),
    ...sources,
    '',
    marksLegend(language),
  ]
}
