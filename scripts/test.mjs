// npm test: installs packages where missing, builds, runs every test; the last line is `N passed, N failed, N skipped`.
//   --full                  larger counts for property tests; writes docs/test-full.md
//   ANYPLUG_TEST_INSTALL=1  also installs system parts the tests want (Debian packages)
// Further arguments go to vitest: npm test -- src/hub
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closingLine, installPackages, node, packageFile, requireNode, root } from './house.mjs'

const full = process.argv.includes('--full')
const filters = process.argv.slice(2).filter((argument) => argument !== '--full')
const none = { passed: 0, failed: 0, skipped: 0 }
const started = Date.now()

requireNode()
installPackages()
const counts = await testAll()
if (full) writeRecord(counts)
process.exitCode = counts.failed > 0 ? 1 : 0
console.log(closingLine(counts))

async function testAll() {
  if (process.env.ANYPLUG_TEST_INSTALL === '1' && (await installSystemParts()) !== 0) return { ...none, failed: 1 }
  if ((await node(['scripts/build.mjs'])) !== 0) return { ...none, failed: 1 }
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-test-'))
  try {
    return await runVitest(join(folder, 'result.json'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function installSystemParts() {
  const { installChromium } = await import('./system-parts.mjs')
  return installChromium()
}

async function runVitest(result) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${result}`]
  const env = { ...process.env, ...(full ? { ANYPLUG_FULL: '1' } : {}) }
  const code = await node([packageFile('vitest/vitest.mjs'), 'run', ...reporters, ...filters], { env })
  return countsOf(result, code)
}

/** Counts of a vitest run; a file that did not load, or any other way to fail, counts as one failure. */
function countsOf(result, code) {
  try {
    const run = JSON.parse(readFileSync(result, 'utf8'))
    const unloaded = run.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const failed = run.numFailedTests + unloaded.length
    const skipped = run.numPendingTests + run.numTodoTests
    return { passed: run.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1), skipped }
  } catch {
    return { ...none, failed: 1 }
  }
}

function writeRecord(counts) {
  const minutes = ((Date.now() - started) / 60_000).toFixed(1)
  const text = `# The full test run

Written by \`npm run test:full\`: every test, property tests with their large counts (\`test/support/counts.ts\`).

| what | value |
| --- | --- |
| date | ${new Date().toISOString().slice(0, 10)} |
| Node | ${process.versions.node} on ${process.platform} ${process.arch} |
| result | ${closingLine(counts)} |
| duration | ${minutes} min |
`
  writeFileSync(join(root, 'docs/test-full.md'), text)
}
