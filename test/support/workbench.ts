import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from './repository.ts'

export interface Outcome {
  readonly exitCode: number | null
  readonly output: string
  readonly errors: string
}

/** A folder such as a reader has after cloning: examples as copies to play with, the built package behind them. */
export interface Workbench {
  readonly folder: string
  write(path: string, text: string): void
  /** Runs a line in the shell with `anyplug` on the path. */
  run(line: string): Outcome
  remove(): void
}

const environment = { ...process.env, NO_COLOR: '1', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }

export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-docs-'))
  for (const part of ['dist', 'bin', 'node_modules']) symlinkSync(join(root, part), join(folder, part))
  for (const part of ['package.json', 'examples']) cpSync(join(root, part), join(folder, part), { recursive: true })
  mkdirSync(join(folder, '.commands'))
  symlinkSync(join(root, 'bin/anyplug.js'), join(folder, '.commands/anyplug'))
  const env = { ...environment, PATH: `${join(folder, '.commands')}${delimiter}${process.env['PATH'] ?? ''}` }
  return {
    folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
    run(line) {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8', env })
      return { exitCode: status, output: stdout, errors: stderr }
    },
    remove() {
      rmSync(folder, { recursive: true })
    },
  }
}
