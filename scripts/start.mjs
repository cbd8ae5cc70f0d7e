// npm start: installs what is missing, builds, and lets an example hub live: virtual stations over OCPP, twenty times as fast as
// the clock on the wall. It prints the link to the dashboard; Ctrl-C ends it.
// Further arguments go to the command: npm start -- --lang zh --port 9000
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages, node, requireNode, root } from './house.mjs'

const site = 'examples/us-highway.yaml'
const data = 'out/hub'

requireNode()
// Ctrl-C reaches the child as well: it ends in its own way and we pass its exit code on.
process.on('SIGINT', () => {})
installPackages()
process.exitCode = (await node(['scripts/build.mjs'])) || (await serve())

function serve() {
  const folder = join(root, data)
  // The hub's clock runs ahead of the wall's: what an earlier start left lies in its future.
  if (!isAlive(join(folder, 'server.json'))) rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(root, 'out'), { recursive: true })
  const further = process.argv.slice(2)
  return node(['bin/anyplug.js', 'serve', site, '--virtual', '--speed', '20', '--data', data, ...further])
}

/** Whether the server that left its number in a file still runs. */
function isAlive(file) {
  if (!existsSync(file)) return false
  try {
    process.kill(JSON.parse(readFileSync(file, 'utf8')).pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
