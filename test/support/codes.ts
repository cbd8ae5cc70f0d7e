import ts from 'typescript'
import type { Module } from './layers.ts'
import { escapePattern } from './repository.ts'

/** Codes a module names: whole ones, and heads of those built from a template (`cli.severity.${severity}`). */
export interface NamedCodes {
  readonly whole: ReadonlySet<string>
  readonly patterns: readonly RegExp[]
}

const dotted = /^[a-z]\w*(\.[A-Za-z0-9]\w*)+$/
const fileEnding = /\.(html|json|ya?ml|ts|js|mjs|md|csv|token)$/

/** A template that gives codes (`cli.severity.${x}`, `${x}.name`), as the pattern of what it can give; else null. */
function patternOf(node: ts.TemplateExpression): RegExp | null {
  const tails = node.templateSpans.map(({ literal }) => literal.text)
  const isCode =
    /^[a-z]\w*\./.test(node.head.text) || (node.head.text === '' && /^\.[a-zA-Z]\w*$/.test(tails.at(-1) ?? ''))
  if (!isCode || isFileName(tails.at(-1) ?? '')) return null
  return new RegExp(`^${escapePattern(node.head.text)}${tails.map((tail) => `.+${escapePattern(tail)}`).join('')}$`)
}

/** Whether a text ends like the name of a file, such as `site.json`. */
export function isFileName(text: string): boolean {
  return fileEnding.test(text)
}

/** Codes and code patterns named in the text of modules; comments do not count. */
export function namedCodes(modules: readonly Module[]): NamedCodes {
  const whole = new Set<string>()
  const patterns: RegExp[] = []
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && dotted.test(node.text)) whole.add(node.text)
    const pattern = ts.isTemplateExpression(node) ? patternOf(node) : null
    if (pattern) patterns.push(pattern)
    ts.forEachChild(node, look)
  }
  for (const { path, text } of modules) look(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true))
  return { whole, patterns }
}

/** Names of the `{name}` places of a sentence, sorted. */
export function places(sentence: string): readonly string[] {
  return [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort()
}
