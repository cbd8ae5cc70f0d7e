import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Recording } from '../replay.ts'
import { ceilingOf } from './certificate.ts'
import { chargesOf } from './charge.ts'
import { type Contender, type Contest, contestOf } from './contest.ts'
import type { LinearSolver } from './ports.ts'
import { programOf } from './program.ts'
import { driven_kWh } from './schedule.ts'
import { cellsOf, partsOf, type Steps, startsOf, stepsOf } from './steps.ts'

/** Lengths of steps to choose from: the first with few cells, or else the last. */
const STEPS_s = [30, 60, 120, 300] as const
/** Cells are sessions times steps; so many take about ten seconds where stays are short, a minute where they are long. */
const FEW_CELLS = 100_000
/** What is more than this would take too long. */
const MAX_CELLS = 200_000

/** The most energy that sessions could have got under a site limit, had all of them been known from the start. */
export interface Optimum {
  /** No schedule delivers more. */
  readonly energy_kWh: number
  /** A schedule delivers this much and keeps the limits at every moment: the optimum lies between the two. */
  readonly reachable_kWh: number
  /** Where no limit ever binds the optimum is exact, in closed form. */
  readonly method: 'closed-form' | 'linear-program'
  /** Length of the longest step of the linear program; null without one. */
  readonly step_s: number | null
}

/** Who solves, who wants to hear of it, and who may call it off. */
export interface Search {
  readonly solver: LinearSolver
  readonly progress: (done_frac: number) => void
  readonly signal: AbortSignal
}

interface Bounds {
  readonly ceiling_kWh: number
  readonly reachable_kWh: number
}

/** How a contest is cut into steps; `cells` is what it costs to solve. */
interface Cut {
  readonly starts: Float64Array
  readonly step_s: number
  readonly cells: number
}

/** The finest steps that are not too many; the coarsest ones where all are. */
function cut(contest: Contest): Cut {
  const into = (step_s: number): Cut => {
    const starts = startsOf(contest, step_s)
    return { starts, step_s, cells: cellsOf(contest.contenders, starts) }
  }
  let made = into(STEPS_s[0])
  for (const step_s of STEPS_s) if (made.cells > FEW_CELLS) made = into(step_s)
  return made
}

function tooLarge(sessions: number, { cells, step_s }: Cut): Problem {
  const params = { sessions, cells, step_s, most: MAX_CELLS }
  return { severity: 'error', code: 'optimum.tooLarge', params, fix: { code: 'optimum.fix.tooLarge', params: {} } }
}

/** Both bounds for contenders that share with nobody else; null when called off. */
async function boundsOf(
  part: readonly Contender[],
  steps: Steps,
  limit_kW: number,
  { solver, signal }: Search,
): Promise<Bounds | null> {
  const { program, plans } = programOf(part, steps, limit_kW)
  const solution = await solver.maximise(program, signal)
  if (solution === null) return null
  const before_kWh = part.reduce((sum, { charge, room_kWh }) => sum + charge.room_kWh - room_kWh, 0)
  return {
    ceiling_kWh: before_kWh + ceilingOf(program, solution.prices),
    reachable_kWh: driven_kWh(part, plans(solution.x), steps, limit_kW),
  }
}

async function solve(contest: Contest, limit_kW: number, made: Cut, search: Search): Promise<Optimum | null> {
  let [energy_kWh, reachable_kWh, cells] = [contest.free_kWh, contest.free_kWh, 0]
  const steps = stepsOf(contest, made.starts)
  for (const part of partsOf(contest)) {
    search.progress(cells / made.cells)
    const bounds = await boundsOf(part, steps, limit_kW, search)
    if (bounds === null) return null
    energy_kWh += bounds.ceiling_kWh
    reachable_kWh += bounds.reachable_kWh
    cells += cellsOf(part, made.starts)
  }
  search.progress(1)
  return { energy_kWh, reachable_kWh, method: 'linear-program', step_s: made.step_s }
}

/**
 * The most energy the sessions of a recording can get at their outlets, in their time and with their batteries, under a
 * site limit, as two bounds: see SPEC.md. A recording that is too large is told so at once; null when called off.
 */
export async function findOptimum(
  recording: Recording,
  siteLimit_kW: number | null,
  search: Search,
): Promise<Checked<Optimum> | null> {
  const limit_kW = siteLimit_kW ?? Number.POSITIVE_INFINITY
  const contest = contestOf(chargesOf(recording), limit_kW)
  if (contest.contenders.length === 0) {
    const energy_kWh = contest.free_kWh
    const value = { energy_kWh, reachable_kWh: energy_kWh, method: 'closed-form', step_s: null } as const
    return { ok: true, value, warnings: [] }
  }
  const made = cut(contest)
  if (made.cells > MAX_CELLS) return { ok: false, problems: [tooLarge(contest.contenders.length, made)] }
  const value = await solve(contest, limit_kW, made, search)
  return value && { ok: true, value, warnings: [] }
}
