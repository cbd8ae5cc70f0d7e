import { type Language, languages } from '../../base/words/index.ts'
import type { Terminal } from './terminal.ts'

const PROGRESS_INTERVAL_ms = 100
const BAR_WIDTH = 24

/** Language asked for by `--lang`, else by ANYPLUG_LANG, else English; read before the command line is parsed, since help needs it. */
export function chooseLanguage(args: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const at = args.indexOf('--lang')
  const given = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length)
  const wanted = given ?? environment['ANYPLUG_LANG']
  return languages.find((language) => language === wanted) ?? 'en'
}

function writeAll(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${text}\n`, () => resolve())
  })
}

/** Draws `[####    ] 40 % label` in place, at most ten times a second. */
function progressDrawer(): { draw(done_frac: number, label: string): void; clear(): void } {
  let last_ms = -Infinity
  let shown = false
  const clear = () => {
    if (shown) process.stderr.write('\r\u001b[K')
    shown = false
  }
  const draw = (done_frac: number, label: string) => {
    if (!process.stderr.isTTY) return
    const now_ms = performance.now()
    if (now_ms - last_ms < PROGRESS_INTERVAL_ms && done_frac < 1) return
    last_ms = now_ms
    const filled = Math.round(Math.min(1, Math.max(0, done_frac)) * BAR_WIDTH)
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
    process.stderr.write(`\r\u001b[K${bar} ${Math.floor(done_frac * 100)} % ${label}`)
    shown = true
    if (done_frac >= 1) clear()
  }
  return { draw, clear }
}

/** The terminal of this process. A second Ctrl-C ends it at once; a reader that went away (`| head`) ends it quietly. */
export function processTerminal(language: Language): Terminal {
  const interrupt = new AbortController()
  const progress = progressDrawer()
  process.on('SIGINT', () => {
    if (interrupt.signal.aborted) process.exit(130)
    interrupt.abort()
  })
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  return {
    language,
    isTerminal: process.stdout.isTTY === true,
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    signal: interrupt.signal,
    out: (text) => {
      progress.clear()
      return writeAll(text)
    },
    err: (text) => {
      progress.clear()
      process.stderr.write(`${text}\n`)
    },
    progress: progress.draw,
  }
}
