import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './repository.ts'

const START_ms = 60_000

/** A server that runs. */
export interface Served {
  readonly process: ChildProcess
  /** The one-time link. */
  readonly link: string
  /** Address of the dashboard. */
  readonly base: string
  /** Ends it; ends when it has. */
  stop(): Promise<void>
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/** Starts the built server on a site file in a folder of its own. */
export function serve(site: string, folder: string, more: readonly string[] = []): Promise<Served> {
  const main = join(root, 'dist/app/cli/main.js')
  const port = more.includes('--port') ? [] : ['--port', '0']
  const child = spawn(process.execPath, [main, 'serve', site, ...port, '--data', folder, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`no link within ${START_ms} ms: ${text}`)), START_ms)
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const link = /http\S+token=\S+/.exec(text)?.[0]
      if (!link) return
      clearTimeout(timer)
      const stop = async (): Promise<void> => {
        child.kill('SIGTERM')
        await ended(child)
      }
      resolve({ process: child, link, base: link.replace(/#.*$/, ''), stop })
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)))
  })
}
