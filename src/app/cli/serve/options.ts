import { type LogLevel, logLevels } from '../../live/log/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

const DEFAULT_PORT = 8180
const MAX_SPEED = 1000
const LONGEST_h = 24 * 366

export interface ServeOptions {
  /** Site file; null: the hub is that of a workload. */
  readonly site: string | null
  readonly workload: string | null
  readonly siteLimit_kW: number | null
  /** How far into the recording to begin. */
  readonly skip_h: number
  readonly port: number
  readonly host: string
  readonly data: string
  readonly speed: number
  readonly seed: number
  readonly isVirtual: boolean
  readonly minutes: number | undefined
  /** File of the log; null: standard error. */
  readonly log: string | null
  readonly logLevel: LogLevel
}

function checkSource(read: OptionReader): void {
  const site = read.text('site')
  if (read.text('--workload') === undefined) {
    if (site === undefined) read.problems.push(usageProblem({ code: 'serve.noSite', params: {} }))
    for (const name of ['--site-limit', '--skip']) {
      if (read.text(name) !== undefined) {
        read.problems.push(usageProblem({ code: 'serve.onlyWithWorkload', params: { name } }))
      }
    }
  } else if (site !== undefined) {
    read.problems.push(usageProblem({ code: 'cli.notTogether', params: { first: 'SITE', second: '--workload' } }))
  }
}

export function readServeOptions(read: OptionReader): ServeOptions {
  checkSource(read)
  const workload = read.text('--workload') ?? null
  const log = read.text('--log') ?? null
  return {
    ...{ site: read.text('site') ?? null, workload },
    siteLimit_kW: read.number('--site-limit', { min: 0.001 }) ?? null,
    skip_h: read.number('--skip', { min: 0, max: LONGEST_h }) ?? 0,
    port: read.integer('--port', { min: 0, max: 65_535 }) ?? DEFAULT_PORT,
    host: read.text('--host') ?? '127.0.0.1',
    data: read.text('--data') ?? 'anyplug-data',
    speed: read.number('--speed', { min: 0.01, max: MAX_SPEED }) ?? 1,
    seed: read.integer('--seed', { min: 0, max: 2 ** 53 - 1 }) ?? 1,
    isVirtual: read.flag('--virtual') || workload !== null,
    minutes: read.number('--minutes', { min: 0.01, max: 1e6 }),
    log,
    // On a screen only what somebody should look at.
    logLevel: read.oneOf('--log-level', logLevels) ?? (log === null ? 'warn' : 'info'),
  }
}
