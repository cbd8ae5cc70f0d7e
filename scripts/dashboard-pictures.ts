// Keeps pictures of every page of the dashboard in out/pictures: three widths, light and dark. Needs Chromium and a built dist/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { findChromium, openChromium } from '../test/support/chromium.ts'
import { serve } from '../test/support/served.ts'
import { root } from './house.mjs'

const widths = [390, 820, 1440]
const schemes = ['light', 'dark'] as const
const pages = ['hub', 'time', 'operate', 'match', 'market', 'design'] as const
const SETTLE_ms = 1500
const folder = mkdtempSync(join(tmpdir(), 'anyplug-pictures-'))
const pictures = join(root, 'out/pictures')

/** What is worth a picture of a page besides its first sight. */
const more: Partial<
  Record<(typeof pages)[number], (page: Page, keep: (name: string) => Promise<void>) => Promise<void>>
> = {
  hub: async (page, keep) => {
    await page.locator('.drawing .charging').first().click()
    await page.waitForTimeout(SETTLE_ms)
    await keep('hub-drawer')
    await page.keyboard.press('Escape')
  },
  time: async (page, keep) => {
    await page.getByRole('button', { name: 'Replay this time' }).click()
    await page.waitForTimeout(SETTLE_ms)
    await keep('time-replay')
  },
  operate: async (page, keep) => {
    for (const tab of ['Transactions', 'Reservations', 'Alarms', 'Commands']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.waitForTimeout(SETTLE_ms / 3)
      await keep(`operate-${tab.toLowerCase()}`)
    }
  },
}

const path = findChromium()
if (path === null) throw new Error('no Chromium found; set CHROMIUM to an executable')
mkdirSync(pictures, { recursive: true })
const served = await serve(join(root, 'examples/us-highway.yaml'), folder, ['--virtual', '--speed', '20'])
const browser = await openChromium(path)
const context = await browser.newContext({ locale: 'en' })
const page = await context.newPage()
page.on('pageerror', (error) => console.error(error.message))
await page.goto(served.link)
await page.locator('.drawing .charging').first().waitFor({ timeout: 90_000 })
await page.waitForTimeout(20_000)
const asked = process.argv.slice(2)
for (const scheme of schemes) {
  await page.evaluate(`localStorage.setItem('mantine-color-scheme-value', '${scheme}')`)
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 1000 })
    const keep = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true })
    }
    for (const name of pages) {
      if (asked.length > 0 && !asked.includes(name)) continue
      await page.goto(`${served.base}#/${name}`)
      await page.reload()
      await page.waitForTimeout(2 * SETTLE_ms)
      await keep(name)
      await more[name]?.(page, keep).catch((error: unknown) => console.error(`${name} ${width} ${scheme}: ${error}`))
    }
  }
}
await browser.close()
await served.stop()
rmSync(folder, { recursive: true, force: true })
