import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { languages } from '../src/base/words/index.ts'
import { type ReportInput, renderReport } from '../src/study/report/index.ts'
import { emptyResult, inputOf, refusedResult, resultOf } from './report-fixture.ts'
import { attribute, checkPage, elements, parsed, rowsOf, section, textOf, withClass } from './support/page.ts'

const week = inputOf()
const page = renderReport(week, 'en')
const tree = parsed(page)

const states: readonly (readonly [string, ReportInput])[] = [
  ['a week with a baseline', { ...week, baseline: resultOf({ siteLimit_kW: null }) }],
  ['no arrivals', inputOf(emptyResult())],
  ['all refused', inputOf(refusedResult())],
  ['one EVSE without site file', { result: resultOf({ days: 1, evses: 1 }, { seed: null }), assumptions: [] }],
  ['500 EVSEs', inputOf(resultOf({ evses: 500, siteLimit_kW: 20_000 }))],
  ['a year', inputOf(resultOf({ days: 365, step_s: 900 }))],
  [
    'nothing at all',
    inputOf(
      resultOf(
        {},
        {
          byEvse: [],
          byConnector: {},
          timeline: {
            ...{ step_s: 60, power_kW: [], lowestMinute_kW: [], highestMinute_kW: [] },
            ...{ occupied: [], waiting: [] },
          },
          duration_s: 0,
        },
      ),
    ),
  ],
]

describe.each(states)('%s', (_, input) => {
  test.each(languages)('is well-formed in %s, in order, and loads nothing', (language) => {
    checkPage(renderReport(input, language))
  })

  test('is the same for the same input', () => {
    expect(renderReport(structuredClone(input), 'en')).toBe(renderReport(input, 'en'))
  })
})

test('the policy of the page allows nothing but its own style and this very script', () => {
  const policy = elements(tree, 'meta').find((meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy')
  const scripts = elements(tree, 'script')
  const [script] = scripts
  if (policy === undefined || script === undefined) throw new Error('policy or script is missing')
  const hash = createHash('sha256').update(textOf(script)).digest('base64')
  expect(scripts).toHaveLength(1)
  expect(attribute(policy, 'content')).toBe(
    `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  )
})

test('landmarks, language and title', () => {
  expect(['header', 'main', 'footer'].map((name) => elements(tree, name).length)).toEqual([1, 1, 1])
  expect(elements(tree, 'html').map((element) => attribute(element, 'lang'))).toEqual(['en'])
  expect(elements(tree, 'title').map(textOf)[0]).toBe('Tejon Pass highway hub: simulation report')
  expect(elements(parsed(renderReport(week, 'zh')), 'html').map((element) => attribute(element, 'lang'))).toEqual([
    'zh-CN',
  ])
})

test('every chart has a name, a description and a table beside it', () => {
  const charts = elements(tree, 'svg').filter((svg) => attribute(svg, 'role') === 'img')
  expect(charts).toHaveLength(5)
  for (const chart of charts) {
    expect(elements(chart, 'title').map(textOf).join('')).not.toBe('')
    expect(elements(chart, 'desc').map(textOf).join('')).not.toBe('')
  }
  const others = elements(tree, 'svg').filter((svg) => attribute(svg, 'role') !== 'img')
  const inside = charts.flatMap((chart) => elements(chart, 'svg'))
  for (const svg of others.filter((other) => !inside.includes(other)))
    expect(attribute(svg, 'aria-hidden')).toBe('true')
  for (const figure of elements(tree, 'figure')) expect(rowsOf(figure).length).toBeGreaterThan(0)
})

test('all energy of the run is in the table of the timeline', () => {
  const rows = rowsOf(section(tree, 'timeline'))
  expect(rows).toHaveLength(1008)
  const energy_kWh = rows.reduce((sum, [, mean = '']) => sum + Number(mean.replaceAll(',', '')) / 6, 0)
  expect(Math.abs(energy_kWh - week.result.energyDelivered_kWh)).toBeLessThan((1008 * 0.05) / 6)
  expect(rows[0]?.[0]).toBe('Mon, Jun 1, 00:00')
  expect(rows.at(-1)?.[0]).toBe('Sun, Jun 7, 23:50')
})

test('the curve of mean power goes through the values of the table', () => {
  const [mean] = withClass(section(tree, 'timeline'), 'mean').filter(({ tagName }) => tagName === 'path')
  const points = [...(mean ? (attribute(mean, 'd') ?? '') : '').matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  )
  const values = rowsOf(section(tree, 'timeline')).map(([, value = '']) => Number(value.replaceAll(',', '')))
  const panel = { top: 26, height: 250, highest_kW: 2000 }
  for (const [index, value] of values.entries()) {
    const middle = ((index + 0.5) / values.length) * 1000
    const y = points.filter(([x]) => x <= middle).at(-1)?.[1] ?? Number.NaN
    expect(((panel.top + panel.height - y) / panel.height) * panel.highest_kW).toBeCloseTo(value, -1)
  }
})

test.each([
  ['connectors', Object.values(week.result.byConnector).map(({ energy_kWh }) => energy_kWh)],
  ['held-back', Object.values(week.result.heldBack_kWh)],
])('bars and table of %s tell the values of the result', (id, values) => {
  const sorted = values.toSorted((a, b) => b - a)
  const bars = elements(section(tree, id), 'rect').filter((rect) => attribute(rect, 'class') === 'bar')
  expect(bars.map((rect) => Number(attribute(rect, 'data-value')))).toEqual(sorted)
  const written = sorted.map((value) =>
    value.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  )
  const column = id === 'connectors' ? 2 : 1
  expect(
    rowsOf(section(tree, id))
      .map((row) => row[column])
      .slice(0, written.length),
  ).toEqual(written)
})

test('the cards tell energy, served of arrived, wait, peak, held back and missing', () => {
  const cards = withClass(section(tree, 'summary'), 'figure').map(textOf)
  expect(cards).toEqual([
    `${Math.round(week.result.energyDelivered_kWh).toLocaleString('en')} kWh`,
    '1,706 of 1,967',
    '14.2 min',
    '1,576 kW',
    '8,074 kWh',
    '913 kWh',
  ])
})

test('refusals: most frequent first, with vehicles and remedies', () => {
  expect(rowsOf(section(tree, 'refusals'))).toEqual([
    [
      'The adapter carries no more current.',
      '176',
      'Nissan LEAF e+ (2022) (98)Nissan LEAF 40 kWh (2019) (78)',
      'nothing known',
    ],
    [
      'The post cannot reach the voltage of the pack.',
      '39',
      'Lucid Air Grand Touring (39)',
      'The adapter is not made for a higher voltage.',
    ],
  ])
})

test('a refusal without a sentence shows its code', () => {
  const input = inputOf(resultOf({}, { refusedBecause: { toString: 3 }, refusals: [] }))
  expect(rowsOf(section(parsed(renderReport(input, 'en')), 'refusals'))[0]?.slice(0, 2)).toEqual(['toString', '3'])
})

test('empty states are said in words', () => {
  const empty = parsed(renderReport(inputOf(emptyResult()), 'en'))
  const none = (id: string) => withClass(section(empty, id), 'none').map(textOf)
  expect(withClass(empty, 'notice')).toHaveLength(1)
  expect(none('arrivals')).toEqual(['No vehicle came.'])
  expect(none('refusals')).toEqual(['No vehicle was refused.'])
  expect(none('connectors')).toEqual(['No energy was delivered.'])
  expect(none('held-back')).toEqual(['Nothing: every plugged-in vehicle got all it could take.'])
})

test('long tables are closed until asked for', () => {
  const many = section(parsed(renderReport(inputOf(resultOf({ evses: 500 })), 'en')), 'evses')
  const [details] = elements(many, 'details')
  if (details === undefined) throw new Error('the table is not closed')
  expect(attribute(details, 'open')).toBeNull()
  expect(rowsOf(details)).toHaveLength(500)
  expect(elements(section(tree, 'evses'), 'details')).toHaveLength(0)
})

test('names cannot leave their place', () => {
  const name = `<script>alert(1)</script>"'&\u202e مركز ${'x'.repeat(5000)}`
  const [vehicle] = Object.values(week.result.byVehicle)
  const [evse] = week.result.byEvse
  if (vehicle === undefined || evse === undefined) throw new Error('the fixture is empty')
  const input: ReportInput = {
    ...inputOf(
      resultOf(
        {},
        {
          site: name,
          policy: name,
          engineVersion: name,
          byConnector: { [name]: { sessions: 1, energy_kWh: 1, available_frac: 1 } },
          byVehicle: { [name]: { ...vehicle, name } },
          byEvse: [{ ...evse, id: name }],
          heldBack_kWh: { [`circuit.${name}`]: 1, [name]: 2 },
          refusedBecause: { [name]: 1 },
          refusals: [{ code: name, params: {}, vehicle: name, count: 1 }],
        },
      ),
    ),
    command: name,
  }
  const document = parsed(renderReport(input, 'en'))
  expect(elements(document, 'script')).toHaveLength(1)
  const isolated = elements(document, 'bdi').map(textOf)
  expect(isolated.filter((text) => text.includes('script'))).toEqual(Array(5).fill(name.replace('\u202e', '\ufffd')))
})

test('the baseline is compared figure by figure', () => {
  const baseline = resultOf({}, { energyDelivered_kWh: week.result.energyDelivered_kWh - 1000, peak15min_kW: 2000 })
  const rows = rowsOf(section(parsed(renderReport({ ...week, baseline }, 'en')), 'baseline'))
  expect(rows[0]?.at(-1)).toBe('+1,000.0')
  expect(rows[4]?.slice(1)).toEqual(['1,576.0', '2,000.0', '−424.0'])
})

test('a week takes less than 400 kB', () => {
  for (const language of languages) expect(Buffer.byteLength(renderReport(week, language))).toBeLessThan(400_000)
})

test('those who wait stand on top of those plugged in', () => {
  const range = { lowestMinute_kW: [0, 90], highestMinute_kW: [0, 120] }
  const timeline = { step_s: 900, power_kW: [0, 100], ...range, occupied: [2, 4], waiting: [0, 6] }
  const input = inputOf(resultOf({ evses: 4 }, { timeline, duration_s: 1800 }))
  const [waiting] = withClass(section(parsed(renderReport(input, 'en')), 'timeline'), 'waiting').filter(
    ({ tagName }) => tagName === 'path',
  )
  // The panel is 110 px high from 320 on; ten vehicles fill it.
  const y = (vehicles: number) => 430 - 11 * vehicles
  const d = waiting ? (attribute(waiting, 'd') ?? '') : ''
  expect(d).toContain(`500,${y(10)}`)
  expect(d).toContain(`500,${y(4)}`)
  expect(d.startsWith(`M0,${y(0)}`)).toBe(true)
})

test('what held back in the session says who is to blame for what is missing; the driver alone has a row, too', () => {
  const rows = rowsOf(section(tree, 'held-back'))
  expect(rows[0]?.slice(0, 4)).toEqual(['site limit', '4,218.4', '52.2%', '610.2'])
  expect(rows.at(-1)?.slice(0, 4)).toEqual(['stay of the driver', '0.0', '0.0%', '212.3'])
})

test('refusals are told as needs, each with its share of all vehicles, and a name stands once', () => {
  const refusal = (vehicle: string, count: number, code: 'remedy.adapter' | 'remedy.adapter.pilot' | null) => ({
    ...{ code: 'connector.fit', params: { connectors: ['CCS1'] }, vehicle, count },
    ...(code ? { remedy: { code, params: { adapters: ['x'] } } } : {}),
  })
  const refusals = [
    ...[
      refusal('A', 20, 'remedy.adapter'),
      refusal('A', 10, 'remedy.adapter.pilot'),
      refusal('B', 5, 'remedy.adapter'),
    ],
    refusal('C', 10, null),
  ]
  const sessions = { arrived: 1000, served: 955, refused: 45, balked: 0, reneged: 0, charging: 0, waiting: 0 }
  const input = inputOf(resultOf({}, { refusals, sessions, refusedBecause: { 'connector.fit': 45 } }))
  const part = section(parsed(renderReport(input, 'en')), 'refusals')
  expect(textOf(part)).toContain('3.5% need an adapter that is neither carried nor here. 1.0% cannot charge here for')
  expect(rowsOf(part)[0]?.[2]).toBe('A (30)C (10)B (5)')
})

test('speed: figures of the result, and the arithmetic of a coffee', () => {
  const pair = { vehicle: 'Car', class: 'car', post: 'Post', energy_kWh: 72, peak_kW: 400, boundBy: null } as const
  const part = section(parsed(renderReport({ ...week, pair }, 'en')), 'speed')
  expect(elements(part, 'dd').map(textOf)).toEqual([
    ...['24.6\u00a0min', '22.4\u00a0min', '47.2\u00a0min', '55.3%', '20.0%', '88.4\u00a0kW'],
  ])
  // 72 kWh in a quarter of an hour are 288 kW; at 18 kWh/100 km they last for 400 km.
  expect(textOf(part)).toContain('takes 72.0\u00a0kWh in 15 minutes from 10% on')
  expect(textOf(part)).toContain('288\u00a0kW on average, 400\u00a0kW at best.')
  expect(textOf(part)).toContain('that is 400 km; 400 km in 15 minutes would need 288\u00a0kW on average.')
})

test('loads: every node with its limit, cabinets nearest to theirs first', () => {
  const [table = []] = [rowsOf(section(tree, 'load'))]
  expect(table.slice(0, 4).map(([name, load, peak, limit]) => [name, load, peak, limit])).toEqual([
    ['grid connection', expect.stringMatching(/%$/), '1,552', '1,600'],
    ['circuit row-a', expect.stringMatching(/%$/), '1,213', '1,250'],
    ['cabinet c1', expect.stringMatching(/%$/), '582', '600'],
    ['cabinet c2', expect.stringMatching(/%$/), '582', '600'],
  ])
  expect(textOf(section(tree, 'load'))).toContain('The day with the most energy was Sat, Jun 6:')
})

test('outlets and batteries of a recording go by their figures', () => {
  const battery = 'battery-75-170'
  const [vehicle] = Object.values(week.result.byVehicle)
  if (vehicle === undefined) throw new Error('the fixture is empty')
  const byConnector = { 'outlet-250': { sessions: 1, energy_kWh: 1, available_frac: 1 } }
  const input = inputOf(resultOf({}, { byConnector, byVehicle: { [battery]: { ...vehicle, name: battery } } }))
  const page = parsed(renderReport(input, 'zh'))
  expect(rowsOf(section(page, 'connectors'))[0]?.[0]).toBe('250 kW 充电口')
  expect(rowsOf(section(page, 'vehicles'))[0]?.[0]).toBe('75 kWh，170 kW')
})

test('drivers out of the ordinary are counted where there are any', () => {
  const drivers = { announced: 12, driverless: 3, waitedForBetter: 0, moved: 1 }
  const facts = (input: ReportInput) => {
    const lists = elements(section(parsed(renderReport(input, 'en')), 'arrivals'), 'dl')
    return lists.map((list) => elements(list, 'dd').map(textOf))
  }
  expect(facts(inputOf(resultOf({}, { drivers }))).at(-1)).toEqual(['12', '3', '0', '1'])
  const none = { announced: 0, driverless: 0, waitedForBetter: 0, moved: 0 }
  expect(facts(inputOf(resultOf({}, { drivers: none })))).toHaveLength(1)
})
