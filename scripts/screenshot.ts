// Takes the picture of the README: the report of the first example, of a simulated week. Needs Chromium.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findChromium, openChromium } from '../test/support/chromium.ts'
import { root } from './house.mjs'

const path = findChromium()
if (path === null) throw new Error('no Chromium found; set CHROMIUM to an executable')
const browser = await openChromium(path)
const page = await browser.newPage({ viewport: { width: 1200, height: 1250 }, colorScheme: 'light' })
await page.goto(pathToFileURL(join(root, 'out/us-highway.html')).href)
mkdirSync(join(root, 'docs/images'), { recursive: true })
await page.screenshot({ path: join(root, 'docs/images/report.png') })
await browser.close()
