import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseNamed } from '../src/app/cli/market/named-case.ts'
import { marketReportInput } from '../src/app/cli/market/report-input.ts'
import { studyOf } from '../src/study/market/index.ts'
import { renderComparison } from '../src/study/report/comparison/index.ts'
import { renderReport } from '../src/study/report/index.ts'
import { renderMarket } from '../src/study/report/market/index.ts'
import { comparisonOf } from './comparison-fixture.ts'
import { emptyResult, inputOf, resultOf } from './report-fixture.ts'
import { findChromium, openChromium } from './support/chromium.ts'

const executable = findChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const longName = 'عربي-'.repeat(200)

async function marketPage(name: string, language: 'en' | 'zh'): Promise<string> {
  const one = await caseNamed(name)
  if (!one.ok) throw new Error(name)
  return renderMarket(marketReportInput(studyOf(one.value, 20, 1), `anyplug market ${name}`), language)
}

const pages = {
  week: renderReport({ ...inputOf(), baseline: resultOf({ siteLimit_kW: null }) }, 'en'),
  'week-zh': renderReport(inputOf(), 'zh'),
  empty: renderReport(inputOf(emptyResult()), 'en'),
  'long names': renderReport(
    { ...inputOf(resultOf({ evses: 60 }, { site: longName, policy: longName })), command: longName },
    'en',
  ),
  comparison: renderComparison(comparisonOf({ gains_frac: [0.02, -0.4] }), 'en'),
  'comparison-zh': renderComparison(comparisonOf({ gains_frac: [3] }), 'zh'),
  market: await marketPage('us-nacs-domino', 'en'),
  'market-zh': await marketPage('trucks-mcs', 'zh'),
} as const
type Name = keyof typeof pages

describe.skipIf(executable === null)('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  let browser: Browser

  beforeAll(async () => {
    for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), text)
    browser = await openChromium(executable ?? '')
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  interface Look {
    readonly width?: number
    readonly colorScheme?: 'light' | 'dark'
    readonly bypassCSP?: boolean
  }

  /** Opens a page from the disk and collects what the console says. */
  async function open(name: Name, { width = 1280, colorScheme = 'light', bypassCSP = false }: Look = {}) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP })
    const page = await context.newPage()
    const messages: string[] = []
    page.on('console', (message) => messages.push(message.text()))
    page.on('pageerror', (error) => messages.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) messages.push(`asks for ${request.url()}`)
    })
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href)
    return { page, messages }
  }

  async function openEverything(page: Page): Promise<void> {
    for (const details of await page.locator('details').all()) {
      await details.evaluate((element) => element.setAttribute('open', ''))
    }
  }

  const names = Object.keys(pages) as Name[]
  test.each(names.flatMap((name) => [360, 768, 1280].map((width) => [name, width] as const)))(
    '%s at %d px: no sideways scrolling, nothing on the console',
    async (name, width) => {
      const { page, messages } = await open(name, { width })
      await openEverything(page)
      const root = page.locator('html')
      expect(await root.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
      expect(messages).toEqual([])
      await page.context().close()
    },
  )

  test.each([
    ['week', 'light', 1280],
    ['week', 'dark', 1280],
    ['week-zh', 'dark', 360],
    ['empty', 'light', 360],
    ['comparison', 'light', 1280],
    ['comparison-zh', 'dark', 360],
  ] as const)(
    '%s in %s at %d px: nothing to mend for screen readers, keyboard and weak eyes',
    async (name, colorScheme, width) => {
      const { page } = await open(name, { colorScheme, width, bypassCSP: true })
      await page.addScriptTag({ content: axe })
      const results = (await page.evaluate('axe.run()')) as AxeResults
      expect(results.passes.length).toBeGreaterThan(10)
      expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      await page.context().close()
    },
  )

  test('the pointer reads out the row of the table it is over', async () => {
    const { page, messages } = await open('week')
    const plot = page.locator('[aria-labelledby=timeline] .plot')
    await plot.scrollIntoViewIfNeeded()
    const box = await plot.boundingBox()
    if (box === null) throw new Error('the chart has no size')
    await page.mouse.move(box.x + (box.width * 500.5) / 1008, box.y + 100)
    const said = await page.locator('.readout span').allTextContents()
    const row = await page.locator('figure[data-columns] tbody tr').nth(500).locator('th, td').allTextContents()
    expect(said.map((text) => text.replace(/^.*: /, ''))).toEqual(row)
    expect(messages).toEqual([])
    await page.context().close()
  })

  test('prints on few pages of A4 and Letter, in light colours', async () => {
    const { page } = await open('week', { colorScheme: 'dark' })
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format })
      const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []
      expect(sheets.length).toBeGreaterThan(3)
      expect(sheets.length).toBeLessThan(10)
    }
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await page.context().close()
  })
})
