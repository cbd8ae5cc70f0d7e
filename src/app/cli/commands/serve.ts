import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatNumber, say } from '../../../base/words/index.ts'
import { localToken } from '../../../io/store/holder/index.ts'
import { openStore, Store } from '../../../io/store/index.ts'
import { type MachineClock, PacedClock } from '../../../live/clock/index.ts'
import { type RunningHub, startHub } from '../../live/index.ts'
import { type HubLog, openLog } from '../../live/log/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { unwritable } from '../files.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse } from '../print.ts'
import { clockOf } from '../serve/clock.ts'
import { readServeOptions, type ServeOptions } from '../serve/options.ts'
import { portProblem, storeProblem } from '../serve/problems.ts'
import { readServed, type Served } from '../serve/source.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue } from '../user-catalogue.ts'

const LINK_ms = 24 * 3_600_000
/** How often a line says how the hub is, by the clock of the wall. */
const LINE_ms = 5000
/** Less of the speed asked for is worth a word. */
const SLOW = 0.9

/** Where the build puts the dashboard; null: it is not there. */
function webFolder(): string | null {
  const here = dirname(fileURLToPath(import.meta.url))
  const found = [join(here, '../../../web'), join(here, '../../../../dist/web')].find((path) =>
    existsSync(join(path, 'index.html')),
  )
  return found ?? null
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Looks now and then whether the site file is still the one the server started with. */
function watchFile(path: string, bytes: Uint8Array) {
  const hash = hashOf(bytes)
  let isChanged = false
  const timer = setInterval(() => {
    readFile(path)
      .then((now) => {
        isChanged = hashOf(now) !== hash
      })
      .catch(() => {
        isChanged = true
      })
  }, LINE_ms)
  timer.unref()
  return { isChanged: () => isChanged, stop: () => clearInterval(timer) }
}

/** One line on how the hub is. */
function liveLine({ hub }: RunningHub, { language }: Terminal): string {
  const { power_kW, evses } = hub.now()
  const { limit_kW } = hub.site()
  const charging = evses.filter(({ mode }) => mode === 'charging').length
  const power = formatNumber(power_kW['grid'] ?? 0, language, 0)
  return say('serve.line', { charging, evses: evses.length, power, limit: limit_kW }, language)
}

/** Done when interrupted or told to stop (SIGTERM), or after so many minutes of the wall. */
function end(minutes: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = minutes === undefined ? undefined : setTimeout(() => stop(), minutes * 60_000)
    const stop = (): void => {
      clearTimeout(timer)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGTERM', stop)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
}

/** What virtual cars got in all, and their highest power. */
function playedLine({ world }: RunningHub, { language }: Terminal): string | null {
  if (!world) return null
  const energy = world.places.units.reduce((sum_kWh, _, unit) => sum_kWh + world.register_kWh(unit), 0)
  return say('serve.played', { energy, peak: world.highest_kW }, language)
}

/** Said where a machine that is busy cannot keep up. */
function slowLine(clock: MachineClock | PacedClock, { language }: Terminal): string | null {
  if (!(clock instanceof PacedClock) || clock.pace > SLOW * clock.factor) return null
  return say('serve.slow', { pace: clock.pace, speed: clock.factor }, language)
}

async function serveUntilEnd(
  running: RunningHub,
  { store, clock }: Serving,
  options: ServeOptions,
  terminal: Terminal,
) {
  const { language } = terminal
  const link = store.access.make('link', 'admin', Date.now(), Date.now() + LINK_ms)
  await terminal.out(say('serve.runs', { site: running.hub.site().name, url: running.url }, language))
  await terminal.out(say('serve.link', { link: `${running.url}/#/hub?token=${link}` }, language))
  await terminal.out(say('serve.ocpp', { url: `${running.url.replace(/^http/, 'ws')}/ocpp/` }, language))
  const line = setInterval(() => void terminal.out(printable(liveLine(running, terminal))), LINE_ms)
  await end(options.minutes, terminal.signal)
  clearInterval(line)
  for (const text of [playedLine(running, terminal), slowLine(clock, terminal)]) {
    if (text !== null) await terminal.out(text)
  }
  await running.stop()
}

function logOf({ data, log, logLevel }: ServeOptions, { err, language }: Terminal): HubLog {
  const failed = (error: Error): void =>
    err(say('serve.logFailed', { file: log ?? '', detail: error.message }, language))
  return openLog({ level: logLevel, to: log ?? err, key: localToken(data) ?? '', failed })
}

interface Serving {
  readonly served: Served
  readonly store: Store
  readonly clock: MachineClock | PacedClock
  readonly log: HubLog
}

async function serve(serving: Serving, options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const { served, store, clock, log } = serving
  const { site, text, file, bytes, recording } = served
  const watch = watchFile(file, bytes)
  try {
    const running = await startHub({
      ...{ site, text, isChanged: watch.isChanged, store, clock, speed: options.speed },
      ...{ host: options.host, port: options.port, webFolder: webFolder() },
      virtual: options.isVirtual ? { seed: options.seed, ...(recording ? { recording } : {}) } : null,
      log,
      failed: (err, where) => log.write('error', 'failed', { where, err }),
    })
    await serveUntilEnd(running, serving, options, terminal)
    return 0
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    return refuse([portProblem(error, options)], terminal)
  } finally {
    watch.stop()
    log.close()
  }
}

/** `anyplug serve SITE`: runs a hub over OCPP until it is interrupted. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readServeOptions(read)
  read.problems.push(...(await unwritable([options.log ?? undefined])))
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...read.problems, ...catalogue.problems], terminal)
  const served = await readServed(options, catalogue.value.catalogue)
  if (!served.ok || read.problems.length > 0) {
    return refuse([...read.problems, ...(served.ok ? [] : served.problems)], terminal)
  }
  for (const warning of served.warnings) terminal.err(problemLine(warning, terminal.language))
  // Nothing is written before there is a log.
  let failed = (_: unknown): void => {}
  const store = openStore({ folder: options.data, failed: (error) => failed(error) })
  if (!(store instanceof Store)) return refuse([storeProblem(store)], terminal)
  try {
    const found = clockOf(store.read.latest_ms(), options, Date.now())
    if (!('clock' in found)) return refuse([found], terminal)
    if (found.warning) terminal.err(problemLine(found.warning, terminal.language))
    store.leaveToken('local', Date.now())
    const log = logOf(options, terminal)
    failed = (err) => log.write('error', 'storeFailed', { err })
    const { clock } = found
    try {
      return await serve({ served: served.value, store, clock, log }, options, terminal)
    } finally {
      if (clock instanceof PacedClock) clock.stop()
    }
  } finally {
    store.close()
  }
}
