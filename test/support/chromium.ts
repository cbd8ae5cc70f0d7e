import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const quietFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Executable of a Chromium on this machine: `CHROMIUM` or one of the usual places; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM']
  if (named) return existsSync(named) ? named : null
  return usualPlaces.find((path) => existsSync(path)) ?? null
}

/** Starts it with a fresh profile that makes no connections of its own. Close it when done. */
export function openChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: quietFlags })
}
