import { formatPath } from '../../../base/documents/index.ts'
import { invariant } from '../../../base/problems/index.ts'
import { readSiteFile } from '../../../hub/site/index.ts'
import type { SiteSource } from './ports.ts'

/** A value that two site files state differently. */
export interface SiteChange {
  /** As people write it, parts by their id: `stations[post].count`. */
  readonly path: string
  /** Values as text; null: not stated. */
  readonly from: string | null
  readonly to: string | null
}

type Group = Readonly<Record<string, unknown>>
type Path = readonly string[]

/** Keys by which parts of a list are told apart. */
const names = ['id', 'vehicle'] as const
/** What a hub is called changes nothing. */
const ignored = new Set(['name', 'version'])

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  if (value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function nameOf(item: Group): string | null {
  const name = names.map((key) => item[key]).find((value) => typeof value === 'string')
  return typeof name === 'string' ? name : null
}

/** A list of named parts as a group; parts of one name are numbered. null: the list is of something else. */
function namedParts(list: readonly unknown[]): Group | null {
  const parts = new Map<string, unknown>()
  for (const item of list) {
    const name = isGroup(item) ? nameOf(item) : null
    if (name === null) return null
    const earlier = [...parts.keys()].filter((key) => key.replace(/ #\d+$/, '') === name).length
    parts.set(earlier === 0 ? name : `${name} #${earlier + 1}`, item)
  }
  return Object.fromEntries(parts)
}

/** `[post]` for a part of a list, `.key` otherwise. */
function spoken(path: Path): string {
  return formatPath(path).replace(/\.\[/g, '[')
}

function changed(path: Path, from: unknown, to: unknown): SiteChange[] {
  return [{ path: spoken(path), from: textOf(from), to: textOf(to) }]
}

function groupChanges(path: Path, from: Group, to: Group): SiteChange[] {
  const keys = new Set([...Object.keys(from), ...Object.keys(to)])
  return [...keys].flatMap((key) => changesAt([...path, key], from[key], to[key]))
}

function listChanges(path: Path, from: readonly unknown[], to: readonly unknown[]): SiteChange[] {
  const [before, after] = [namedParts(from), namedParts(to)]
  if (before === null || after === null) return changed(path, from, to)
  const bracketed = (parts: Group): Group =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [`[${name}]`, part]))
  const inside = groupChanges(path, bracketed(before), bracketed(after))
  const [orderBefore, orderAfter] = [Object.keys(before), Object.keys(after)]
  const isReordered = inside.length === 0 && orderBefore.join() !== orderAfter.join()
  return isReordered ? changed(path, orderBefore, orderAfter) : inside
}

function changesAt(path: Path, from: unknown, to: unknown): SiteChange[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return []
  if (isGroup(from) && isGroup(to)) return groupChanges(path, from, to)
  if (Array.isArray(from) && Array.isArray(to)) return listChanges(path, from, to)
  return changed(path, from, to)
}

/** Differences of two site files, in the order of the first; defaults count as stated. */
export function siteChanges(from: SiteSource, to: SiteSource): readonly SiteChange[] {
  const [before, after] = [readSiteFile(from.text, from.file), readSiteFile(to.text, to.file)]
  invariant(before && after, 'both site files were sound before')
  return groupChanges([], before, after).filter(({ path }) => !ignored.has(path))
}

/** Where vehicles come from instead of the demand of the site file, if they do. */
export type Replaced = 'replayed' | 'fitted' | null

/** Changes after which other vehicles come, at other times, or with other drivers ... */
const crowd = /^(demand|timezone|market|location\.country|catalogue\.vehicles)\b/
/** ... what a hub itself decides about those who come ... */
const rules = /^demand\b.*\.(places|maxStay_min|idleFee(\.\w+)?|priority|weight|name)$/
/** ... and what a recording, or a fit to it, says instead of the file. */
const arrivals = 'sessions_perDay|weekendSessions_perDay|traffic|profile|season|target|energy'
const said = {
  fitted: new RegExp(`^demand\\b.*\\.(${arrivals})\\b`),
  replayed: new RegExp(`^demand\\b.*\\.(${arrivals}|growth|shareGrowth_frac|stay|overstay)\\b`),
}

/** Those of the changes that make the numbers compare two different crowds. */
export function crowdChanges(changes: readonly SiteChange[], replaced: Replaced = null): readonly SiteChange[] {
  return changes.filter(({ path }) => {
    return crowd.test(path) && !rules.test(path) && !(replaced !== null && said[replaced].test(path))
  })
}
