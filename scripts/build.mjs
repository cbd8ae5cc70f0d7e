// Builds the catalogue module, dist/ and the dashboard in dist/web. Does nothing when no source changed since the last good build.
// Called by npm start, npm test and, through `prepare`, by npm ci.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { filesBelow, hashOf, node, packageFile, requireNode, root } from './house.mjs'

const dist = join(root, 'dist')
const stampFile = join(dist, '.stamp')
const entry = join(dist, 'app/cli/main.js')
const inputs = [
  'src',
  'data',
  'scripts/build.mjs',
  'scripts/build-catalogue.ts',
  'scripts/build-market.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'web',
]
const isSource = (file) => !file.endsWith('.generated.ts') && !file.endsWith('.test.ts')

requireNode()
const code = await build()
// npx, run in this folder, calls `prepare` too and leaves a broken cache for good when that fails.
process.exitCode = process.env.npm_command === 'exec' ? 0 : code

async function build() {
  if (!existsSync(packageFile('typescript/package.json'))) return withoutCompiler()
  const stamp = hashOf([
    ...inputs.flatMap((path) => filesBelow(join(root, path), isSource)),
    packageFile('typescript/package.json'),
  ])
  if (isBuilt(stamp)) return 0
  console.error('Building anyplug ...')
  rmSync(stampFile, { force: true })
  const catalogue = await node(['--import', 'tsx', 'scripts/build-catalogue.ts'])
  const market = await node(['--import', 'tsx', 'scripts/build-market.ts'])
  const types = await node([packageFile('typescript/bin/tsc'), '-p', 'tsconfig.build.json'])
  const web = await node([packageFile('vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'])
  if (catalogue !== 0 || market !== 0 || types !== 0 || web !== 0) return catalogue || market || types || web
  removeOrphans()
  writeFileSync(stampFile, stamp)
  return 0
}

/** After `npm ci --omit=dev`: what an earlier build left is used as it is. */
function withoutCompiler() {
  if (existsSync(entry)) return 0
  console.error('anyplug is not built, and the packages to build it are not installed: run npm ci')
  return 1
}

function isBuilt(stamp) {
  return existsSync(entry) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
}

/** Deletes what an earlier build left in dist/ and no source stands for any more; others may be using the rest. */
function removeOrphans() {
  for (const file of filesBelow(dist, (name) => /\.(js|d\.ts)$/.test(name))) {
    if (relative(dist, file).startsWith('web')) continue
    const source = join(root, 'src', relative(dist, file).replace(/\.(js|d\.ts)$/, '.ts'))
    if (!existsSync(source)) rmSync(file)
  }
}
