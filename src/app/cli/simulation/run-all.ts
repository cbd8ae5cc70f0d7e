import { say } from '../../../base/words/index.ts'
import type { Run } from '../../../study/simulate/index.ts'
import type { Terminal } from '../terminal.ts'

/** Real time between two looks at the terminal. */
const SLICE_ms = 50
const FIRST_SLICE_s = 6 * 3600

/** Runs to the end, showing how far it is; false when the user, or `between` two slices of the run, says stop. */
export async function runAll(run: Run, terminal: Terminal, between?: () => Promise<boolean>): Promise<boolean> {
  const label = say('simulate.progress', {}, terminal.language)
  const { duration_s } = run.input
  let slice_s = FIRST_SLICE_s
  while (!run.finished) {
    const began_ms = performance.now()
    run.until(run.now_s + slice_s)
    slice_s *= performance.now() - began_ms < SLICE_ms ? 2 : 0.5
    terminal.progress(Math.min(1, run.now_s / duration_s), label)
    await new Promise((resume) => setImmediate(resume))
    if (between && !(await between())) return false
    if (terminal.signal.aborted) return false
  }
  return true
}
