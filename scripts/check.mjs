// npm run check: format, lint, types, layers, words, dead code, sizes, generated reference. Runs all, then says which failed.
import { closingLine, installPackages, node, packageFile, requireNode } from './house.mjs'

const vitest = packageFile('vitest/vitest.mjs')
const checks = {
  build: ['scripts/build.mjs'],
  'format and lint': [packageFile('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
  types: [packageFile('typescript/bin/tsc'), '-p', '.'],
  'types of the dashboard': [packageFile('typescript/bin/tsc'), '-p', 'web', '--noEmit'],
  'layers and words': [vitest, 'run', 'test/layers.test.ts', 'test/words.test.ts', '--reporter=dot'],
  'dead code': [packageFile('knip/bin/knip.js'), '--no-progress'],
  sizes: ['--import', 'tsx', 'scripts/check-sizes.ts'],
  reference: ['--import', 'tsx', 'scripts/generate-reference.ts', '--check'],
}

requireNode()
installPackages()
const failed = await checkAll()
for (const name of failed) console.error(`FAILED: ${name}`)
process.exitCode = failed.length > 0 ? 1 : 0
const passed = Object.keys(checks).length - failed.length
console.log(closingLine({ passed, failed: failed.length, skipped: 0 }))

async function checkAll() {
  const bad = []
  for (const [name, args] of Object.entries(checks)) {
    console.log(`\n== ${name}`)
    if ((await node(args)) !== 0) bad.push(name)
  }
  return bad
}
