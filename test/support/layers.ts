import { dirname, join, normalize } from 'node:path/posix'
import ts from 'typescript'

/**
 * The house as a table: wings and the rooms inside them, in the order data flows. A module imports only from its own
 * room and from rooms before it, and from another room only an `index.ts` (a sub-room may have one of its own).
 */
export const house: Readonly<Record<string, readonly string[]>> = {
  base: ['units', 'version', 'words', 'problems', 'documents'],
  hub: ['standards', 'site', 'money', 'plant', 'demand', 'controller', 'energy'],
  study: ['simulate', 'market', 'report', 'plan'],
  live: ['clock', 'ocpp', 'station', 'operate'],
  io: ['formats', 'solver', 'store', 'bus', 'workers'],
  app: ['api', 'live', 'cli'],
}

const rooms = Object.entries(house).flatMap(([wing, inside]) => inside.map((room) => `${wing}/${room}`))

/** These run in a browser too: no Node, no clock, no chance, no timers, no time zone of the machine. */
const browserSafe = ['base/', 'hub/', 'study/', 'io/formats/']

/** Walls beyond the order of rooms: who must not know whom, even leftwards. */
const walls: readonly { readonly from: string; readonly to: readonly string[] }[] = [
  { from: 'live/', to: ['study/'] },
  { from: 'live/ocpp/', to: ['hub/', 'study/'] },
  { from: 'live/operate/', to: ['hub/plant/'] },
  { from: 'hub/controller/', to: ['hub/demand/'] },
]

/** Packages that belong to one place. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  commander: ['app/cli/'],
  yaml: ['base/documents/'],
  'd3-scale': ['study/report/'],
  'd3-shape': ['study/report/'],
  highs: ['io/solver/'],
  ws: ['live/ocpp/'],
  ajv: ['live/ocpp/'],
  pino: ['app/live/log/'],
}

export interface Module {
  /** Path from src/, with slashes. */
  readonly path: string
  readonly text: string
}

/** One rule broken at one line. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly says: string
}

export interface Import {
  readonly specifier: string
  readonly line: number
  /** Loaded only when the code gets there: `import(...)`. */
  readonly isDynamic: boolean
}

type Say = (node: ts.Node, says: string) => void

const roomOf = (path: string): string => path.split('/').slice(0, 2).join('/')

export function parse(module: Module): ts.SourceFile {
  return ts.createSourceFile(module.path, module.text, ts.ScriptTarget.ES2022, true)
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node)
  ts.forEachChild(node, (child) => visit(child, look))
}

function lineOf(node: ts.Node): number {
  const file = node.getSourceFile()
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0]
  return undefined
}

/** Every import of a file: static, type-only, re-export and dynamic. */
export function importsOf(file: ts.SourceFile): readonly Import[] {
  const found: Import[] = []
  visit(file, (node) => {
    const specifier = specifierOf(node)
    if (specifier && ts.isStringLiteralLike(specifier)) {
      found.push({ specifier: specifier.text, line: lineOf(node), isDynamic: ts.isCallExpression(node) })
    }
  })
  return found
}

function roomProblem(path: string, target: string): string | null {
  const [from, to] = [roomOf(path), roomOf(target)]
  if (from === to) return null
  if (!rooms.includes(to)) return `imports ${target}, which is in no room of the house`
  if (rooms.indexOf(to) > rooms.indexOf(from)) return `${from} must not import ${to}: data flows the other way`
  const wall = walls.find((one) => path.startsWith(one.from) && one.to.some((start) => target.startsWith(start)))
  if (wall) return `${wall.from} must not know ${to}`
  if (/^base\/words\/\w+\//.test(target)) return 'sentences are reached through base/words/index.ts only'
  return target.endsWith('/index.ts') ? null : `${target} is no face: import an index.ts of ${to}`
}

function packageProblem(path: string, specifier: string): string | null {
  const safe = browserSafe.some((start) => path.startsWith(start))
  if (specifier.startsWith('node:')) return safe ? `${specifier} is not there in a browser` : null
  const homes = packageHomes[specifier]
  if (!homes || homes.some((home) => path.startsWith(home))) return null
  return `${specifier} belongs to ${homes.join(', ')}`
}

function importProblem(path: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return packageProblem(path, specifier)
  return roomProblem(path, normalize(join(dirname(path), specifier)))
}

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame']
const machineObjects = ['process', 'console', 'performance', 'globalThis', 'Buffer', 'crypto', 'navigator']
const bannedMembers: Readonly<Record<string, string>> = {
  'Date.now': 'reads the clock',
  'Math.random': 'is not repeatable',
}
const localTime =
  /^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds)$|^getTimezoneOffset$|^toLocale(Date|Time)String$/

/** Names a file declares itself: an arrival `process` is not the one of Node. */
function declaredIn(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  visit(file, (node) => {
    if (ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node))
      names.add(node.name.getText())
  })
  return names
}

function checkMember(node: ts.PropertyAccessExpression, declared: ReadonlySet<string>, say: Say): void {
  const owner = node.expression.getText()
  const name = `${owner}.${node.name.text}`
  const reason = bannedMembers[name]
  if (reason) say(node, `${name} ${reason}`)
  if (machineObjects.includes(owner) && !declared.has(owner)) say(node, `${owner} is not for browser-safe rooms`)
  if (localTime.test(node.name.text)) say(node, `${node.name.text} depends on the machine's time zone`)
}

function namesTimeZone(options: ts.Expression | undefined): boolean {
  if (!options) return false
  if (!ts.isObjectLiteralExpression(options)) return true
  return options.properties.some(
    (property) => ts.isSpreadAssignment(property) || property.name?.getText() === 'timeZone',
  )
}

function checkCall(node: ts.CallExpression | ts.NewExpression, say: Say): void {
  const callee = node.expression.getText()
  const given = node.arguments ?? []
  if (timers.includes(callee)) say(node, `${callee} is a timer`)
  if (callee === 'Date' && given.length !== 1) say(node, 'Date without one argument reads the clock or the local zone')
  if (callee === 'Intl.DateTimeFormat' && !namesTimeZone(given[1])) {
    say(node, 'Intl.DateTimeFormat without timeZone takes the one of the machine')
  }
}

function browserProblems(file: ts.SourceFile, say: Say): void {
  const declared = declaredIn(file)
  visit(file, (node) => {
    if (ts.isPropertyAccessExpression(node)) checkMember(node, declared, say)
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) checkCall(node, say)
  })
}

/** A sentence outside base/words gives itself away by Chinese characters; English ones cannot be told from other text. */
function sentenceProblems(file: ts.SourceFile, say: Say): void {
  visit(file, (node) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    if (isText && /\p{Script=Han}/u.test(node.text)) say(node, 'a Chinese sentence belongs in base/words/zh')
  })
}

/** Every rule broken in one module; tests beside the sources are not asked. */
export function violationsIn(module: Module): readonly Violation[] {
  const file = parse(module)
  const found: Violation[] = []
  const say = (node: ts.Node, says: string): void => {
    found.push({ path: module.path, line: lineOf(node), says })
  }
  for (const { specifier, line } of importsOf(file)) {
    const says = importProblem(module.path, specifier)
    if (says) found.push({ path: module.path, line, says })
  }
  if (browserSafe.some((start) => module.path.startsWith(start))) browserProblems(file, say)
  if (!module.path.startsWith('base/words/')) sentenceProblems(file, say)
  return found
}

function meetings(modules: readonly Module[]): readonly Violation[] {
  const seen = new Map<string, Set<string>>()
  for (const module of modules.filter(({ path }) => !path.startsWith('app/'))) {
    const wings = seen.get(roomOf(module.path)) ?? new Set()
    seen.set(roomOf(module.path), wings)
    for (const { specifier } of importsOf(parse(module))) {
      if (specifier.startsWith('.')) wings.add(normalize(join(dirname(module.path), specifier)).split('/')[0] ?? '')
    }
  }
  const both = [...seen].filter(([, wings]) => wings.has('study') && wings.has('live'))
  return both.map(([room]) => ({ path: room, line: 0, says: 'study and live meet only in app' }))
}

function misplaced(modules: readonly Module[]): readonly Violation[] {
  const outside = modules.filter(({ path }) => !rooms.includes(roomOf(path)))
  return outside.map(({ path }) => ({ path, line: 0, says: 'is in no room of the house' }))
}

/**
 * Every rule broken in the house. Throws when it sees no modules, or a folder of `folders` (paths from src/) that holds
 * none: a check that looks at nothing must not pass.
 */
export function violations(modules: readonly Module[], folders: readonly string[]): readonly Violation[] {
  if (modules.length === 0) throw new Error('no modules seen: the layers were not checked')
  for (const folder of folders) {
    if (!modules.some(({ path }) => path.startsWith(`${folder}/`))) throw new Error(`no modules seen in ${folder}`)
  }
  return [...misplaced(modules), ...meetings(modules), ...modules.flatMap(violationsIn)]
}
