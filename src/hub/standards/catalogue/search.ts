import { closest } from '../../../base/words/index.ts'
import { type Catalogue, type Kind, kinds, type RecordMaps, type RecordTypes } from './kinds.ts'
import { nameOf } from './names.ts'

/** A record that answers to words. */
export type Hit = {
  readonly [K in Kind]: { readonly kind: K; readonly record: RecordTypes[K]; readonly rank: number }
}[Kind]

/** What a name a user gave stands for. */
export type Resolved<K extends Kind> =
  | { readonly kind: 'one'; readonly record: RecordTypes[K] }
  | { readonly kind: 'many'; readonly candidates: readonly RecordTypes[K][] }
  | { readonly kind: 'none'; readonly suggestions: readonly string[] }

/** How well a word of the query agrees with a record, worst first. */
const [NO, INSIDE, START, WHOLE] = [0, 1, 2, 3] as const

const MAX_SUGGESTIONS = 5

interface Entry {
  readonly hit: Hit
  readonly words: ReadonlySet<string>
  readonly compact: string
}

/** Words of a text, in lower case and without accents. */
function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Words a record answers to: `DT600L1` is also `dt`, `600`, `l`, `1`. */
function partsOf(word: string): readonly string[] {
  return [word, ...(word.match(/\p{L}+|\p{N}+/gu) ?? [])]
}

/** Names a record has besides its id and its own name. */
function furtherNames(hit: Hit): readonly (string | null)[] {
  if (hit.kind === 'connectors') return hit.record.alsoKnownAs
  if (hit.kind === 'components') return [hit.record.type, hit.record.manufacturer]
  return hit.kind === 'chargers' ? [hit.record.network, hit.record.generation] : []
}

function textOf(hit: Hit): string {
  return [hit.record.id, nameOf(hit), ...furtherNames(hit)].join(' ')
}

function entryOf(hit: Hit): Entry {
  const words = wordsOf(textOf(hit))
  return { hit, words: new Set(words.flatMap(partsOf)), compact: words.join('') }
}

function entriesOf(catalogue: Catalogue, among: readonly Kind[]): readonly Entry[] {
  return among.flatMap((kind) => hitsOf(catalogue, kind).map(entryOf))
}

/** Every record of a kind, as if it answered to a query. */
export function hitsOf(catalogue: Catalogue, kind: Kind): readonly Hit[] {
  return [...catalogue[kind].values()].map((record) => ({ kind, record, rank: NO }) as Hit)
}

/** A year asks for the model years of a vehicle; null where it is no year or no vehicle. */
function rankYear(word: string, { hit }: Entry): number | null {
  if (hit.kind !== 'vehicles' || !/^(19|20)\d\d$/.test(word)) return null
  const { from, to } = hit.record.modelYears
  const year = Number(word)
  return year >= (from ?? -Infinity) && year <= (to ?? Infinity) ? WHOLE : NO
}

function rankWord(word: string, entry: Entry): number {
  const year = rankYear(word, entry)
  if (year !== null) return year
  if (entry.words.has(word)) return WHOLE
  if (/^\p{N}+$/u.test(word)) return NO
  if ([...entry.words].some((known) => known.startsWith(word))) return START
  return word.length >= 3 && entry.compact.includes(word) ? INSIDE : NO
}

/** Mean rank of the words, 0 where one of them is not in the record. */
function rankOf(words: readonly string[], entry: Entry): number {
  const ranks = words.map((word) => rankWord(word, entry))
  return ranks.includes(NO) ? NO : ranks.reduce((sum, rank) => sum + rank, 0) / words.length
}

function byRank(a: Hit, b: Hit): number {
  if (a.rank !== b.rank) return b.rank - a.rank
  if (a.kind !== b.kind) return kinds.indexOf(a.kind) - kinds.indexOf(b.kind)
  return a.record.id < b.record.id ? -1 : 1
}

function hitsAmong(entries: readonly Entry[], words: readonly string[]): readonly Hit[] {
  if (words.length === 0) return []
  return entries
    .map((entry) => ({ ...entry.hit, rank: rankOf(words, entry) }))
    .filter(({ rank }) => rank > NO)
    .sort(byRank)
}

/**
 * Records that hold every word of a query in their id or names, best first and always in the same order. A year
 * narrows vehicles to those whose model years include it. Numbers match whole words only.
 */
export function search(catalogue: Catalogue, text: string, among: readonly Kind[] = kinds): readonly Hit[] {
  return hitsAmong(entriesOf(catalogue, among), wordsOf(text))
}

/** Ids a mistyped query may have meant: each unknown word is replaced by the nearest known one. */
export function suggest(catalogue: Catalogue, text: string, among: readonly Kind[] = kinds): readonly string[] {
  const entries = entriesOf(catalogue, among)
  const vocabulary = new Set(entries.flatMap(({ words }) => [...words].filter((word) => word.length > 1)))
  const corrected = wordsOf(text).map((word) => (known(word, entries) ? word : (closest(word, vocabulary) ?? word)))
  const found = hitsAmong(entries, corrected).map(({ record }) => record.id)
  if (found.length > 0) return [...new Set(found)].slice(0, MAX_SUGGESTIONS)
  const nearest = closest(
    text,
    entries.map(({ hit }) => hit.record.id),
  )
  return nearest === null ? [] : [nearest]
}

function known(word: string, entries: readonly Entry[]): boolean {
  return entries.some((entry) => rankWord(word, entry) > NO)
}

function recordsOf<K extends Kind>(maps: RecordMaps, kind: K): ReadonlyMap<string, RecordTypes[K]> {
  return maps[kind]
}

/** `zeekr 001 2025` is the id `zeekr-001-2025`. */
function sameLetters<T>(records: ReadonlyMap<string, T>, text: string): T | undefined {
  const letters = wordsOf(text).join('')
  const id = [...records.keys()].find((candidate) => wordsOf(candidate).join('') === letters)
  return id === undefined ? undefined : records.get(id)
}

/**
 * The record a user means: by its id, else the one that answers to all words, else the one that has them as whole
 * words; otherwise the candidates, or what may have been meant.
 */
export function resolve<K extends Kind>(catalogue: Catalogue, kind: K, text: string): Resolved<K> {
  const records = recordsOf(catalogue, kind)
  const exact = records.get(text) ?? sameLetters(records, text)
  if (exact) return { kind: 'one', record: exact }
  const hits = search(catalogue, text, [kind])
  const whole = hits.filter(({ rank }) => rank === WHOLE)
  const best = whole.length === 1 ? whole : hits
  const found = best.flatMap(({ record }) => records.get(record.id) ?? [])
  const [first] = found
  if (first === undefined) return { kind: 'none', suggestions: suggest(catalogue, text, [kind]) }
  return found.length === 1 ? { kind: 'one', record: first } : { kind: 'many', candidates: found }
}
