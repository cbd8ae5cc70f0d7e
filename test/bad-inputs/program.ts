import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../support/repository.ts'

export interface Outcome {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
  readonly errors: string
}

export const program = join(root, 'bin/anyplug.js')

/** The built program as a user runs it. */
export function anyplug(args: readonly string[], cwd: string): Outcome {
  const env = { ...process.env, NO_COLOR: '1', ANYPLUG_LANG: 'en', ANYPLUG_DEBUG: '' }
  const run = spawnSync(process.execPath, [program, ...args], { cwd, env, encoding: 'utf8', timeout: 60_000 })
  return { exitCode: run.status, signal: run.signal, output: run.stdout, errors: run.stderr }
}

/** Lines that look like a stack trace or an object of the runtime. */
export function traces(text: string): readonly string[] {
  return text.split('\n').filter((line) => /^\s+at .*[:(]|\bnode:internal|\bError:|\[object |undefined|NaN/.test(line))
}

/** Control characters that would reach the screen as such. */
export function rawControls(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g) ?? []
}
