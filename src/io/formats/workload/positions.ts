import type { Position } from '../../../base/problems/index.ts'

/** Key of an object or index of an array, from the top of a document downwards. */
export type JsonPath = readonly (string | number)[]

const SPACE = /[\t\n\r ]*/y
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s,:[\]{}"]+|[[\]{},:]/y

/** Reads a valid JSON text token by token. */
class Tokens {
  readonly #text: string
  at = 0

  constructor(text: string) {
    this.#text = text
    this.#skipSpace()
  }

  get peek(): string {
    return this.#text[this.at] ?? ''
  }

  take(): string {
    TOKEN.lastIndex = this.at
    const token = TOKEN.exec(this.#text)?.[0] ?? ''
    this.at += Math.max(1, token.length)
    this.#skipSpace()
    return token
  }

  skipValue(): void {
    let depth = 0
    do {
      const token = this.take()
      if (token === '[' || token === '{') depth++
      else if (token === ']' || token === '}') depth--
    } while (depth > 0)
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.at
    this.at += SPACE.exec(this.#text)?.[0].length ?? 0
  }
}

/** Steps into the container the tokens stand at and on to a key or index; false when it is not there. */
function enter(tokens: Tokens, step: string | number): boolean {
  const isObject = tokens.take() === '{'
  for (let index = 0; tokens.peek !== ']' && tokens.peek !== '}' && tokens.peek !== ''; index++) {
    const key = isObject ? (JSON.parse(tokens.take()) as string) : index
    if (isObject) tokens.take()
    if (key === step) return true
    tokens.skipValue()
    if (tokens.peek === ',') tokens.take()
  }
  return false
}

/** Offset of a value in a valid JSON text; of the last container on the way when the path leads nowhere. */
export function offsetOf(text: string, path: JsonPath): number {
  const tokens = new Tokens(text)
  let found = tokens.at
  for (const step of path) {
    if (!enter(tokens, step)) break
    found = tokens.at
  }
  return found
}

/** Line and column of an offset, both from 1. */
export function positionAt(file: string, text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { file, line, column: offset - (before.lastIndexOf('\n') + 1) + 1 }
}
