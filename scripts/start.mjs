// npm start: installs what is missing, builds, and simulates a week of the first example hub.
// Further arguments go to the command: npm start -- --lang zh
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages, node, requireNode, root } from './house.mjs'

const report = 'out/us-highway.html'

requireNode()
// Ctrl-C reaches the child as well: it ends in its own way and we pass its exit code on.
process.on('SIGINT', () => {})
installPackages()
process.exitCode = (await node(['scripts/build.mjs'])) || (await simulate())

function simulate() {
  mkdirSync(join(root, 'out'), { recursive: true })
  const further = process.argv.slice(2)
  return node(['bin/anyplug.js', 'simulate', 'examples/us-highway.yaml', '--days', '7', '--report', report, ...further])
}
