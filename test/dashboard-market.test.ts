/** The market page in a real browser, from a real server; what it says is held against the model itself. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatNumber, say } from '../src/base/words/index.ts'
import { type Levers, type MarketStudy, noLevers, scenarioNamed, studyOf, turned } from '../src/study/market/index.ts'
import { findChromium, openChromium } from './support/chromium.ts'
import { root } from './support/repository.ts'

const executable = findChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = join(root, 'out/dashboard')
const START_ms = 30_000
/** Rows of a table are alike: two of each are enough. */
const FIRST_ROWS = `axe.run({ exclude: [['.scrolled tbody tr:nth-child(n+3)']] }, { resultTypes: ['violations'] })`
const SCENARIO = 'us-nacs-domino'

function studyWith(levers: Partial<Levers>, draws = 0): MarketStudy {
  const one = scenarioNamed(SCENARIO, 2040)
  const with_ = one?.ok ? turned(one.value, { ...noLevers, ...levers }) : null
  if (!with_?.ok) throw new Error('the scenario does not load')
  return studyOf(with_.value, draws, 1)
}

const sentencesOf = ({ verdict }: MarketStudy): string[] =>
  verdict.sentences.map(({ code, params }) => say(code, params, 'en'))

function lastShares({ years }: MarketStudy): number[] {
  const fleet = years.at(-1)?.fleet ?? []
  const all = fleet.reduce((a, b) => a + b, 0)
  return fleet.map((cars) => cars / all)
}

const percent = (share: number): string => {
  const value = 100 * share
  return `${formatNumber(value, 'en', Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1)}\u00a0%`
}

/** A server of its own; answers where it can be found. */
function startServer(folder: string): Promise<{ readonly process: ChildProcess; readonly base: string }> {
  const main = join(root, 'dist/app/cli/main.js')
  const asked = ['serve', join(root, 'examples/us-highway.yaml'), '--port', '0', '--data', folder]
  const child = spawn(process.execPath, [main, ...asked], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const link = /http\S+token=\S+/.exec(text)?.[0]
      if (link) resolve({ process: child, base: link.replace(/#.*$/, '') })
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)))
  })
}

describe.skipIf(executable === null)('the market page in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-market-'))
  const said: string[] = []
  let server: ChildProcess
  let browser: Browser
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    const started = await startServer(folder)
    server = started.process
    browser = await openChromium(executable ?? '')
    context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en', bypassCSP: true })
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => said.push(error.message))
    page.on('request', (request) => {
      if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) said.push(`asks for ${request.url()}`)
    })
    await page.goto(`${started.base}#/market`)
  }, 2 * START_ms)

  afterAll(async () => {
    await browser?.close()
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.on('exit', resolve))
    }
    rmSync(folder, { recursive: true, force: true })
  }, START_ms)

  const figure = (name: string) => page.getByRole('figure', { name, exact: true })
  const sentence = (text: string) => page.getByRole('listitem').filter({ hasText: text }).first()

  async function seriousViolations(): Promise<string[]> {
    await page.addScriptTag({ content: axe })
    const { violations } = await page.evaluate<AxeResults>(FIRST_ROWS)
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    return serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  }

  test('the verdict is that of the model, with bands, and axe finds nothing serious', {
    timeout: START_ms,
  }, async () => {
    await page.getByText('Bands: middle 80 of 100 of 300 draws').waitFor()
    for (const text of sentencesOf(studyWith({}, 300))) await sentence(text).waitFor()
    await page.getByText('Data until 2023-12-31').waitFor()
    await page.getByText(`anyplug market ${SCENARIO} --to 2039 --draws 300`).waitFor()
    await page.screenshot({ path: join(pictures, 'market.png') })
    expect(await seriousViolations()).toEqual([])
  })

  test('levers play it anew: a cap by keyboard, a veto, and back', { timeout: START_ms }, async () => {
    await page.getByRole('combobox', { name: 'Bands from so many draws' }).click()
    await page.getByRole('option', { name: '100', exact: true }).click()
    await page.getByRole('slider', { name: 'No more of the sales ever change' }).press('Home')
    await sentence(sentencesOf(studyWith({ cap_frac: 0 }))[0] ?? '').waitFor()
    await page.getByRole('button', { name: 'Put back: No more of the sales ever change' }).click()
    await figure('Makers on their way').getByRole('checkbox', { name: 'hyundai-kia never changes inlet' }).check()
    await sentence(sentencesOf(studyWith({ never: ['hyundai-kia'] }))[0] ?? '').waitFor()
    await page.getByText('--never hyundai-kia').waitFor()
    await page.getByRole('button', { name: 'All back' }).click()
    await sentence(sentencesOf(studyWith({}))[0] ?? '').waitFor()
  })

  test('behind each figure are a table and a CSV with the values of the model', { timeout: START_ms }, async () => {
    const cars = figure('Cars by inlet')
    await cars.getByRole('button', { name: 'as a table' }).click()
    const cells = await cars.getByRole('row').last().getByRole('cell').allTextContents()
    const shares = lastShares(studyWith({}))
    expect([cells[0], cells[1]]).toEqual(['2039', percent(shares[0] ?? Number.NaN)])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      cars.getByRole('button', { name: 'CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('market-fleet.csv')
    const lines = readFileSync(await download.path(), 'utf8').split('\n')
    const [year, tesla] = (lines.at(-1) ?? '').split(',').map(Number)
    expect([year, tesla]).toEqual([2039, expect.closeTo(shares[0] ?? Number.NaN, 9)])
    await cars.getByRole('button', { name: 'as a picture' }).click()
  })

  test('another region, beside another scenario, in another language, dark', { timeout: START_ms }, async () => {
    await page.getByRole('combobox', { name: 'Region' }).click()
    await page.getByRole('option', { name: 'Europe', exact: true }).click()
    await page.getByRole('combobox', { name: 'Compare with' }).click()
    await page.getByRole('option', { name: /Europe: no mandate/ }).click()
    await figure('Beside each other').getByRole('row').nth(3).waitFor()
    await page.getByText('中文').click()
    await figure('按插座划分的销量').waitFor()
    await page.getByText('深色').click()
    await page.getByText('区间：100 次抽样的中间 80 %').waitFor()
    expect(await seriousViolations()).toEqual([])
    expect(await page.locator('body').textContent()).not.toMatch(/NaN|undefined|\[object/)
    await page.screenshot({ path: join(pictures, 'market-dark-zh.png') })
  })

  test('on a telephone nothing is wider than the screen', { timeout: START_ms }, async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: '参数', expanded: false }).first().click()
    await page.getByRole('slider', { name: '销量' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(said).toEqual([])
  })
})
