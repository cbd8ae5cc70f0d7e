import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  Parser,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Coded } from '../words/index.ts'

/** A problem and the offset in the text where it stands. */
export interface Found {
  readonly offset: number
  readonly reason: Coded
  readonly fix?: Coded
}

/** Where a value stands in the text, and the values in it. */
export interface Place {
  readonly offset: number
  readonly children: ReadonlyMap<string | number, Child>
  /** How many values it holds, aliases unfolded. */
  readonly size: number
  /** How deep values nest in it, aliases unfolded. */
  readonly height: number
}

interface Child {
  readonly keyOffset: number | null
  readonly place: Place
}

export interface YamlTree {
  readonly value: unknown
  readonly place: Place
  readonly found: readonly Found[]
}

/** Deeper nesting is refused: it is never meant, and recursion over it would exhaust the stack. */
export const MAX_DEPTH = 64
/** Aliases may unfold to so many values. */
export const MAX_ALIASED_VALUES = 100_000

/** Reads YAML 1.2 (and so JSON): plain values, their places, and everything wrong with the text. Never throws. */
export function readYaml(text: string): YamlTree {
  const { tokens, tooDeepAt } = tokenise(text)
  if (tooDeepAt !== null) return failed({ offset: tooDeepAt, reason: tooDeep })
  const documents = [...new Composer({ uniqueKeys: false, version: '1.2' }).compose(tokens)]
  const [document, second] = documents
  if (!document) return failed({ offset: 0, reason: { code: 'document.empty', params: {} } })
  const builder = new Builder()
  const built = builder.build(document.contents, 0)
  const found = [...documentProblems(document), ...builder.found]
  if (second) found.push({ offset: startOf(second), reason: { code: 'document.multiple', params: {} } })
  return { ...built, found }
}

const tooDeep: Coded = { code: 'document.tooDeep', params: { max: MAX_DEPTH } }

function failed(problem: Found): YamlTree {
  return { value: null, place: leaf(problem.offset), found: [problem] }
}

/** The parser itself does not recurse, but what follows does: so depth is watched here. */
function tokenise(text: string): { tokens: CST.Token[]; tooDeepAt: number | null } {
  const tokens: CST.Token[] = []
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > MAX_DEPTH) return { tokens, tooDeepAt: parser.offset }
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens, tooDeepAt: null }
}

function startOf(document: Document.Parsed): number {
  return document.contents?.range[0] ?? document.range[0]
}

/** The first problem at a place; the parser often tells of one slip in two ways. */
function documentProblems(document: Document.Parsed): Found[] {
  const byOffset = new Map<number, Found>()
  for (const error of [...document.errors, ...document.warnings]) {
    const offset = error.pos[0]
    if (!byOffset.has(offset)) byOffset.set(offset, syntaxProblem(error))
  }
  return [...byOffset.values()]
}

function syntaxProblem(error: YAMLError): Found {
  const offset = error.pos[0]
  if (error.code === 'TAB_AS_INDENT') {
    const fix: Coded = { code: 'document.fix.spaces', params: {} }
    return { offset, reason: { code: 'document.tab', params: {} }, fix }
  }
  if (error.code === 'MULTIPLE_DOCS') return { offset, reason: { code: 'document.multiple', params: {} } }
  return { offset, reason: { code: 'document.syntax', params: { detail: error.message } } }
}

function leaf(offset: number): Place {
  return { offset, children: new Map(), size: 1, height: 0 }
}

interface Built {
  readonly value: unknown
  readonly place: Place
}

/** Turns nodes into plain values. An alias shares the value of its anchor, so nothing is ever unfolded here. */
class Builder {
  readonly found: Found[] = []
  readonly #anchors = new Map<string, Built>()
  #aliased = 0

  build(node: unknown, fallback: number): Built {
    if (isAlias(node)) return this.#alias(node.source, node.range?.[0] ?? fallback)
    const built = this.#own(node, fallback)
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor) this.#anchors.set(node.anchor, built)
    return built
  }

  #own(node: unknown, fallback: number): Built {
    if (isMap(node)) return this.#map(node)
    if (isSeq(node)) return this.#seq(node)
    if (!isScalar(node)) return { value: null, place: leaf(fallback) }
    return { value: node.value, place: leaf(node.range?.[0] ?? fallback) }
  }

  #alias(name: string, offset: number): Built {
    const target = this.#anchors.get(name)
    if (!target) return this.#refuse(offset, { code: 'document.unknownAlias', params: { name } })
    const before = this.#aliased
    this.#aliased += target.place.size
    if (before > MAX_ALIASED_VALUES) return { value: null, place: leaf(offset) }
    if (this.#aliased <= MAX_ALIASED_VALUES) return target
    return this.#refuse(offset, { code: 'document.aliasBomb', params: { max: MAX_ALIASED_VALUES } })
  }

  #refuse(offset: number, reason: Coded): Built {
    this.found.push({ offset, reason })
    return { value: null, place: leaf(offset) }
  }

  #map(map: YAMLMap): Built {
    const offset = map.range?.[0] ?? 0
    const value: Record<string, unknown> = {}
    const children = new Map<string, Child>()
    for (const pair of map.items) this.#pair(pair, offset, { value, children })
    return { value, place: this.#place(offset, children) }
  }

  #pair(pair: Pair, mapOffset: number, into: { value: Record<string, unknown>; children: Map<string, Child> }): void {
    const keyOffset = offsetOf(pair.key) ?? mapOffset
    const key = keyText(pair.key)
    if (key === null) {
      this.found.push({ offset: keyOffset, reason: { code: 'document.keyNotText', params: {} } })
      return
    }
    const refusal = into.children.has(key) ? duplicate(key) : unusableKeys.get(key)
    if (refusal) this.found.push({ offset: keyOffset, ...refusal })
    const built = this.build(pair.value, keyOffset)
    if (refusal) return
    into.value[key] = built.value
    into.children.set(key, { keyOffset, place: built.place })
  }

  #seq(seq: YAMLSeq): Built {
    const offset = seq.range?.[0] ?? 0
    const built = seq.items.map((item) => this.build(item, offset))
    const children = new Map(built.map(({ place }, index) => [index, { keyOffset: null, place }]))
    return { value: built.map(({ value }) => value), place: this.#place(offset, children) }
  }

  #place(offset: number, children: ReadonlyMap<string | number, Child>): Place {
    let [size, height] = [1, 0]
    for (const { place } of children.values()) {
      size += place.size
      height = Math.max(height, place.height + 1)
    }
    // aliases may nest what each part for itself does not
    if (height === MAX_DEPTH + 1) this.found.push({ offset, reason: tooDeep })
    return { offset, children, size, height }
  }
}

function duplicate(key: string): Omit<Found, 'offset'> {
  return { reason: { code: 'document.duplicateKey', params: { key } } }
}

const unusableKeys = new Map<string, Omit<Found, 'offset'>>([
  ['__proto__', { reason: { code: 'document.unknownKey', params: { key: '__proto__' } } }],
  [
    '<<',
    {
      reason: { code: 'document.unknownKey', params: { key: '<<' } },
      fix: { code: 'document.fix.mergeKey', params: {} },
    },
  ],
])

function offsetOf(node: unknown): number | null {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? null) : null
}

/** Keys are texts; a number or truth value as key is taken as it is written. */
function keyText(node: unknown): string | null {
  if (node === null) return ''
  if (!isScalar(node)) return null
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}
