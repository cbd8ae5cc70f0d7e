import { formatPath, type Path, suggestion } from '../../../base/documents/index.ts'
import type { Checked, Position, Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import { type Catalogue, type Kind, kinds, type RecordMaps, type RecordTypes } from '../catalogue/kinds.ts'
import type { ComponentType } from '../schema/index.ts'
import { attributePaths } from './attributes.ts'
import { recordSchemas } from './file.ts'
import { referencesOf } from './references.ts'
import { brokenRules } from './rules.ts'

/** Records of one document: as read, perhaps with parts taken out that its schema refused. */
export interface RecordPart {
  /** An object with the keys of a catalogue file. */
  readonly records: unknown
  /** Place of a path inside `records`. */
  readonly locate?: (path: Path, what?: 'value' | 'key') => Position
}

/** A catalogue with records added, as far as they could be read, and what is wrong with them. */
interface Merged {
  readonly catalogue: Catalogue
  readonly problems: readonly Problem[]
}

/** A record, where it stands, and the part it is from. */
interface Entry<K extends Kind> {
  readonly kind: K
  readonly record: RecordTypes[K]
  readonly path: Path
  readonly part: RecordPart
}

type AnyEntry = { [K in Kind]: Entry<K> }[Kind]

interface Finding {
  readonly path: Path
  readonly reason: Coded
  readonly fix?: Coded
  readonly severity?: 'warning'
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Records of a kind that agree with their schema; the others were told of by the check of the document. */
function entriesOf<K extends Kind>(kind: K, part: RecordPart): readonly Entry<K>[] {
  const list = isGroup(part.records) ? part.records[kind] : undefined
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, index) => {
    const parsed = recordSchemas[kind].safeParse(item)
    return parsed.success ? [{ kind, record: parsed.data as RecordTypes[K], path: [kind, index], part }] : []
  })
}

function sourcesOf(part: RecordPart): readonly (readonly [string, string])[] {
  const sources = isGroup(part.records) && isGroup(part.records['sources']) ? part.records['sources'] : {}
  return Object.entries(sources).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}

function asOf(parts: readonly RecordPart[]): string | null {
  const stated = parts.map(({ records }) => (isGroup(records) ? records['asOf'] : undefined))
  return stated.find((day) => typeof day === 'string') ?? null
}

function added<K extends Kind>(
  base: RecordMaps,
  kind: K,
  parts: readonly RecordPart[],
): ReadonlyMap<string, RecordTypes[K]> {
  const before: ReadonlyMap<string, RecordTypes[K]> = base[kind]
  const entries = parts.flatMap((part) => entriesOf(kind, part).map(({ record }) => [record.id, record] as const))
  return entries.length === 0 ? before : new Map([...before, ...entries])
}

function merge(base: Catalogue, parts: readonly RecordPart[]): Catalogue {
  return {
    asOf: base.asOf || (asOf(parts) ?? ''),
    sources: new Map([...base.sources, ...parts.flatMap(sourcesOf)]),
    connectors: added(base, 'connectors', parts),
    swapInterfaces: added(base, 'swapInterfaces', parts),
    protocols: added(base, 'protocols', parts),
    pairingRules: added(base, 'pairingRules', parts),
    adapters: added(base, 'adapters', parts),
    vehicles: added(base, 'vehicles', parts),
    chargers: added(base, 'chargers', parts),
    swapStations: added(base, 'swapStations', parts),
    curves: added(base, 'curves', parts),
    components: added(base, 'components', parts),
  }
}

/** C1, C15: an id stands once a kind; one of the base is replaced, with a warning, a component by one of its type. */
function checkId({ kind, record }: AnyEntry, base: Catalogue, seen: Set<string>): readonly Finding[] {
  const key = `${kind} ${record.id}`
  const twice = seen.has(key)
  seen.add(key)
  const params = { id: record.id }
  if (twice) return [{ path: ['id'], reason: { code: 'catalogue.duplicateId', params } }]
  if (!base[kind].has(record.id)) return []
  const before = kind === 'components' ? base.components.get(record.id)?.type : undefined
  if (before !== undefined && 'type' in record && record.type !== before) {
    const types = { id: record.id, found: record.type, wanted: before }
    return [{ path: ['type'], reason: { code: 'catalogue.component.wrongType', params: types } }]
  }
  return [{ path: ['id'], reason: { code: 'catalogue.replaced', params }, severity: 'warning' }]
}

function unknown(path: Path, code: Coded['code'], id: string, known: Iterable<string>): Finding {
  return { path, reason: { code, params: { id } }, fix: suggestion(id, [...known]) }
}

/** C2, C15: every id that is named exists, a component as the kind of part that is wanted. */
function checkReferences({ kind, record }: AnyEntry, catalogue: Catalogue): readonly Finding[] {
  return referencesOf(kind, record).flatMap(({ path, kind: named, id, type }) => {
    if (!catalogue[named].has(id)) {
      return [unknown(path, `catalogue.unknown.${named}`, id, idsOf(catalogue, named, type))]
    }
    const found = named === 'components' ? catalogue.components.get(id)?.type : undefined
    if (type === undefined || found === type) return []
    const reason = { code: 'catalogue.component.wrongType', params: { id, found: found ?? '', wanted: type } } as const
    return [{ path, reason, fix: suggestion(id, idsOf(catalogue, named, type)) }]
  })
}

/** Ids that may stand at a place. */
function idsOf(catalogue: Catalogue, kind: Kind, type: ComponentType | undefined): readonly string[] {
  if (type === undefined) return [...catalogue[kind].keys()]
  return [...catalogue.components.values()].flatMap((component) => (component.type === type ? component.id : []))
}

/** C3: every source is in the list of sources. */
function checkSources({ record }: AnyEntry, catalogue: Catalogue): readonly Finding[] {
  return record.sources.flatMap((id, index) =>
    catalogue.sources.has(id)
      ? []
      : [unknown(['sources', index], 'catalogue.unknown.source', id, catalogue.sources.keys())],
  )
}

/** C4: a confidence is of an attribute that exists. */
function checkConfidences({ kind, record }: AnyEntry): readonly Finding[] {
  const known = attributePaths(kind, record)
  return Object.keys(record.fieldConfidence).flatMap((id) =>
    known.has(id) ? [] : [unknown(['fieldConfidence', id], 'catalogue.unknown.attribute', id, known)],
  )
}

function toProblem(entry: AnyEntry, { path, reason, fix, severity }: Finding): Problem {
  const full = [...entry.path, ...path]
  const at = entry.part.locate?.(full, path.at(-2) === 'fieldConfidence' ? 'key' : 'value')
  return {
    severity: severity ?? 'error',
    ...reason,
    path: formatPath(full),
    ...(at ? { at } : {}),
    ...(fix ? { fix } : {}),
  }
}

function findingsOf(entry: AnyEntry, base: Catalogue, catalogue: Catalogue, seen: Set<string>): readonly Finding[] {
  return [
    ...checkId(entry, base, seen),
    ...checkReferences(entry, catalogue),
    ...checkSources(entry, catalogue),
    ...checkConfidences(entry),
    ...brokenRules(entry.kind, entry.record, catalogue),
  ]
}

/**
 * Adds records to a catalogue and checks what no schema sees: ids, references, sources and the rules of each kind.
 * The catalogue holds every record that can be read, so that further checks can go on with it.
 */
export function mergeRecords(base: Catalogue, parts: readonly RecordPart[]): Merged {
  const catalogue = merge(base, parts)
  const seen = new Set<string>()
  const entries = parts.flatMap((part) => kinds.flatMap((kind) => entriesOf(kind, part) as readonly AnyEntry[]))
  const problems = entries.flatMap((entry) =>
    findingsOf(entry, base, catalogue, seen).map((finding) => toProblem(entry, finding)),
  )
  return { catalogue, problems }
}

/** Adds own records to a catalogue: the new catalogue with its warnings, or every problem. */
export function extendCatalogue(base: Catalogue, parts: readonly RecordPart[]): Checked<Catalogue> {
  const { catalogue, problems } = mergeRecords(base, parts)
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems }
  return { ok: true, value: catalogue, warnings: problems }
}
