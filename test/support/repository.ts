import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Module } from './layers.ts'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Whether dist/ holds a whole build; tests of the built package are skipped, and counted, without one. */
export const isBuilt = existsSync(join(root, 'dist/.stamp'))

/** A text as the part of a pattern that matches just it. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

const slashes = (path: string): string => path.split(sep).join('/')

/** Source modules below src/ that are written by hand and shipped: no tests, nothing generated. */
export function sourceModules(): readonly Module[] {
  return modulesBelow(join(root, 'src'))
}

/** The same of the dashboard. */
export function webModules(): readonly Module[] {
  return modulesBelow(join(root, 'web/src'))
}

function modulesBelow(src: string): readonly Module[] {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|generated)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: slashes(relative(src, file)), text: readFileSync(file, 'utf8') }))
}

/** Rooms that exist: the folders two levels below src/. */
export function roomFolders(): readonly string[] {
  const src = join(root, 'src')
  const folders = (path: string): readonly string[] =>
    readdirSync(join(src, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => (path === '' ? entry.name : `${path}/${entry.name}`))
  return folders('').flatMap(folders)
}

/** Files of the repository as committed or about to be, paths from its root; null outside a git checkout. */
export function trackedFiles(): readonly string[] | null {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.split('\0').filter((path) => path !== '') : null
}
