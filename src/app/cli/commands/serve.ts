import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MAX_DOCUMENT_BYTES } from '../../../base/documents/index.ts'
import type { Problem } from '../../../base/problems/index.ts'
import { type Code, formatNumber, say } from '../../../base/words/index.ts'
import { loadSite } from '../../../hub/site/index.ts'
import { openStore, Store, type StoreError } from '../../../io/store/index.ts'
import { MachineClock } from '../../../live/clock/index.ts'
import { type RunningHub, startHub } from '../../live/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { readUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import { withMarketDemand } from '../simulation/market-demand.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue } from '../user-catalogue.ts'

const DEFAULT_PORT = 8180
const LINK_ms = 24 * 3_600_000
/** How often a line says how the hub is, by the clock of the wall. */
const LINE_ms = 5000
const MAX_SPEED = 1000

interface Options {
  readonly file: string
  readonly port: number
  readonly host: string
  readonly data: string
  readonly speed: number
  readonly seed: number
  readonly isVirtual: boolean
  readonly minutes: number | undefined
}

function readOptions(read: OptionReader): Options {
  return {
    file: read.text('site') ?? '',
    port: read.integer('--port', { min: 0, max: 65_535 }) ?? DEFAULT_PORT,
    host: read.text('--host') ?? '127.0.0.1',
    data: read.text('--data') ?? 'anyplug-data',
    speed: read.number('--speed', { min: 0.01, max: MAX_SPEED }) ?? 1,
    seed: read.integer('--seed', { min: 0, max: 2 ** 53 - 1 }) ?? 1,
    isVirtual: read.flag('--virtual'),
    minutes: read.number('--minutes', { min: 0.01, max: 1e6 }),
  }
}

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

function portProblem(error: unknown, { port, host }: Options): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  if (code === 'EADDRINUSE') {
    return usageProblem(
      { code: 'serve.portInUse', params: { port: String(port) } },
      { code: 'serve.fix.port', params: {} },
    )
  }
  return usageProblem({ code: 'serve.cannotListen', params: { host, port: String(port), detail: code } })
}

const fixes: Readonly<Record<string, Code>> = {
  'store.taken': 'store.fix.taken',
  'store.corrupt': 'store.fix.corrupt',
  'store.full': 'store.fix.full',
  'store.newer': 'store.fix.newer',
  'store.folder': 'store.fix.folder',
  'store.notOpen': 'store.fix.folder',
}

function storeProblem({ reason }: StoreError): Problem {
  const fix = fixes[reason.code]
  return usageProblem(reason, fix && { code: fix, params: {} })
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

async function serveUntilEnd(running: RunningHub, store: Store, options: Options, terminal: Terminal): Promise<void> {
  const { language } = terminal
  const link = store.access.make('link', 'admin', Date.now(), Date.now() + LINK_ms)
  await terminal.out(say('serve.runs', { site: running.hub.site().name, url: running.url }, language))
  await terminal.out(say('serve.link', { link: `${running.url}/#/hub?token=${link}` }, language))
  await terminal.out(say('serve.ocpp', { url: `${running.url.replace(/^http/, 'ws')}/ocpp/` }, language))
  const line = setInterval(() => void terminal.out(printable(liveLine(running, terminal))), LINE_ms)
  await end(options.minutes, terminal.signal)
  clearInterval(line)
  await running.stop()
}

/** `anyplug serve SITE`: runs a hub over OCPP until it is interrupted. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readOptions(read)
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...read.problems, ...catalogue.problems], terminal)
  const file = await readUserFile(options.file, MAX_DOCUMENT_BYTES)
  if (!file.ok) return refuse([...read.problems, file.problem], terminal)
  const resolved = await withMarketDemand(file.bytes, options.file)
  const checked = resolved.ok ? loadSite(resolved.value, options.file, catalogue.value.catalogue) : resolved
  if (!resolved.ok || !checked.ok || read.problems.length > 0) {
    return refuse([...read.problems, ...(checked.ok ? [] : checked.problems)], terminal)
  }
  if (options.isVirtual && checked.value.demand === null) {
    return refuse([usageProblem({ code: 'serve.noDemand', params: {} })], terminal)
  }
  for (const warning of checked.warnings) terminal.err(problemLine(warning, terminal.language))
  const store = openStore({ folder: options.data })
  if (!(store instanceof Store)) return refuse([storeProblem(store)], terminal)
  store.leaveToken('local', Date.now())
  const watch = watchFile(options.file, file.bytes)
  try {
    const running = await startHub({
      ...{ site: checked.value, text: new TextDecoder().decode(resolved.value), isChanged: watch.isChanged, store },
      ...{ clock: new MachineClock({ factor: options.speed }), speed: options.speed },
      ...{ host: options.host, port: options.port, webFolder: webFolder() },
      virtual: options.isVirtual ? { seed: options.seed } : null,
      failed: (error, where) =>
        terminal.err(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    })
    await serveUntilEnd(running, store, options, terminal)
    return 0
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    return refuse([portProblem(error, options)], terminal)
  } finally {
    watch.stop()
    store.close()
  }
}
