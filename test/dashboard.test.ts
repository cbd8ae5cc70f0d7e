/** The dashboard in a real browser, against a real server with virtual stations: nothing is mocked. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HubNow } from '../src/app/api/hub-view.ts'
import { findChromium, openChromium } from './support/chromium.ts'
import { root } from './support/repository.ts'
import { type Served, serve } from './support/served.ts'

const executable = findChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = join(root, 'out/dashboard')
const SPEED = 20
const START_ms = 60_000
const virtual = ['--virtual', '--speed', `${SPEED}`]
/** Cars come every few minutes of the hub's time. */
const CAR_ms = 90_000

const nonsense = /NaN|undefined|\[object|Infinity/

/** Half-way through a fade a text has no contrast of its own; whatever turns for ever is not waited for. */
const TRANSITIONS_ENDED = `Promise.allSettled(
  document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .map((each) => each.finished))`

describe.skipIf(executable === null)('the dashboard in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-web-'))
  const said: string[] = []
  let server: Served
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let base = ''
  let token = ''

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    server = await serve(join(root, 'examples/us-highway.yaml'), folder, virtual)
    base = server.base
    browser = await openChromium(executable ?? '')
    context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, locale: 'en', bypassCSP: true })
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => said.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(base) && !request.url().startsWith('data:')) said.push(`asks for ${request.url()}`)
    })
    await page.goto(server.link)
  }, 2 * START_ms)

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
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

  /** Powers of the EVSEs that charge, by what they are called. */
  const charging = async (): Promise<{ readonly label: string; readonly power_kW: number }[]> => {
    const labels = await page
      .locator('.drawing .charging')
      .evaluateAll((rows) => rows.map((row) => row.ariaLabel ?? ''))
    const powers = labels.map((label) => ({
      label,
      power_kW: Number(/([\d,]+) kW/.exec(label)?.[1]?.replace(',', '')),
    }))
    return powers.toSorted((a, b) => b.power_kW - a.power_kW)
  }

  test('a part fails: the power falls, and the reason names the cable', { timeout: 2 * CAR_ms }, async () => {
    await expect.poll(async () => (await charging())[0]?.power_kW ?? 0, { timeout: CAR_ms }).toBeGreaterThan(120)
    const [strongest] = await charging()
    const id = strongest?.label.split(' ')[0] ?? ''
    await page.locator(`.drawing .charging[aria-label^="${id} "]`).click()
    const drawer = page.getByRole('dialog').first()
    await drawer.getByText('virtual station').waitFor()
    await drawer.getByRole('button', { name: 'Thermometer of the cable breaks' }).click()
    await drawer
      .getByRole('table', { name: 'Why this power?' })
      .getByText('the post offers no more now: Cable: thermometer of the contacts broken')
      .waitFor()
    await keep('fault')
    const now = async () => (await charging()).find(({ label }) => label.startsWith(`${id} `))?.power_kW ?? 0
    await expect.poll(now, { timeout: CAR_ms }).toBeLessThan(0.8 * (strongest?.power_kW ?? 0))
    await drawer.getByText('found out', { exact: false }).waitFor()
    await drawer.getByRole('figure').locator('canvas').waitFor()
  })

  test('one asks why a car has its power, and stops it', { timeout: CAR_ms }, async () => {
    await page.locator('.drawing .charging').first().click()
    const drawer = page.getByRole('dialog').first()
    await drawer.getByRole('heading', { name: 'Why this power?' }).waitFor()
    await drawer.getByRole('table').first().waitFor()
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

  test('who sets a limit on what is no longer so is told', { timeout: CAR_ms }, async () => {
    const other = await context.newPage()
    await other.goto(`${base}#/hub`)
    for (const tab of [page, other]) await tab.getByRole('button', { name: 'Change the limit' }).click()
    for (const [tab, limit] of [
      [page, '300'],
      [other, '400'],
    ] as const) {
      const asked = tab.getByRole('dialog')
      await asked.getByLabel('The site may draw, kW').fill(limit)
      await asked.getByRole('button', { name: 'Apply' }).click()
      if (tab === page) await page.getByText('/ 300 kW').first().waitFor()
    }
    await other.getByText('Somebody has set another limit meanwhile: 300 kW.').waitFor()
    await other.close()
  })

  test('time, as a picture and as a table', async () => {
    await go('Time')
    await page.locator('canvas').waitFor()
    await page.getByRole('button', { name: 'as a table' }).click()
    await page.getByRole('columnheader', { name: 'Limit, kW' }).waitFor()
    expect(await seriousViolations()).toEqual([])
    await page.getByRole('button', { name: 'as a picture' }).click()
    await page.locator('canvas').waitFor()
    await page.getByRole('button', { name: 'Replay this time' }).click()
    await page.getByRole('slider', { name: 'Moment' }).press('End')
    await page.locator('.drawing .charging').first().waitFor()
    await keep('time')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV' }).click()
    expect((await download).suggestedFilename()).toBe('Power.csv')
  })

  test('the operator sees stations, transactions, alarms and what was commanded', async () => {
    await go('Operate')
    await page.getByRole('table', { name: 'Stations' }).getByText('v4-1-1', { exact: true }).waitFor()
    expect(await seriousViolations()).toEqual([])
    await keep('operate')
    await page.getByRole('tab', { name: 'Transactions' }).click()
    await page.getByRole('table', { name: 'Transactions' }).getByText(/VIRT-/).first().waitFor()
    await page.getByRole('tab', { name: 'Reservations' }).click()
    const hub: HubNow = await (await context.request.get(`${base}api/hub`)).json()
    const free = hub.evses.findLast(({ mode }) => mode === 'free')?.stationId ?? ''
    await page.getByLabel('Station', { exact: true }).first().fill(free)
    await page.getByRole('option', { name: free, exact: true }).click()
    await page.getByLabel('Token').fill('GUEST-1')
    await page.getByRole('button', { name: 'Reserve', exact: true }).click()
    const kept = page.getByRole('table', { name: 'Reservations' })
    await kept.getByText('GUEST-1').waitFor()
    await kept.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await page.getByText('No reservations.').waitFor()
    await page.keyboard.press('Escape')
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
    await page.getByText('the running hub').click()
    await page.getByRole('columnheader', { name: /EA|Electrify/ }).waitFor()
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
    await page.getByLabel('Catalogue').first().fill('kempower')
    const product = page.getByRole('button', { name: /^Add .*[Kk]empower/ }).first()
    const stations = await page.getByRole('button', { name: / less$/ }).count()
    await product.press('Enter')
    await expect.poll(() => page.getByRole('button', { name: / less$/ }).count()).toBe(stations + 1)
  })

  test('every page says what it is in words, and ends waiting', { timeout: CAR_ms }, async () => {
    for (const name of ['Hub', 'Time', 'Operate', 'Match', 'Market', 'Design']) {
      await go(name)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' })
      expect(await page.locator('body').textContent(), name).not.toMatch(nonsense)
    }
  })

  test('signing out, and a session that has ended: a token signs in again', { timeout: CAR_ms }, async () => {
    const made = await context.request.post(`${base}api/access`, { data: { name: 'second' } })
    token = (await made.json()).token
    await go('Operate')
    await page.getByRole('button', { name: 'Sign out' }).click()
    for (const isEnded of [false, true]) {
      if (isEnded) {
        await page.getByRole('table', { name: 'Stations' }).waitFor()
        await context.clearCookies()
        await page.getByText('Your session has ended.', { exact: false }).waitFor()
        expect(await page.getByRole('table').count()).toBe(0)
      }
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await page.getByLabel('Token').fill(token)
      await page.getByRole('button', { name: 'Sign in' }).click()
    }
    await page.getByRole('table', { name: 'Stations' }).waitFor()
  })

  test('another language, and dark', async () => {
    await go('Design')
    await page.getByText('中文').click()
    await page.getByRole('heading', { name: '设计场站' }).waitFor()
    await page.getByText('深色').click()
    await page.getByRole('link', { name: '场站', exact: true }).click()
    await page.getByRole('heading', { name: 'Desert Junction' }).waitFor()
    await keep('hub-dark-zh')
    expect(await seriousViolations()).toEqual([])
    expect(await page.locator('body').textContent()).not.toMatch(nonsense)
  })

  test('the server gone is told, and all is well when it is back; nothing was asked for from elsewhere', {
    timeout: 2 * CAR_ms,
  }, async () => {
    const lost = page.getByText(/与服务器的连接已断开/)
    server.process.kill('SIGKILL')
    await lost.waitFor({ timeout: CAR_ms })
    await page.getByRole('heading', { name: 'Desert Junction' }).waitFor()
    await server.stop()
    server = await serve(join(root, 'examples/us-highway.yaml'), folder, [...virtual, '--port', new URL(base).port])
    await lost.waitFor({ state: 'detached', timeout: CAR_ms })
    await page.locator('.drawing .row:not(.offline)').first().waitFor({ timeout: CAR_ms })
    expect(said).toEqual([])
  })
})
