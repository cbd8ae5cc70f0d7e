/** The dashboard in a real browser, against a real server with virtual stations: nothing is mocked. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findChromium, openChromium } from './support/chromium.ts'
import { root } from './support/repository.ts'

const executable = findChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = join(root, 'out/dashboard')
const SPEED = 15
const START_ms = 30_000
/** Cars come every few minutes of the hub's time. */
const CAR_ms = 90_000

/** A server of its own in a folder of its own; answers its one-time link. */
function startServer(folder: string): Promise<{ readonly process: ChildProcess; readonly link: string }> {
  const main = join(root, 'dist/app/cli/main.js')
  const asked = ['serve', join(root, 'examples/us-highway.yaml'), '--virtual', '--port', '0', '--speed', `${SPEED}`]
  const child = spawn(process.execPath, [main, ...asked, '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`no link within ${START_ms} ms: ${text}`)), START_ms)
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const link = /http\S+token=\S+/.exec(text)?.[0]
      if (!link) return
      clearTimeout(timer)
      resolve({ process: child, link })
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)))
  })
}

/** Half-way through a fade a text has no contrast of its own; whatever turns for ever is not waited for. */
const TRANSITIONS_ENDED = `Promise.allSettled(
  document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .map((each) => each.finished))`

describe.skipIf(executable === null)('the dashboard in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-web-'))
  const said: string[] = []
  let server: ChildProcess
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let base = ''

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    const started = await startServer(folder)
    server = started.process
    base = started.link.replace(/#.*$/, '')
    browser = await openChromium(executable ?? '')
    context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, locale: 'en', bypassCSP: true })
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => said.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(base) && !request.url().startsWith('data:')) said.push(`asks for ${request.url()}`)
    })
    await page.goto(started.link)
  }, 2 * START_ms)

  afterAll(async () => {
    await browser?.close()
    const isOver = server.exitCode !== null || server.signalCode !== null
    if (!isOver) {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.on('exit', resolve))
    }
    rmSync(folder, { recursive: true, force: true })
  }, START_ms)

  beforeEach(async () => {
    for (let left = await page.getByRole('dialog').count(); left > 0; left--) await page.keyboard.press('Escape')
  })

  const keep = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })
  const go = (name: string) => page.getByRole('link', { name, exact: true }).click()

  async function seriousViolations(): Promise<string[]> {
    await page.addScriptTag({ content: axe })
    await page.evaluate(TRANSITIONS_ENDED)
    const { violations } = await page.evaluate<AxeResults>('axe.run()')
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    return serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  }

  const power_kW = async (): Promise<number> => {
    const text = await page.getByRole('button', { name: /^Grid / }).getAttribute('aria-label')
    return Number(/^Grid ([\d,]+)/.exec(text ?? '')?.[1]?.replace(',', '') ?? Number.NaN)
  }

  test('the link signs in, and a car arrives', { timeout: 2 * CAR_ms }, async () => {
    await page.getByRole('heading', { name: 'Desert Junction' }).waitFor()
    await page.locator('.drawing .charging').first().waitFor({ timeout: CAR_ms })
    await expect.poll(power_kW, { timeout: CAR_ms }).toBeGreaterThan(20)
    expect(new URL(page.url()).href).not.toContain('token')
    await keep('hub')
    expect(await seriousViolations()).toEqual([])
  })

  test('the link opens nothing a second time', async () => {
    const other = await browser.newContext()
    const guest = await other.newPage()
    await guest.goto(`${base}#/hub`)
    await guest.getByRole('heading', { name: /Sign in|登录/ }).waitFor()
    await other.close()
  })

  test('one asks why a car has its power, and stops it', { timeout: CAR_ms }, async () => {
    await page.locator('.drawing .charging').first().click()
    const drawer = page.getByRole('dialog').first()
    await drawer.getByRole('heading', { name: 'Why this power?' }).waitFor()
    await drawer.getByRole('table').waitFor()
    await keep('why')
    await drawer.getByRole('button', { name: 'Stop', exact: true }).click()
    const asked = page.getByRole('dialog', { name: 'Stop' })
    await asked.getByText(/ends, and the driver has to start anew/).waitFor()
    await asked.getByRole('button', { name: 'Stop', exact: true }).click()
    await asked
      .getByRole('status')
      .getByText(/accepted it/)
      .waitFor()
  })

  test('a lower limit is confirmed by the name of the site, and powers fall within it', {
    timeout: 2 * CAR_ms,
  }, async () => {
    await page.getByRole('button', { name: 'Change the limit' }).click()
    const asked = page.getByRole('dialog')
    await asked.getByLabel('The site may draw, kW').fill('200')
    const apply = asked.getByRole('button', { name: 'Apply' })
    expect(await apply.isDisabled()).toBe(true)
    await asked.getByLabel(/Type Desert Junction/).fill('Desert Junction')
    await apply.click()
    await page.getByText('/ 200 kW').first().waitFor()
    await expect.poll(power_kW, { timeout: CAR_ms }).toBeLessThanOrEqual(200)
  })

  test('time, as a picture and as a table', async () => {
    await go('Time')
    await page.locator('canvas').waitFor()
    await page.getByRole('button', { name: 'as a table' }).click()
    await page.getByRole('columnheader', { name: 'Limit, kW' }).waitFor()
    expect(await seriousViolations()).toEqual([])
    await page.getByRole('button', { name: 'as a picture' }).click()
    await page.locator('canvas').waitFor()
    await keep('time')
  })

  test('the operator sees stations, transactions, alarms and what was commanded', async () => {
    await go('Operate')
    await page.getByRole('table', { name: 'Stations' }).getByText('v4-1-1', { exact: true }).waitFor()
    expect(await seriousViolations()).toEqual([])
    await keep('operate')
    await page.getByRole('tab', { name: 'Transactions' }).click()
    await page.getByRole('table', { name: 'Transactions' }).getByText(/VIRT-/).first().waitFor()
    await page.getByRole('tab', { name: 'Commands' }).click()
    await page.getByRole('table', { name: 'Commands' }).getByText('stop').first().waitFor()
  })

  test('match: a chain that joins, limits, what is in the way', async () => {
    await go('Match')
    await page.getByRole('heading', { name: 'It charges' }).waitFor()
    await page.getByRole('img', { name: /Plug: .*Inlet: / }).waitFor()
    await page.getByRole('table', { name: 'What holds it back' }).getByText(/holds/).waitFor()
    expect(await seriousViolations()).toEqual([])
    await keep('match')
  })

  test('design: an error is told where it stands and mended, a week runs beside the one before', {
    timeout: CAR_ms,
  }, async () => {
    await go('Design')
    await page.getByRole('textbox', { name: 'Text of the site file' }).waitFor()
    await page.getByLabel('Grid connection, kW').fill('')
    const editor = page.getByRole('textbox', { name: 'Text of the site file' })
    await editor.getByText('import_kW', { exact: false }).first().dblclick()
    await page.keyboard.type('importt_kW')
    await page
      .getByText(/importt_kW/)
      .last()
      .waitFor()
    await page.getByText('To be mended').waitFor()
    expect(await page.getByRole('button', { name: 'Run a week' }).isDisabled()).toBe(true)
    await page.keyboard.press('Control+z')
    await page.getByText('To be mended').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Run a week' }).click()
    await page.getByRole('table', { name: 'Results of a week' }).waitFor()
    await page.getByRole('button', { name: 'One post less' }).click()
    await page.getByRole('button', { name: 'Run a week' }).click()
    await page.getByRole('columnheader', { name: 'the one before' }).waitFor()
    expect(await seriousViolations()).toEqual([])
    await keep('design')
  })

  test('another language, and dark', async () => {
    await page.getByText('中文').click()
    await page.getByRole('heading', { name: '设计场站' }).waitFor()
    await page.getByText('深色').click()
    await page.getByRole('link', { name: '场站', exact: true }).click()
    await page.getByRole('heading', { name: 'Desert Junction' }).waitFor()
    await keep('hub-dark-zh')
    expect(await seriousViolations()).toEqual([])
    expect(await page.locator('body').textContent()).not.toMatch(/NaN|undefined|\[object/)
  })

  test('the server gone is told, and nothing was asked for from elsewhere', { timeout: CAR_ms }, async () => {
    server.kill('SIGKILL')
    await page.getByText(/与服务器的连接已断开/).waitFor({ timeout: CAR_ms })
    expect(said).toEqual([])
  })
})
