import { setImmediate } from 'node:timers/promises'
import {
  type Catalogue,
  type MatchFacts,
  type MatchResult,
  match,
  prepareMatch,
  type Vehicle,
} from '../../../hub/standards/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { writeUserFile } from '../files.ts'
import { AnswerWriter, postName, vehicleName } from '../match/answer.ts'
import {
  type Conditions,
  checkOptions,
  findMany,
  findPost,
  findVehicle,
  type Post,
  readConditions,
} from '../match/input.ts'
import { asCsv, asJson, asTable, type Matrix } from '../match/matrix.ts'
import { asHtml } from '../match/matrix-html.ts'
import { OptionReader } from '../options.ts'

import { problemLine, refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { loadUserCatalogue } from '../user-catalogue.ts'

const formats = ['table', 'csv', 'json', 'html'] as const
type Format = (typeof formats)[number]

/** Options a vehicle of a matrix does not know are those of another vehicle. */
function ask(vehicle: Vehicle, post: Post, conditions: Conditions, facts: MatchFacts): MatchResult {
  const options = conditions.options.filter((option) => option in vehicle.options)
  return match({ ...conditions, options, vehicle, post }, facts)
}

async function single(read: OptionReader, catalogue: Catalogue, terminal: Terminal): Promise<ExitCode> {
  const conditions = readConditions(read, catalogue)
  const vehicle = findVehicle(read, catalogue, read.text('vehicle') ?? '')
  const post = findPost(read, catalogue, read.text('post') ?? '')
  if (vehicle) checkOptions(read, conditions.options, [vehicle])
  for (const name of ['--format', '--out']) {
    if (read.text(name) === undefined) continue
    read.problems.push(usageProblem({ code: 'match.problem.onlyMatrix', params: { name } }))
  }
  if (read.problems.length > 0 || !vehicle || !post) return refuse(read.problems, terminal)
  const result = ask(vehicle, post, conditions, prepareMatch(catalogue))
  const text = read.flag('--json')
    ? JSON.stringify(result, null, 2)
    : new AnswerWriter(catalogue, terminal).write(result)
  await terminal.out(text.trimEnd())
  return result.fits ? 0 : 1
}

type Question = { vehicles: readonly Vehicle[]; posts: readonly Post[]; conditions: Conditions }

/** Every vehicle at every post; null when interrupted. */
async function fill(
  { vehicles, posts, conditions }: Question,
  catalogue: Catalogue,
  terminal: Terminal,
): Promise<Matrix | null> {
  const facts = prepareMatch(catalogue)
  const rows: MatchResult[][] = []
  for (const vehicle of vehicles) {
    await setImmediate()
    if (terminal.signal.aborted) return null
    rows.push(posts.map((post) => ask(vehicle, post, conditions, facts)))
    terminal.progress(rows.length / vehicles.length, vehicle.id)
  }
  return {
    vehicles: vehicles.map(({ id }) => ({ id, name: vehicleName(id, catalogue) })),
    posts: posts.map(({ id }) => ({ id, name: postName(id, catalogue) })),
    rows,
  }
}

function drawn(matrix: Matrix, format: Format, terminal: Terminal): string {
  if (format === 'csv') return asCsv(matrix)
  if (format === 'json') return asJson(matrix)
  return format === 'html' ? asHtml(matrix, terminal.language) : asTable(matrix, terminal.language)
}

async function deliver(text: string, path: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (path === undefined) {
    await terminal.out(text)
    return 0
  }
  const problem = await writeUserFile(path, `${text}\n`)
  return problem === null ? 0 : refuse([problem], terminal)
}

async function many(read: OptionReader, catalogue: Catalogue, terminal: Terminal): Promise<ExitCode> {
  const conditions = readConditions(read, catalogue)
  const allPosts: readonly Post[] = [...catalogue.chargers.values(), ...catalogue.swapStations.values()]
  const vehicles = findMany(read, 'vehicle', catalogue.vehicles.values(), (text) => findVehicle(read, catalogue, text))
  const posts = findMany(read, 'post', allPosts, (text) => findPost(read, catalogue, text))
  const format = read.oneOf('--format', formats) ?? (read.flag('--json') ? 'json' : 'table')
  if (vehicles.length > 0) checkOptions(read, conditions.options, vehicles)
  if (read.problems.length > 0) return refuse(read.problems, terminal)
  const matrix = await fill({ vehicles, posts, conditions }, catalogue, terminal)
  return matrix === null ? 130 : deliver(drawn(matrix, format, terminal), read.text('--out'), terminal)
}

/** `anyplug match VEHICLE POST`: 0 fits, 1 does not, 2 bad input; a matrix is always an answer. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const opened = await loadUserCatalogue(read.text('--catalogue'))
  if (!opened.ok) return refuse(opened.problems, terminal)
  for (const warning of opened.warnings) terminal.err(problemLine(warning, terminal.language))
  return read.flag('--matrix') ? many(read, opened.value, terminal) : single(read, opened.value, terminal)
}
