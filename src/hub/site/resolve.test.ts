import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInCatalogue } from '../standards/catalogue/index.ts'
import { loadSite } from './load.ts'
import type { Site } from './site.ts'
import { sound } from './test-support.ts'

function siteOf(text: string): Site {
  const checked = loadSite(text, 'hub.yaml', builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.value
}

const plugs = (site: Site) =>
  site.stations.map(({ id, cabinet, evses }) => [
    id,
    cabinet,
    evses.map(({ connectors }) => connectors.map(({ connector }) => connector).join('+')).join(' '),
  ])

describe('S3, S8: expansion', () => {
  test('a post with its own power brings a cabinet of its id', () => {
    const site = siteOf(sound)
    expect(site.cabinets.map(({ id, power_kW, circuit }) => [id, power_kW, circuit])).toEqual([['post', 400, null]])
    expect(plugs(site)).toEqual([['post', 'post', 'ccs2 ccs2']])
    expect(site.stations[0]?.evses.map(({ id, connectors }) => [id, connectors[0]?.id])).toEqual([
      ['post/1', 'post/1/1'],
      ['post/2', 'post/2/1'],
    ])
  })

  test('a cabinet product brings its posts, and a counted one all of them twice', () => {
    const site = siteOf(`${sound}cabinets:\n  - { id: c, product: alp_hyc_1000, count: 2 }\n`)
    const posts = plugs(site).filter(([id]) => id !== 'post')
    expect(posts).toHaveLength(16)
    expect(posts.slice(6, 9)).toEqual([
      ['c-1-7', 'c-1', 'ccs2'],
      ['c-1-8', 'c-1', 'ccs2+mcs'],
      ['c-2-1', 'c-2', 'ccs2'],
    ])
  })

  test('fewer posts than the product has', () => {
    const site = siteOf(`${sound}cabinets:\n  - { id: c, product: alp_hyc_1000, stations: 3 }\n`)
    expect(plugs(site).filter(([, cabinet]) => cabinet === 'c')).toHaveLength(3)
  })

  test('a bare cabinet feeds the posts that name it, and they carry its power', () => {
    const text = `${sound}  - { id: t, product: huawei_dt600, cabinet: u, count: 2 }\ncabinets:\n  - { id: u, product: huawei_720 }\n`
    const site = siteOf(text)
    expect(plugs(site).filter(([, cabinet]) => cabinet === 'u')).toEqual([
      ['t-1', 'u', 'gbt_dc_2023'],
      ['t-2', 'u', 'gbt_dc_2023'],
    ])
    expect(site.stations.find(({ id }) => id === 't-2')?.charger.cabinet.power_kW).toBe(720)
  })

  test('a dispenser on no cabinet has only its plugs as limits', () => {
    const site = siteOf(`${sound}  - { id: t, product: huawei_dt600 }\n`)
    expect(site.cabinets.map(({ id }) => id)).toEqual(['post'])
    expect(site.stations[1]).toMatchObject({ id: 't', cabinet: null, circuit: null })
  })

  test('equal posts share one record, so that what is worked out for one holds for all', () => {
    const site = siteOf(`${sound}cabinets:\n  - { id: c, product: alp_hyc_1000, count: 2 }\n`)
    expect(new Set(site.stations.map(({ charger }) => charger)).size).toBe(3)
  })

  test('a post described in the file', () => {
    const evses =
      '[{ count: 2, connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 150 }] }, { live: 2, connectors: [{ connector: ccs2, maxVoltage_V: 500, maxPower_kW: 50 }, { connector: chademo, maxVoltage_V: 500, maxPower_kW: 50 }] }]'
    const site = siteOf(`${sound}  - { id: own, power_kW: 200, evses: ${evses} }\n`)
    expect(plugs(site)[1]).toEqual(['own', 'own', 'ccs2 ccs2 ccs2+chademo'])
    expect(site.stations[1]?.evses.map(({ live }) => live)).toEqual([1, 1, 2])
    expect(site.stations[1]?.charger).toMatchObject({ access: { type: 'open' }, markets: ['EU'] })
  })
})

test('S9: overrides replace limits of the plugs they name and no others', () => {
  const site = siteOf(
    `${sound}  - { id: t, product: abb_terra_54, overrides: { ccs2: { maxCurrent_A: 100, maxVoltage_V: 920 } } }\n`,
  )
  const [ccs2, chademo] = site.stations[1]?.evses[0]?.connectors ?? []
  expect(ccs2).toMatchObject({ maxCurrent_A: 100, maxVoltage_V: 920, maxPower_kW: 50 })
  expect(chademo).toMatchObject({ maxCurrent_A: 125, maxVoltage_V: 500 })
})

describe('S10: access', () => {
  const accessOf = (text: string) => siteOf(text).stations.map(({ charger }) => charger.access.type)
  const partner = 'access: { type: partner, brands: [BMW], from: "2026-01" }'

  test('of the product, unless the site or the row says otherwise', () => {
    const cabinet = `${sound}cabinets:\n  - { id: v, product: tesla_sc_v4cab, stations: 1 }\n`
    expect(accessOf(cabinet)).toEqual(['partner', 'open'])
    expect(accessOf(`${cabinet}access: { type: open }\n`)).toEqual(['open', 'open'])
    const row = sound.replace('alp_hyc_400 }', `alp_hyc_400, ${partner} }`)
    expect(siteOf(`${row}access: { type: open }\n`).stations[0]?.charger.access).toEqual({
      ...{ type: 'partner', brands: ['BMW'], from: '2026-01', markets: null, exceptions: [], notes: '' },
    })
  })
})

test('S13: the market follows from the country, or is stated', () => {
  expect(siteOf(sound).market).toBe('EU')
  expect(siteOf(sound.replace('country: DE', 'country: MX')).market).toBe('NA')
  expect(siteOf(`${sound.replace('country: DE', 'country: KR')}market: JP\n`).market).toBe('JP')
})

const hours = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 24, maxLength: 24 })
test('S14: the hours of a day add up to its sessions', () => {
  const some = hours.filter((weights) => weights.some((weight) => weight > 0))
  fc.assert(
    fc.property(some, some, fc.integer({ min: 0, max: 900 }), (weekday, weekend, sessions) => {
      const site = siteOf(`${sound}demand:
  sessions_perDay: ${sessions}
  weekendSessions_perDay: ${sessions * 2}
  profile: { weekday: [${weekday}], weekend: [${weekend}] }
  arrival: { mean_frac: 0.2 }
  target: { mean_frac: 0.8 }
  queue: { places: 2 }
  fleet: [{ vehicle: nissan-leaf-40-2018, share_frac: 1 }]
`)
      const arrivals = site.demand?.arrivals_perHour ?? []
      const ofDay = (day: number) => arrivals.slice(day * 24, day * 24 + 24).reduce((sum, one) => sum + one, 0)
      expect(arrivals).toHaveLength(168)
      for (let day = 0; day < 7; day++) expect(ofDay(day)).toBeCloseTo(sessions * (day < 5 ? 1 : 2), 9)
    }),
    { numRuns: 20 },
  )
})

test('S23: arrivals from traffic are the share of it that charges and stops here', () => {
  const traffic = '{ vehicles_perDay: 40000, weekendVehicles_perDay: 50000, ev_frac: 0.1, stop_frac: 0.05 }'
  const { demand } = siteOf(`${sound}demand:
  traffic: ${traffic}
  profile: { weekday: [${Array.from({ length: 24 }, (_, hour) => hour)}] }
  arrival: { mean_frac: 0.2 }
  target: { mean_frac: 0.8 }
  queue: { places: 2 }
  growth: { perYear_frac: 0.1, from: "2026-04" }
  fleet: [{ vehicle: nissan-leaf-40-2018, share_frac: 1 }]
`)
  const days = Array.from({ length: 7 }, (_, day) => demand?.arrivals_perHour.slice(day * 24, day * 24 + 24) ?? [])
  expect(days.map((hours) => Math.round(hours.reduce((sum, one) => sum + one, 0)))).toEqual([
    ...[200, 200, 200, 200, 200],
    ...[250, 250],
  ])
  expect(demand?.growth?.from).toBe('2026-04-01')
})

test('a row of the fleet inherits what it does not say', () => {
  const site = siteOf(`${sound}demand:
  sessions_perDay: 5
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  arrival: { mean_frac: 0.2, sd_frac: 0.1 }
  target: { mean_frac: 0.8 }
  queue: { places: 2, patience: { mean_min: 20, distribution: exponential } }
  fleet:
    - { vehicle: nissan-leaf-40-2018, share_frac: 0.5 }
    - { vehicle: kia-ev6-2022, name: Own, share_frac: 0.5, usable_kWh: 70, patience: { mean_min: 5, distribution: constant }, maxStay_min: 30, target: { mean_frac: 0.9 } }
`)
  expect(site.demand?.fleet).toMatchObject([
    {
      name: 'Nissan Leaf 40 kWh',
      usable_kWh: 38,
      patience: { mean: 20 },
      maxStay_min: null,
      need: { target: { mean_frac: 0.8 } },
    },
    {
      name: 'Own',
      usable_kWh: 70,
      patience: { law: 'constant', mean: 5 },
      maxStay_min: 30,
      arrival: { sd_frac: 0.1, min_frac: 0, max_frac: 1 },
    },
  ])
})

test('S17: parents stand before their children', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const parents = fc.tuple(...ids.map((_, index) => fc.integer({ min: -1, max: index - 1 })))
  fc.assert(
    fc.property(parents, fc.shuffledSubarray(ids, { minLength: 6 }), (parentOf, order) => {
      const rows = order.map((id) => {
        const parent = ids[parentOf[ids.indexOf(id)] ?? -1]
        return `  - { id: ${id}, max_kW: 1${parent ? `, parent: ${parent}` : ''} }`
      })
      const text = `${sound.replace('alp_hyc_400', 'alp_hyc_400, circuit: a')}circuits:\n${rows.join('\n')}\n`
      const seen = new Set<string | null>([null])
      for (const { id, parent } of siteOf(text).circuits) {
        expect(seen).toContain(parent)
        seen.add(id)
      }
      expect(seen.size).toBe(7)
    }),
    { numRuns: 30 },
  )
})
