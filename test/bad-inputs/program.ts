import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../support/repository.ts'

export interface Outcome {
  readonly exitCode: number | null
  readonly output: string
  readonly errors: string
}

export const program = join(root, 'bin/anyplug.js')

const environment = () => ({ ...process.env, NO_COLOR: '1', ANYPLUG_LANG: 'en', ANYPLUG_DEBUG: '' })

/** The built program as a user runs it. */
export function anyplug(args: readonly string[], cwd: string): Outcome {
  const run = spawnSync(process.execPath, [program, ...args], { cwd, env: environment(), encoding: 'utf8' })
  return { exitCode: run.status, output: run.stdout, errors: run.stderr }
}

/** The same without waiting, so that several can run at once. */
export function anyplugLater(args: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd, env: environment() }, (error, output, errors) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      resolve({ exitCode, output, errors })
    })
  })
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
