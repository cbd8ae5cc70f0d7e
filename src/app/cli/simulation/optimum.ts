import { type Language, say } from '../../../base/words/index.ts'
import type { Workload } from '../../../io/formats/workload/index.ts'
import { highsSolver } from '../../../io/solver/index.ts'
import { findOptimum, type Optimum } from '../../../study/simulate/optimum/index.ts'
import { refuse } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

/** An optimum beside what a policy delivered. */
export interface Hindsight extends Optimum {
  /** Delivered, as a share of `energy_kWh`: at least this share of the optimum. */
  readonly share_frac: number
}

/** The policy is a schedule too, so that what it delivered is reachable. */
function beside({ energy_kWh, reachable_kWh, method, step_s }: Optimum, delivered_kWh: number): Hindsight {
  const share_frac = energy_kWh === 0 ? 1 : Math.min(1, delivered_kWh / energy_kWh)
  return { energy_kWh, reachable_kWh: Math.max(reachable_kWh, share_frac * energy_kWh), share_frac, method, step_s }
}

/** Finds the optimum of a workload under a limit; the exit code where there is none to show. */
export async function findHindsight(
  workload: Workload,
  siteLimit_kW: number | null,
  delivered_kWh: number,
  terminal: Terminal,
): Promise<Hindsight | ExitCode> {
  const { language, signal } = terminal
  const solver = highsSolver()
  const progress = (done_frac: number): void => terminal.progress(done_frac, say('optimum.progress', {}, language))
  try {
    const found = await findOptimum(workload, siteLimit_kW, { solver, progress, signal })
    if (found === null) return 130
    return found.ok ? beside(found.value, delivered_kWh) : refuse(found.problems, terminal)
  } finally {
    await solver.close()
  }
}

/** A line of the summary. */
export function hindsightLine(hindsight: Hindsight, language: Language): readonly [label: string, value: string] {
  const { energy_kWh, reachable_kWh, share_frac, method } = hindsight
  const code = method === 'closed-form' ? 'optimum.exactly' : 'optimum.between'
  const params = { low: reachable_kWh, high: energy_kWh, share: 100 * share_frac }
  return [say('optimum.label', {}, language), say(code, params, language)]
}
