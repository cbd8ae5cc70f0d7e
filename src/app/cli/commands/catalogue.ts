import type { Parameters } from '../../../base/words/index.ts'
import { type Code, closest, say } from '../../../base/words/index.ts'
import {
  type Catalogue,
  type Hit,
  hitsOf,
  type Kind,
  kinds,
  resolve,
  search,
  suggest,
} from '../../../hub/standards/catalogue/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { loadUserCatalogue } from '../user-catalogue.ts'
import { identifierLines } from './catalogue-identifiers.ts'
import { listLines } from './catalogue-list.ts'

interface Request {
  readonly catalogue: Catalogue
  readonly terminal: Terminal
  readonly json: boolean
  readonly identifiers: boolean
}

/** A kind as people type it: `vehicle`, `swap-stations` and `swapStations` are kinds. */
function kindNamed(text: string): Kind | null {
  const letters = (word: string) => word.toLowerCase().replace(/[-_ ]/g, '').replace(/s$/, '')
  return kinds.find((kind) => letters(kind) === letters(text)) ?? null
}

async function print(lines: readonly string[], { terminal }: Request): Promise<ExitCode> {
  await terminal.out(printable(lines.join('\n')))
  return 0
}

async function printJson(value: unknown, { terminal }: Request): Promise<ExitCode> {
  await terminal.out(JSON.stringify(value, null, 2))
  return 0
}

function sayer({ terminal }: Request): (code: Code, params?: Parameters) => string {
  return (code, params = {}) => say(code, params, terminal.language)
}

/** `anyplug catalogue`: how much is known of each kind. */
function counts(request: Request): Promise<ExitCode> {
  const { catalogue, json } = request
  const found = kinds.map((kind) => [kind, catalogue[kind].size] as const)
  if (json) return printJson({ asOf: catalogue.asOf, counts: Object.fromEntries(found) }, request)
  const words = sayer(request)
  const rows = found.map(
    ([kind, count]) => `${String(count).padStart(5)}  ${kind.padEnd(15)}${words(`catalogue.kind.${kind}`)}`,
  )
  const head = words('catalogue.heading', { asOf: catalogue.asOf })
  return print([head, '', ...rows, '', words('catalogue.hint.list')], request)
}

function list(hits: readonly Hit[], request: Request): Promise<ExitCode> {
  if (request.json)
    return printJson(
      hits.map(({ kind, record }) => ({ kind, ...record })),
      request,
    )
  return print(listLines(hits, request.terminal.language), request)
}

function all(kind: Kind, request: Request): Promise<ExitCode> {
  return list(hitsOf(request.catalogue, kind), request)
}

async function show(hit: Hit, request: Request): Promise<ExitCode> {
  const { recordLines, sourcesOf } = await import('./catalogue-record.ts')
  if (request.identifiers && hit.kind === 'connectors') return showIdentifiers(hit, request)
  if (request.json)
    return printJson({ kind: hit.kind, ...hit.record, sources: sourcesOf(hit, request.catalogue) }, request)
  return print(recordLines(hit, request.catalogue, request.terminal.language), request)
}

function showIdentifiers(hit: Extract<Hit, { kind: 'connectors' }>, request: Request): Promise<ExitCode> {
  if (request.json) return printJson({ id: hit.record.id, identifiers: hit.record.identifiers }, request)
  return print(identifierLines(hit.record, request.catalogue, request.terminal.language), request)
}

function missed(kind: Kind, text: string, { catalogue, terminal }: Request): ExitCode {
  const candidates = suggest(catalogue, text, [kind])
  const fix =
    candidates.length > 0 ? ({ code: 'catalogue.fix.suggestions', params: { candidates } } as const) : undefined
  terminal.err(problemLine(usageProblem({ code: 'catalogue.noHit', params: { kind, text } }, fix), terminal.language))
  return 1
}

/** `anyplug catalogue KIND WORDS`: the record meant, or those that answer to the words. */
function find(kind: Kind, text: string, request: Request): Promise<ExitCode> | ExitCode {
  const { catalogue } = request
  const resolved = resolve(catalogue, kind, text)
  if (resolved.kind === 'none') return missed(kind, text, request)
  if (resolved.kind === 'many') return list(search(catalogue, text, [kind]), request)
  const hit = hitsOf(catalogue, kind).find(({ record }) => record.id === resolved.record.id)
  return hit ? show(hit, request) : missed(kind, text, request)
}

function unknownKind(text: string, { terminal }: Request): ExitCode {
  const candidate = closest(text, kinds)
  const fix = candidate === null ? undefined : ({ code: 'cli.fix.didYouMean', params: { candidate } } as const)
  return refuse([usageProblem({ code: 'catalogue.noKind', params: { text, allowed: kinds } }, fix)], terminal)
}

/** `--identifiers` alone shows all connectors. */
function identifiersOfAll(kind: Kind, request: Request): Promise<ExitCode> {
  const { catalogue, terminal } = request
  const connectors = [...catalogue.connectors.values()]
  if (kind !== 'connectors') {
    const reason = { code: 'catalogue.identifiersOfConnectors', params: { kind } } as const
    return Promise.resolve(refuse([usageProblem(reason)], terminal))
  }
  if (request.json)
    return printJson(
      connectors.map(({ id, identifiers }) => ({ id, identifiers })),
      request,
    )
  const blocks = connectors.map((connector) => identifierLines(connector, catalogue, terminal.language))
  return print(
    blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    request,
  )
}

/** Options that only an import has. */
const ofImport = ['--format', '--market', '--connector', '--out'] as const

/** Lists, searches, shows and imports records. Exit 1 when nothing answers to the words. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const options = new OptionReader(input)
  const isImport = options.text('kind') === 'import'
  const misplaced = ofImport.filter((name) => !isImport && options.text(name) !== undefined)
  if (misplaced.length > 0) {
    const problems = misplaced.map((name) => usageProblem({ code: 'import.onlyWithImport', params: { name } }))
    return refuse(problems, terminal)
  }
  const loaded = await loadUserCatalogue(options.text('--catalogue'))
  if (!loaded.ok) return refuse(loaded.problems, terminal)
  for (const warning of loaded.warnings) terminal.err(problemLine(warning, terminal.language))
  const { value: catalogue } = loaded
  if (isImport) return (await import('./catalogue-import.ts')).importRecords(options, catalogue, terminal)
  const request = { catalogue, terminal, json: options.flag('--json'), identifiers: options.flag('--identifiers') }
  const named = options.text('kind') ?? (request.identifiers ? 'connectors' : undefined)
  if (named === undefined) return counts(request)
  const kind = kindNamed(named)
  if (kind === null) return unknownKind(named, request)
  const text = options.list('words').join(' ')
  if (request.identifiers && (text === '' || kind !== 'connectors')) return identifiersOfAll(kind, request)
  return text === '' ? all(kind, request) : find(kind, text, request)
}
