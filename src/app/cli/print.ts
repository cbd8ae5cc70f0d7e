import type { Problem } from '../../base/problems/index.ts'
import { type Coded, type Language, say } from '../../base/words/index.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** Control and bidirectional-override characters never reach a screen raw: they show as `\u001b` and the like. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, escaped)
}

function escaped(character: string): string {
  if (character === '\n' || character === '\t') return character
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function place(problem: Problem): string {
  if (!problem.at) return ''
  const { file, line, column } = problem.at
  return line > 0 ? `${file}:${line}:${column}: ` : `${file}: `
}

/** A problem as one line: `file:line:column: error code: sentence; fix`. */
export function problemLine(problem: Problem, language: Language): string {
  const severity = say(`cli.severity.${problem.severity}`, {}, language)
  const path = problem.path ? `${problem.path}: ` : ''
  const fix = problem.fix ? `; ${say(problem.fix.code, problem.fix.params, language)}` : ''
  const sentence = say(problem.code, problem.params, language)
  return printable(`${place(problem)}${severity} ${problem.code}: ${path}${sentence}${fix}`)
}

/** A problem of the command line itself. */
export function usageProblem(reason: Coded, fix?: Coded): Problem {
  return { severity: 'error', ...reason, ...(fix ? { fix } : {}) }
}

/** Prints every problem to standard error and answers the exit code for bad input. */
export function refuse(problems: readonly Problem[], terminal: Terminal): ExitCode {
  for (const problem of problems) terminal.err(problemLine(problem, terminal.language))
  return 2
}
