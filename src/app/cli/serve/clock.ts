import type { Problem } from '../../../base/problems/index.ts'
import { MachineClock } from '../../../live/clock/index.ts'
import { usageProblem } from '../print.ts'
import type { ServeOptions } from './options.ts'

/** A machine's clock that was set right goes back less than this. */
const MOST_BACK_ms = 60_000

/** The clock a hub goes on by, and what has to be said of it. */
export interface FolderClock {
  readonly clock: MachineClock
  readonly warning: Problem | null
}

/**
 * A clock that does not go back behind what the folder holds: after a run that was faster than the wall, or with a clock of the
 * machine that was set back. Real stations are told the time, so there a clock that is far off is a problem.
 */
export function clockOf(
  latest_ms: number | null,
  { speed, isVirtual, data }: ServeOptions,
  now_ms: number,
): FolderClock | Problem {
  if (latest_ms === null || latest_ms <= now_ms) return { clock: new MachineClock({ factor: speed }), warning: null }
  const latest = new Date(latest_ms).toISOString()
  const isPlay = isVirtual || speed !== 1
  if (!isPlay && latest_ms - now_ms > MOST_BACK_ms) {
    const params = { folder: data, latest, now: new Date(now_ms).toISOString() }
    return usageProblem({ code: 'serve.clockBack', params }, { code: 'serve.fix.clockBack', params: {} })
  }
  const warning: Problem = { severity: 'warning', code: 'serve.clockGoesOn', params: { latest } }
  return { clock: new MachineClock({ factor: speed, start_ms: latest_ms }), warning }
}
