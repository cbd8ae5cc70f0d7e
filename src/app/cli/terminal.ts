import type { Language } from '../../base/words/index.ts'

/** 0 done or fits, 1 a negative answer, 2 bad input, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 130

/** What a command may do with the outside: print, show progress, notice an interrupt. */
export interface Terminal {
  readonly language: Language
  /** Standard output is a screen: progress and colour are welcome. */
  readonly isTerminal: boolean
  readonly colour: boolean
  /** Aborted at the first Ctrl-C; a command stops at the next good place, keeps what is done and returns 130. */
  readonly signal: AbortSignal
  /** Writes text and a line end to standard output; resolves when the reader can take more. */
  out(text: string): Promise<void>
  /** Writes text and a line end to standard error. */
  err(text: string): void
  /** Shows how far a long work is, on standard error, only on a screen; `done_frac` 0 to 1. */
  progress(done_frac: number, label: string): void
}
