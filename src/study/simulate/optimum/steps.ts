import { hours } from './charge.ts'
import type { Contender, Contest } from './contest.ts'

/** Time cut into steps: every piece of a contest in which somebody contends into equal ones. */
export interface Steps {
  /** Step each piece begins with, and one more. */
  readonly starts: Float64Array
  /** Length of each. */
  readonly lengths_h: Float64Array
  readonly binds: Uint8Array
}

/** 1 for each piece in which somebody contends. */
function contended({ times_s, contenders }: Contest): Uint8Array {
  const pieces = new Uint8Array(times_s.length)
  let done = 0
  for (const { from, until } of [...contenders].sort((a, b) => a.from - b.from)) {
    pieces.fill(1, Math.max(from, done), until)
    done = Math.max(done, until)
  }
  return pieces
}

/** Step each piece begins with, and one more, when none is longer than asked for. */
export function startsOf(contest: Contest, step_s: number): Float64Array {
  const { times_s } = contest
  const needed = contended(contest)
  const starts = new Float64Array(times_s.length)
  for (let piece = 0; piece + 1 < times_s.length; piece++) {
    const length_s = (times_s[piece + 1] ?? 0) - (times_s[piece] ?? 0)
    starts[piece + 1] = (starts[piece] ?? 0) + (needed[piece] ?? 0) * Math.ceil(length_s / step_s)
  }
  return starts
}

export function stepsOf({ times_s, binds }: Contest, starts: Float64Array): Steps {
  const lengths_h = new Float64Array(starts.at(-1) ?? 0)
  const bindsByStep = new Uint8Array(lengths_h.length)
  for (let piece = 0; piece + 1 < times_s.length; piece++) {
    const [first, end] = [starts[piece] ?? 0, starts[piece + 1] ?? 0]
    lengths_h.fill(hours(times_s[piece] ?? 0, times_s[piece + 1] ?? 0) / (end - first), first, end)
    bindsByStep.fill(binds[piece] ?? 0, first, end)
  }
  return { starts, lengths_h, binds: bindsByStep }
}

/** Sessions times steps: what it costs to solve for them. */
export function cellsOf(contenders: readonly Contender[], starts: Float64Array): number {
  return contenders.reduce((sum, { from, until }) => sum + (starts[until] ?? 0) - (starts[from] ?? 0), 0)
}

/** Contenders between whom and all others no limit is shared, directly or through a third. */
export function partsOf({ contenders, binds }: Contest): Contender[][] {
  const parts: Contender[][] = []
  let end = -1
  for (const contender of [...contenders].sort((a, b) => a.from - b.from)) {
    if (contender.from > end) parts.push([])
    parts.at(-1)?.push(contender)
    end = Math.max(end, binds.lastIndexOf(1, contender.until - 1))
  }
  return parts
}
