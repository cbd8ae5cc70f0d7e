import type { Coded } from '../words/index.ts'

/** A place in a text file; line and column count from 1. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Something wrong with an input: a code with parameters, where it stands, and what would mend it. */
export interface Problem extends Coded {
  readonly severity: 'error' | 'warning'
  readonly at?: Position
  /** Path inside the document, e.g. `stations[0].evses[1].connector`. */
  readonly path?: string
  readonly fix?: Coded
}

/** Input that was checked: the value with its warnings, or every problem found. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** The engine contradicts itself: a bug of ours, never a user's mistake. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** Throws when something we rely on does not hold; `message` says what was expected and what was found. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
