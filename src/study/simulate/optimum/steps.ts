import { hours } from './charge.ts'
import type { Contender, Contest } from './contest.ts'

/** Time cut into steps: every piece of a contest into equal ones, none longer than asked for. */
export interface Steps {
  /** Length of each. */
  readonly lengths_h: Float64Array
  readonly binds: Uint8Array
  /** Step each piece begins with, and one more. */
  readonly starts: Int32Array
}

export function stepsOf({ times_s, binds }: Contest, step_s: number): Steps {
  const starts = new Int32Array(times_s.length)
  for (let piece = 0; piece + 1 < times_s.length; piece++) {
    const length_s = (times_s[piece + 1] ?? 0) - (times_s[piece] ?? 0)
    starts[piece + 1] = (starts[piece] ?? 0) + Math.ceil(length_s / step_s)
  }
  const lengths_h = new Float64Array(starts.at(-1) ?? 0)
  const bindsByStep = new Uint8Array(lengths_h.length)
  for (let piece = 0; piece + 1 < times_s.length; piece++) {
    const [first, end] = [starts[piece] ?? 0, starts[piece + 1] ?? 0]
    lengths_h.fill(hours(times_s[piece] ?? 0, times_s[piece + 1] ?? 0) / (end - first), first, end)
    bindsByStep.fill(binds[piece] ?? 0, first, end)
  }
  return { lengths_h, binds: bindsByStep, starts }
}

/** Steps a contender is there. */
function span({ from, until }: Contender, { starts }: Steps): number {
  return (starts[until] ?? 0) - (starts[from] ?? 0)
}

/** Sessions times steps: what a contest costs to solve. */
export function cellsOf(contenders: readonly Contender[], steps: Steps): number {
  return contenders.reduce((sum, contender) => sum + span(contender, steps), 0)
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
