// What the scripts of this folder share. Plain JavaScript without packages: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const oldestNode = [20, 19]

/** Ends the process with one clear line when Node is older than package.json allows. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  console.error(
    `anyplug needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  )
  process.exit(2)
}

/** Runs a program in the root folder with its output shown; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** Runs `node args...` in the root folder; resolves to its exit code. */
export function node(args, options) {
  return run(process.execPath, args, options)
}

/** Path of an executable script of an installed package, e.g. `typescript/bin/tsc`. */
export function packageFile(path) {
  return join(root, 'node_modules', path)
}

/** Files below a folder, sorted, those that `keep` accepts. */
export function filesBelow(folder, keep = () => true) {
  if (!existsSync(folder)) return []
  if (statSync(folder).isFile()) return [folder]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter(keep)
    .sort()
}

/** One hash over names and contents. */
export function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

/**
 * Whether node_modules lacks something the lockfile asks for. Compares contents, since the order in which npm
 * writes its two lockfiles makes their times useless; optional packages (other platforms) may be absent.
 */
export function packagesAreStale() {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const present = lockedPackages(packageFile('.package-lock.json'))
  return Object.entries(wanted).some(
    ([path, entry]) => path !== '' && !entry.optional && present[path]?.integrity !== entry.integrity,
  )
}

/** Installs what the lockfile says when it is not there; ends the process when that fails. */
export function installPackages() {
  if (!packagesAreStale()) return
  console.error('Installing packages (npm ci) ...')
  const shell = process.platform === 'win32'
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', shell })
  if (status !== 0) process.exit(status ?? 1)
}

/** The line every check of the house ends with. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
