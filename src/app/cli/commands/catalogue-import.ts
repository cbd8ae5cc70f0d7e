import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { writeYaml } from '../../../base/documents/writing/index.ts'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import { type Language, say } from '../../../base/words/index.ts'
import type { Catalogue } from '../../../hub/standards/catalogue/index.ts'
import { markets } from '../../../hub/standards/schema/index.ts'
import { readEvProfiles } from '../../../io/formats/ev-profiles/index.ts'
import {
  OPEN_EV_ATTRIBUTION,
  type OwnRecords,
  openEvMarkets,
  readOpenEvData,
  slug,
  type TakenIds,
} from '../../../io/formats/open-ev-data/index.ts'
import { decoded, type TextSource } from '../../../io/formats/sessions/index.ts'
import { notWritable, openUserFile, writeUserFile } from '../files.ts'
import type { OptionReader } from '../options.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

/** Vehicles left out that are told one by one. */
const MAX_TOLD = 20
/** Records are lines of their own, what is inside them is short. */
const INLINE_FROM = 3

/** Which vehicles are wanted, and which ids they must not get. */
interface Choice {
  readonly taken: TakenIds
  readonly wants: (name: string) => boolean
}

/** What a format needs: a reader once its options are sound; null: what is wrong went into `read.problems`. */
type Importer = (read: OptionReader, catalogue: Catalogue) => Reader | null
type Reader = (source: TextSource, choice: Choice) => Promise<Checked<OwnRecords>>

/** Formats, and what the top of their files says they are from. */
const formats: Readonly<Record<string, { readonly origin: string; readonly importer: Importer }>> = {
  'open-ev-data': {
    origin: OPEN_EV_ATTRIBUTION,
    importer: (read) => {
      const market = needed(read, '--market', openEvMarkets)
      return market === undefined ? null : (source, choice) => readOpenEvData(source, { market, ...choice })
    },
  },
  'ev-profiles': {
    origin: 'EV profiles (https://github.com/SAP/e-mobility-charging-stations-simulator)',
    importer: (read, { connectors }) => {
      const market = needed(read, '--market', markets)
      const connector = connectors.get(needed(read, '--connector', [...connectors.keys()]) ?? '')
      return market && connector ? (source, choice) => readEvProfiles(source, { market, connector, ...choice }) : null
    },
  },
}

interface Asked {
  readonly file: string
  readonly format: string
  readonly reader: Reader
  /** All of them, of those that are wanted. */
  readonly words: readonly string[]
  readonly out: string | undefined
}

function needed<T extends string>(read: OptionReader, name: string, allowed: readonly T[]): T | undefined {
  if (read.text(name) === undefined) {
    read.problems.push(usageProblem({ code: 'import.needs', params: { name, allowed: [...allowed] } }))
  }
  return read.oneOf(name, allowed)
}

/** What was asked for; null: what is wrong went into `read.problems`. */
function asked(read: OptionReader, catalogue: Catalogue): Asked | null {
  const [file, ...words] = read.list('words')
  if (file === undefined) read.problems.push(usageProblem({ code: 'import.noFile', params: {} }))
  const format = needed(read, '--format', Object.keys(formats))
  const reader = format === undefined ? null : (formats[format]?.importer(read, catalogue) ?? null)
  if (file === undefined || format === undefined || reader === null) return null
  return { file, format, reader, words: words.map((word) => word.toLowerCase()), out: read.text('--out') }
}

async function load({ file, reader, words }: Asked, { vehicles, curves }: Catalogue): Promise<Checked<OwnRecords>> {
  const opened = await openUserFile(file)
  if (!('pieces' in opened)) return { ok: false, problems: [opened] }
  return reader(
    { file, chunks: decoded(file, opened.pieces) },
    {
      taken: { has: (id) => vehicles.has(id) || curves.has(id) },
      wants: (name) => words.every((word) => name.toLowerCase().includes(word)),
    },
  )
}

/** A file for every maker, as one of all would be larger than what is read; and one for the citation. */
function filesOf({ sources, vehicles, curves }: OwnRecords, format: string): ReadonlyMap<string, Partial<OwnRecords>> {
  const makerOf = new Map(vehicles.map(({ id, make }) => [id, slug(make) || 'other']))
  const files = [...new Set(makerOf.values())].sort().map((maker) => {
    const isOwn = ({ id }: { readonly id: string }): boolean => makerOf.get(id) === maker
    return [`${format}-${maker}.yaml`, { vehicles: vehicles.filter(isOwn), curves: curves.filter(isOwn) }] as const
  })
  return new Map<string, Partial<OwnRecords>>([[`${format}.yaml`, { sources }], ...files])
}

function yamlOf(records: Partial<OwnRecords>, format: string, language: Language): string {
  const comment = say('import.comment', { source: formats[format]?.origin ?? '' }, language)
  return writeYaml(records, { comment, inlineFrom: INLINE_FROM })
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

/** Writes every file into a folder, which is made beside what is there; what is wrong. Where one file is there none is written. */
async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<readonly Problem[]> {
  const paths = [...files.keys()].map((name) => join(folder, name))
  const there = await Promise.all(paths.map(isThere))
  const existing = paths.filter((_, at) => there[at])
  if (existing.length > 0) return existing.map((path) => usageProblem({ code: 'cli.file.exists', params: { path } }))
  try {
    if (!(await isThere(folder))) await mkdir(folder)
  } catch (error) {
    return [notWritable(folder, error)]
  }
  for (const [name, text] of files) {
    const problem = await writeUserFile(join(folder, name), text, true)
    if (problem !== null) return [problem]
  }
  return []
}

function tellLeftOut(warnings: readonly Problem[], { language, err }: Terminal): void {
  for (const warning of warnings.slice(0, MAX_TOLD)) err(problemLine(warning, language))
  const count = warnings.length - MAX_TOLD
  if (count > 0) err(problemLine({ severity: 'warning', code: 'import.left', params: { count } }, language))
}

/** Nothing could be read; or, as an answer, nothing was wanted. */
function missed(problems: readonly Problem[], { words }: Asked, terminal: Terminal): ExitCode {
  const [first, ...others] = problems
  if (first?.code !== 'import.nothing' || others.length > 0 || words.length === 0) return refuse(problems, terminal)
  const reason = { code: 'import.noWanted', params: { words: words.join(' ') } } as const
  terminal.err(problemLine(usageProblem(reason), terminal.language))
  return 1
}

/** `anyplug catalogue import FILE [WORDS] --format F`: own records from a data set, written to a folder or printed. */
export async function importRecords(read: OptionReader, catalogue: Catalogue, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const wanted = asked(read, catalogue)
  if (wanted === null) return refuse(read.problems, terminal)
  const loaded = await load(wanted, catalogue)
  if (!loaded.ok) return missed(loaded.problems, wanted, terminal)
  const { value: records, warnings } = loaded
  tellLeftOut(warnings, terminal)
  const { out, format } = wanted
  if (out === undefined) {
    await terminal.out(printable(yamlOf(records, format, language)).trimEnd())
    return 0
  }
  const files = [...filesOf(records, format)].map(([name, part]) => [name, yamlOf(part, format, language)] as const)
  const problems = await writeAll(out, new Map(files))
  if (problems.length > 0) return refuse(problems, terminal)
  const params = { vehicles: records.vehicles.length, files: files.length, path: out, left: warnings.length }
  await terminal.out(printable(say('import.written', params, language)))
  return 0
}
