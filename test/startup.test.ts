import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf, parse } from './support/layers.ts'
import { isBuilt, root } from './support/repository.ts'

/** Packages that load at once with a built module: those it imports, and those of its imports, dynamic ones left out. */
function packagesLoaded(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return new Set()
  seen.add(file)
  const imports = importsOf(parse({ path: file, text: readFileSync(file, 'utf8') })).filter((one) => !one.isDynamic)
  const names = imports.map(({ specifier }) => specifier).filter((specifier) => !specifier.startsWith('node:'))
  const own = names
    .filter((name) => name.startsWith('.'))
    .map((name) => packagesLoaded(join(dirname(file), name), seen))
  return new Set([...names.filter((name) => !name.startsWith('.')), ...own.flatMap((packages) => [...packages])])
}

function packagesOf(...modules: readonly string[]): readonly string[] {
  return [...new Set(modules.flatMap((path) => [...packagesLoaded(join(root, 'dist/app/cli', path))]))].sort()
}

describe.skipIf(!isBuilt)('a command loads no more than it needs', () => {
  test('help and errors of use', () => {
    expect(packagesOf('main.js')).toEqual(['commander'])
  })

  test('simulate --workload', () => {
    expect(packagesOf('main.js', 'commands/simulate.js', 'commands/simulate-workload.js')).toEqual(['commander'])
  })

  test('match, without own records', () => {
    expect(packagesOf('main.js', 'commands/match.js')).toEqual(['commander'])
  })
})
