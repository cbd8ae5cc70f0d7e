import ts from 'typescript'

/** A function body and where it stands. */
export interface FunctionSize {
  readonly name: string
  readonly line: number
  readonly lines: number
  readonly parameters: number
  /** Its comment holds `size: why`: it may be longer and take more parameters than the rest. */
  readonly excused: boolean
}

export interface FileSize {
  readonly path: string
  readonly lines: number
  readonly functions: readonly FunctionSize[]
  /** Type assertions; `as const` and elements of arrays taken as present (`list[at] as number`) are not counted. */
  readonly assertions: number
  readonly excused: boolean
}

export interface Rules {
  readonly fileMax: number
  readonly fileMedian: number
  readonly functionMax: number
  readonly functionP90: number
  readonly functionMedian: number
  readonly parametersMax: number
  readonly assertionsPer1000: number
}

/** The sizes of code that reads well, taken from projects that do. */
export const rules: Rules = {
  fileMax: 500,
  fileMedian: 120,
  functionMax: 60,
  functionP90: 25,
  functionMedian: 8,
  parametersMax: 4,
  assertionsPer1000: 2,
}

const excuse = /\bsize: \S/

function hasExcuse(node: ts.Node, file: ts.SourceFile): boolean {
  const statement = ts.findAncestor(node, (one) => ts.isStatement(one) || ts.isClassElement(one)) ?? node
  const comments = ts.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? []
  return comments.some(({ pos, end }) => excuse.test(file.text.slice(pos, end)))
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined)
  return named?.getText() ?? (ts.isConstructorDeclaration(node) ? 'constructor' : '(anonymous)')
}

function measureFunction(node: ts.FunctionLikeDeclaration, file: ts.SourceFile): FunctionSize {
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line
  const body = node.body ?? node
  return {
    name: nameOf(node),
    line: lineAt(node.getStart(file)) + 1,
    lines: lineAt(body.getEnd()) - lineAt(body.getStart(file)) + 1,
    parameters: node.parameters.length,
    excused: hasExcuse(node, file),
  }
}

function isAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) && node.type.getText() !== 'const' && !ts.isElementAccessExpression(node.expression)
}

/** Counts of one source file; a comment `size: why` at its top excuses its length. */
export function measure(path: string, text: string): FileSize {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const functions: FunctionSize[] = []
  let assertions = 0
  const look = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) functions.push(measureFunction(node, file))
    if (isAssertion(node)) assertions++
    ts.forEachChild(node, look)
  }
  look(file)
  const head = ts.getLeadingCommentRanges(text, 0) ?? []
  const excused = head.some(({ pos, end }) => excuse.test(text.slice(pos, end)))
  return { path, lines: text.trimEnd().split('\n').length, functions, assertions, excused }
}

/** The value below which a share of the numbers lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

function functionProblems(file: FileSize): readonly string[] {
  return file.functions.flatMap(({ name, line, lines, parameters, excused }) => {
    const at = `${file.path}:${line} ${name}`
    const long = lines > rules.functionMax && !excused ? [`${at} has ${lines} lines; at most ${rules.functionMax}`] : []
    const many =
      parameters > rules.parametersMax && !excused
        ? [`${at} has ${parameters} parameters; at most ${rules.parametersMax}`]
        : []
    return [...long, ...many]
  })
}

function fileProblems(file: FileSize): readonly string[] {
  if (file.lines <= rules.fileMax || file.excused) return []
  return [`${file.path} has ${file.lines} lines; at most ${rules.fileMax}`]
}

/** Figures over all files with the most each may be. */
export function figures(files: readonly FileSize[]): readonly { name: string; value: number; most: number }[] {
  const functions = files.flatMap((file) => file.functions.map(({ lines }) => lines))
  const lines = files.map((file) => file.lines)
  const total = lines.reduce((sum, count) => sum + count, 0)
  const assertions = files.reduce((sum, file) => sum + file.assertions, 0)
  return [
    { name: 'lines of a file, median', value: quantile(lines, 0.5), most: rules.fileMedian },
    { name: 'lines of a function, median', value: quantile(functions, 0.5), most: rules.functionMedian },
    { name: 'lines of a function, 90 of 100', value: quantile(functions, 0.9), most: rules.functionP90 },
    {
      name: 'type assertions in 1000 lines',
      value: (1000 * assertions) / Math.max(total, 1),
      most: rules.assertionsPer1000,
    },
  ]
}

/** Everything too large, as sentences. */
export function sizeProblems(files: readonly FileSize[]): readonly string[] {
  if (files.length === 0) return ['no source files seen']
  const over = figures(files).filter(({ value, most }) => value > most)
  return [
    ...files.flatMap((file) => [...fileProblems(file), ...functionProblems(file)]),
    ...over.map(({ name, value, most }) => `${name}: ${value.toFixed(1)}; at most ${most}`),
  ]
}
