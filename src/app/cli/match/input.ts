import type { Problem } from '../../../base/problems/index.ts'
import type { Code, Coded } from '../../../base/words/index.ts'
import {
  type Catalogue,
  type Charger,
  type MatchRequest,
  type Resolved,
  resolve,
  type SwapStation,
  type Vehicle,
} from '../../../hub/standards/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

export type Post = Charger | SwapStation

/** What holds for every pair of a vehicle and a post. */
export type Conditions = Pick<MatchRequest, 'adapters' | 'market' | 'date' | 'ambient_degC' | 'soc_frac'> & {
  readonly options: readonly string[]
}

const markets = ['NA', 'EU', 'CN', 'JP'] as const
const AMBIENT_RANGE_degC = { min: -60, max: 70 }
const MAX_CANDIDATES = 12

/** A fraction such as `0.5` or a percentage such as `50%`; anything else, also a bare `50`, is null. */
export function parseSoc(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim())
  if (!found) return null
  const soc_frac = Number(found[1]) / (found[2] === '%' ? 100 : 1)
  return soc_frac <= 1 ? soc_frac : null
}

/** Whether a text is a year, month or day of the calendar. */
export function isDate(text: string): boolean {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text)
  if (!found) return false
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Text of an option that must have a form; a text without it is told with an example. */
function formed<T>(read: OptionReader, name: string, parse: (text: string) => T | null, codes: readonly [Code, Code]) {
  const text = read.text(name)
  if (text === undefined) return undefined
  const value = parse(text)
  if (value !== null) return value
  read.problems.push(usageProblem({ code: codes[0], params: { text } }, { code: codes[1], params: {} }))
  return undefined
}

function commaList(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

function adaptersOf(read: OptionReader, catalogue: Catalogue): readonly string[] {
  return commaList(read.list('--adapter')).flatMap((text) => {
    const found = resolve(catalogue, 'adapters', text)
    if (found.kind === 'one') return [found.record.id]
    const reason = { code: 'match.problem.adapter', params: { text } } as const
    read.problems.push(usageProblem(reason, help(found, 'adapters')))
    return []
  })
}

/** Everything but vehicle and post, with what is wrong with it left in the reader. */
export function readConditions(read: OptionReader, catalogue: Catalogue): Conditions {
  const soc = formed(read, '--soc', parseSoc, ['match.problem.soc', 'match.problem.socForm'])
  const asDate = (text: string) => (isDate(text) ? text : null)
  const date = formed(read, '--date', asDate, ['match.problem.date', 'match.problem.dateForm'])
  const market = read.oneOf('--market', markets)
  const ambient_degC = read.number('--ambient', AMBIENT_RANGE_degC)
  return {
    adapters: adaptersOf(read, catalogue),
    options: commaList(read.list('--with')),
    soc_frac: soc ?? null,
    ...(market === undefined ? {} : { market }),
    ...(date === undefined ? {} : { date }),
    ...(ambient_degC === undefined ? {} : { ambient_degC }),
  }
}

/** Some of many ids: a long list ends with its length. */
function shortened(ids: readonly string[]): readonly string[] {
  return ids.length > MAX_CANDIDATES ? [...ids.slice(0, MAX_CANDIDATES), `… (${ids.length})`] : ids
}

type Unresolved =
  | { readonly kind: 'many'; readonly candidates: readonly { readonly id: string }[] }
  | { readonly kind: 'none'; readonly suggestions: readonly string[] }

function help(found: Unresolved, kind: string): Coded {
  if (found.kind === 'many') {
    return { code: 'match.problem.suggest', params: { candidates: shortened(found.candidates.map(({ id }) => id)) } }
  }
  return found.suggestions.length > 0
    ? { code: 'match.problem.suggest', params: { candidates: found.suggestions } }
    : { code: 'match.problem.listKind', params: { kind } }
}

function unresolved(found: Unresolved, text: string, name: string, kind: string): Problem {
  if (found.kind === 'none')
    return usageProblem({ code: 'match.problem.unknown', params: { name, text } }, help(found, kind))
  const candidates = shortened(found.candidates.map(({ id }) => id))
  return usageProblem(
    { code: 'match.problem.ambiguous', params: { name, text, candidates } },
    { code: 'match.problem.chooseId', params: {} },
  )
}

export function findVehicle(read: OptionReader, catalogue: Catalogue, text: string): Vehicle | null {
  const found = resolve(catalogue, 'vehicles', text)
  if (found.kind === 'one') return found.record
  read.problems.push(unresolved(found, text, 'VEHICLE', 'vehicles'))
  return null
}

/** A post is a charger or a swap station: an id of either, else the words over both. */
function resolvePost(catalogue: Catalogue, text: string): Resolved<'chargers'> | Resolved<'swapStations'> | Unresolved {
  const exact = catalogue.chargers.get(text) ?? catalogue.swapStations.get(text)
  if (exact) return { kind: 'one', record: exact } as Resolved<'chargers'> | Resolved<'swapStations'>
  const charger = resolve(catalogue, 'chargers', text)
  const station = resolve(catalogue, 'swapStations', text)
  if (station.kind === 'none' && charger.kind !== 'none') return charger
  if (charger.kind === 'none' && station.kind !== 'none') return station
  if (charger.kind === 'none' && station.kind === 'none') {
    return { kind: 'none', suggestions: [...charger.suggestions, ...station.suggestions] }
  }
  const candidates = [charger, station].flatMap((found) =>
    found.kind === 'one' ? [found.record] : found.kind === 'many' ? [...found.candidates] : [],
  )
  return { kind: 'many', candidates }
}

export function findPost(read: OptionReader, catalogue: Catalogue, text: string): Post | null {
  const found = resolvePost(catalogue, text)
  if (found.kind === 'one') return found.record
  read.problems.push(unresolved(found, text, 'POST', 'chargers'))
  return null
}

/** Options that none of the vehicles has. */
export function checkOptions(read: OptionReader, options: readonly string[], vehicles: readonly Vehicle[]): void {
  const known = [...new Set(vehicles.flatMap((vehicle) => Object.keys(vehicle.options)))]
  const vehicle = vehicles.map(({ id }) => id)
  for (const text of options.filter((option) => !known.includes(option))) {
    const fix: Coded =
      known.length > 0
        ? { code: 'match.problem.options', params: { options: known } }
        : { code: 'match.problem.noOptions', params: {} }
    const params = { vehicle: shortened(vehicle), text }
    read.problems.push(usageProblem({ code: 'match.problem.option', params }, fix))
  }
}

/** The records of a comma list, or all of them. */
export function findMany<T>(
  read: OptionReader,
  name: string,
  all: Iterable<T>,
  find: (text: string) => T | null,
): readonly T[] {
  const text = read.text(name) ?? ''
  if (text.trim() === 'all') return [...all]
  const names = commaList([text])
  if (names.length === 0) {
    read.problems.push(usageProblem({ code: 'match.problem.emptyList', params: { name: name.toUpperCase() } }))
  }
  return names.flatMap((word) => find(word) ?? [])
}
