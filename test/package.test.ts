import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { filesBelow } from '../scripts/house.mjs'
import { engineVersion } from '../src/base/version/index.ts'
import { importsOf, parse } from './support/layers.ts'
import { isBuilt, root } from './support/repository.ts'

function packedFiles(): readonly string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const { stdout } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
  const [packed] = JSON.parse(stdout) as readonly { files: readonly { path: string }[] }[]
  return packed?.files.map(({ path }) => path) ?? []
}

/** Package a bare import names: `d3-scale` of `d3-scale`, `@a/b` of `@a/b/c`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function packagesUsed(): readonly string[] {
  const files = filesBelow(join(root, 'dist'), (file) => file.endsWith('.js'))
  const imports = files.flatMap((path) => importsOf(parse({ path, text: readFileSync(path, 'utf8') })))
  const bare = imports.map(({ specifier }) => specifier).filter((specifier) => !/^(\.|node:)/.test(specifier))
  return [...new Set(bare.map(packageOf))].sort()
}

describe.skipIf(!isBuilt)('the package', () => {
  const packed = isBuilt ? packedFiles() : []

  test('holds what it needs and nothing of the workshop', () => {
    const needed = ['bin/anyplug.js', 'dist/app/cli/main.js', 'README.md', 'LICENSE', 'data/licences/open-ev-data.txt']
    const workshop = /\.test\.|^(src|test|scripts|bench|data(?!\/licences))\/|\/\./
    expect(packed).toEqual(expect.arrayContaining(needed))
    expect(packed.filter((path) => workshop.test(path))).toEqual([])
  })

  test('every entry is there, with types', () => {
    const targets = Object.values(packageJson.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    )
    expect(targets.filter((target) => !packed.includes(target.replace('./', '')))).toEqual([])
  })

  test.each(Object.keys(packageJson.exports).filter((path) => !path.endsWith('.json')))('%s loads', (path) => {
    const specifier = path.replace('.', packageJson.name)
    const script = `console.log(Object.keys(await import('${specifier}')).length)`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(Number(stdout)).toBeGreaterThan(0)
  })

  test('needs its dependencies and no others', () => {
    expect(packagesUsed()).toEqual(Object.keys(packageJson.dependencies).sort())
  })
})

test('versions are exact, so that a fresh install is the tested one', () => {
  const versions = Object.entries({ ...packageJson.dependencies, ...packageJson.devDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('the engine says the version of the package', () => {
  expect(engineVersion).toBe(packageJson.version)
})

test('scripts and package ask for the same Node', () => {
  const [, major, minor] =
    /oldestNode = \[(\d+), (\d+)\]/.exec(readFileSync(join(root, 'scripts/house.mjs'), 'utf8')) ?? []
  expect(packageJson.engines.node).toBe(`>=${major}.${minor}.0`)
})
