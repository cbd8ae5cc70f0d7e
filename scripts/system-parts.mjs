// Parts of the system that some tests want and npm cannot bring. Only called with ANYPLUG_TEST_INSTALL=1.
import { spawnSync } from 'node:child_process'

function has(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
}

function aptGet(...args) {
  const root = process.getuid?.() === 0
  const command = root ? ['apt-get', ...args] : ['sudo', '-n', 'apt-get', ...args]
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'], env }).status ?? 127
}

/** Chromium from Debian's packages, for the tests that look at a report in a browser; answers an exit code. */
export function installChromium() {
  if (process.env.CHROMIUM || has('chromium') || has('chromium-browser') || has('google-chrome')) return 0
  console.error('Installing Chromium (apt-get) ...')
  aptGet('update')
  const code = aptGet('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
  if (code !== 0) console.error('Chromium could not be installed; set CHROMIUM to an executable instead')
  return code
}
