import type { Problem } from '../../../base/problems/index.ts'
import { MachineClock, PacedClock } from '../../../live/clock/index.ts'
import { usageProblem } from '../print.ts'
import type { ServeOptions } from './options.ts'

/** A machine's clock that was set right goes back less than this. */
const MOST_BACK_ms = 60_000

/** The clock a hub goes on by, and what has to be said of it. */
export interface FolderClock {
  readonly clock: MachineClock | PacedClock
  readonly warning: Problem | null
}

/** Virtual stations live by the clock of the hub, so that a fast one can wait for them. */
function clockFrom(start_ms: number, factor: number, isVirtual: boolean): MachineClock | PacedClock {
  return isVirtual && factor > 1 ? new PacedClock({ factor, start_ms }) : new MachineClock({ factor, start_ms })
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
  if (latest_ms === null || latest_ms <= now_ms) return { clock: clockFrom(now_ms, speed, isVirtual), warning: null }
  const latest = new Date(latest_ms).toISOString()
  const isPlay = isVirtual || speed !== 1
  if (!isPlay && latest_ms - now_ms > MOST_BACK_ms) {
    const params = { folder: data, latest, now: new Date(now_ms).toISOString() }
    return usageProblem({ code: 'serve.clockBack', params }, { code: 'serve.fix.clockBack', params: {} })
  }
  const warning: Problem = { severity: 'warning', code: 'serve.clockGoesOn', params: { latest } }
  return { clock: clockFrom(latest_ms, speed, isVirtual), warning }
}
