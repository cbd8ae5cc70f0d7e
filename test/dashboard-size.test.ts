/** What a browser has to load before it shows the hub: script of the first page, compressed, without engine and editor. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { root } from './support/repository.ts'

const MOST_bytes = 250_000
const web = join(root, 'dist/web')

/** Scripts a script imports as soon as it is loaded. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(web, 'assets', file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map(([, name]) => name ?? '')
}

/** A script and everything it imports. */
function withImports(first: readonly string[]): Set<string> {
  const found = new Set<string>()
  const waiting = [...first]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    waiting.push(...importsOf(file))
  }
  return found
}

describe.skipIf(!existsSync(web))('the built dashboard', () => {
  test('script of the first load is at most 250 kB compressed', () => {
    const html = readFileSync(join(web, 'index.html'), 'utf8')
    const entry = [...html.matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name]) => name ?? '')
    const main = entry.map((file) => readFileSync(join(web, 'assets', file), 'utf8')).join('')
    const page = /hub-page-[\w-]+\.js/.exec(main)?.[0]
    expect(page).toBeDefined()
    const files = withImports([...entry, page ?? ''])
    expect([...files].some((file) => /^(engine|editor)/.test(file))).toBe(false)
    const sizes = [...files].map((file) => gzipSync(readFileSync(join(web, 'assets', file)), { level: 9 }).length)
    const sum = sizes.reduce((total, size) => total + size, 0)
    expect(sum).toBeGreaterThan(50_000)
    expect(sum).toBeLessThanOrEqual(MOST_bytes)
  })
})
