import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { builtInCatalogue } from '../standards/catalogue/index.ts'
import { loadSite } from './load.ts'
import { missingForSimulation } from './notes.ts'
import { brief, sound, told } from './test-support.ts'

describe('S2: everything at once', () => {
  test('schema and references together, in the order of the file', () => {
    const text = sound
      .replace('import_kW: 500', 'import_kw: 500')
      .replace('timezone: Europe/Berlin', 'timezone: Europe/Berlim')
      .concat('  - { id: two, product: alp_hyc_4000, cirquit: main }\n')
    expect(told(text)).toEqual([
      '3:11 site.unknownTimezone > Europe/Berlin',
      '6:9 document.unknownKey > import_kW',
      '9:25 site.unknownProduct > alp_hyc_400',
      '9:39 document.unknownKey > circuit',
    ])
  })

  test('an unreadable file is told as that and no more', () => {
    expect(told('a: [1')).toEqual(['1:6 document.syntax'])
  })
})

const withCircuits = `${sound}circuits:
  - { id: main, max_kW: 400 }
  - { id: row, parent: main, max_kW: 100 }
`

describe('S4: ids', () => {
  test('stated twice', () => {
    expect(told(`${sound}  - { id: post, product: ionity_350 }`)).toEqual(['9:11 site.duplicateId'])
  })

  test('a counted row meets a plain one', () => {
    expect(told(`${sound}  - { id: a-2, product: ionity_350 }\n  - { id: a, product: ionity_350, count: 2 }`)).toEqual([
      '10:11 site.duplicateId',
    ])
  })

  test('a post of a cabinet meets a station', () => {
    const text = `${sound}  - { id: c-1, product: ionity_350 }\ncabinets:\n  - { id: c, product: kempower_satellite }`
    expect(told(text)).toEqual(['11:11 site.duplicateId'])
  })

  test('the cabinet a post brings meets a named one', () => {
    const text = `${sound}cabinets:\n  - { id: post, power_kW: 90 }`
    expect(told(text)).toEqual(expect.arrayContaining(['8:11 site.duplicateId']))
  })
})

test('a count that slipped is told, not expanded', () => {
  const rows = Array.from({ length: 60 }, (_, index) => `  - { id: c${index}, product: alp_hyc_1000, count: 20 }`)
  expect(brief(`${sound}cabinets:\n${rows.join('\n')}\n`)).toEqual(['site.tooManyStations'])
})

describe('S5: names', () => {
  test.each([
    ['  - { id: b, product: nope_at_all }', '9:23 site.unknownProduct > chargers'],
    ['  - { id: b, product: alpitronic }', '9:23 site.unknownProduct'],
    ['  - { id: b, cabinet: c9, product: huawei_dt600 }', '9:23 site.unknownCabinet'],
    ['adapters: [nacs_ccs1_oen]', '9:12 site.unknownAdapter > nacs_ccs1_oem'],
    [
      '  - { id: b, evses: [{ connectors: [{ connector: css2, maxVoltage_V: 900, maxPower_kW: 9 }] }] }',
      '9:50 site.unknownConnector > ccs2',
    ],
    [
      '  - { id: b, evses: [{ connectors: [{ connector: ccs2, protocols: [din_7012], maxVoltage_V: 9, maxPower_kW: 9 }] }] }',
      '9:68 site.unknownProtocol > din_70121',
    ],
    [
      '  - { id: b, product: alp_hyc_400, overrides: { ccs1: { maxCurrent_A: 9 } } }',
      '9:49 site.notAPlugOfProduct > ccs2',
    ],
  ])('%s', (line, expected) => {
    expect(told(`${sound}${line}\n`).map((one) => one.slice(0, expected.length))).toContain(expected)
  })

  test('a circuit that is none', () => {
    expect(told(withCircuits.replace('parent: main', 'parent: mian'))).toContain('11:24 site.unknownCircuit > main')
  })

  test('vehicles and options', () => {
    const fleet = '    - { vehicle: mercedes-eactros-600-2024, share_frac: 1, options: [mcs-inlett], usable_kWh: 600 }'
    expect(brief(`${sound}${demand(fleet)}`)).toEqual(['site.unknownOption > mcs-inlet'])
    expect(brief(`${sound}${demand('    - { vehicle: ioniq 5 2024, share_frac: 1 }')}`)).toEqual([
      'site.unknownVehicle > hyundai-ioniq5-2021',
    ])
  })
})

describe('S6, S7: the tree', () => {
  test('a loop is told once, a parent of itself too', () => {
    const loop = `${sound}circuits:\n  - { id: a, parent: b, max_kW: 1 }\n  - { id: b, parent: a, max_kW: 1 }\n`
    expect(told(loop).filter((one) => one.includes('circuitLoop'))).toEqual(['10:22 site.circuitLoop'])
    expect(told(loop.replace('parent: b', 'parent: a'))).toContain('10:22 site.circuitLoop')
  })

  test('with circuits everything hangs on one', () => {
    expect(told(withCircuits)).toEqual(['8:5 site.noCircuit > main,row', '11:11 site.circuitFeedsNothing'])
  })

  test('a station has one feeder', () => {
    const text = `${withCircuits}cabinets: [{ id: c, power_kW: 100, circuit: row }]\n`.replace(
      'product: alp_hyc_400',
      'product: huawei_dt600, cabinet: c, circuit: row',
    )
    expect(brief(text)).toContain('site.fedTwice')
  })

  test('a post on a cabinet has no power of its own that would count for nothing', () => {
    const text = `${sound}  - { id: b, product: huawei_dt600, cabinet: c, power_kW: 90 }\ncabinets: [{ id: c, power_kW: 100 }]\n`
    expect(brief(text)).toContain('site.powerOfCabinet')
  })
})

describe('S11: nothing is assumed', () => {
  test.each([
    ['cabinets: [{ id: c, product: tesla_sc_v3_eu }]', 'site.powerUnknown > power_kW'],
    ['cabinets: [{ id: c }]', 'site.cabinetWithoutPower'],
    ['  - { id: b, product: star_titan }', 'site.powerUnknown > power_kW'],
    ['  - { id: b, product: xcharge_350 }', 'site.evsesUnknown'],
    [
      '  - { id: b, product: star_titan, power_kW: 100 }',
      'site.plugWithoutLimit > ccs2'.replace('ccs2', 'gbt_dc_2023'),
    ],
    ['  - { id: b }', 'site.stationWithoutPlugs'],
  ])('%s', (line, expected) => {
    expect(brief(`${sound}${line}\n`)).toContain(expected)
  })

  test('a grid limit is demanded, zero and negative ones are none', () => {
    expect(told(sound.replace('{ import_kW: 500 }', '{}'))).toEqual(['6:1 document.missingKey > import_kW,2000'])
    expect(told(sound.replace('import_kW: 500', 'import_kW: 0'))).toEqual(['6:20 document.notAbove'])
    expect(told(sound.replace('import_kW: 500', 'import_kW: -5'))).toEqual(['6:20 document.notAbove'])
  })

  test('battery and power of vehicles are asked for where a simulation needs them, with the place', () => {
    const fleet = [
      '    - { vehicle: kia-ev6-2022, share_frac: 0.5 }',
      '    - { vehicle: volvo-fh-electric-2022, share_frac: 0.3, usable_kWh: 450 }',
      '    - { vehicle: scania-bev-mcs, share_frac: 0.2, usable_kWh: 500 }',
    ].join('\n')
    const checked = loadSite(`${sound}${demand(fleet)}`, 'hub.yaml', builtInCatalogue())
    const missing = checked.ok ? missingForSimulation(checked.value) : []
    expect(missing.map(({ code, at, fix }) => [code, at?.line, fix?.params])).toEqual([
      ['site.batteryUnknown', 16, { gross_kWh: 77.4 }],
      ['site.vehiclePowerUnknown', 17, { key: 'maxPower_kW' }],
    ])
  })

  test('without demand there is nothing to simulate', () => {
    const checked = loadSite(sound, 'hub.yaml', builtInCatalogue())
    expect(checked.ok && missingForSimulation(checked.value).map(({ code }) => code)).toEqual(['site.noDemand'])
  })
})

function demand(fleet: string): string {
  const hours = Array.from({ length: 24 }, () => 1).join(', ')
  return `demand:
  sessions_perDay: 10
  profile: { weekday: [${hours}] }
  arrival: { mean_frac: 0.2 }
  target: { mean_frac: 0.8 }
  queue: { places: 2 }
  fleet:
${fleet}
`
}

const leaf = (share: number) => `    - { vehicle: nissan-leaf-40-2018, share_frac: ${share} }`

describe('demand', () => {
  test('S12: shares add up to 1', () => {
    expect(brief(`${sound}${demand(`${leaf(0.5)}\n${leaf(0.4)}`)}`)).toEqual(['site.sharesSum'])
    expect(brief(`${sound}${demand(`${leaf(0.1)}\n${leaf(0.2)}\n${leaf(0.7)}`)}`)).toEqual([])
  })

  test('a row of a wrong share is not also told as a wrong sum', () => {
    expect(brief(`${sound}${demand(`${leaf(0.5)}\n${leaf(-1)}`)}`)).toEqual(['document.tooSmall'])
  })

  test('ranges hold something', () => {
    const odd = demand(leaf(1)).replace('{ mean_frac: 0.2 }', '{ mean_frac: 0.2, min_frac: 0.6, max_frac: 0.5 }')
    expect(brief(`${sound}${odd}`)).toEqual(['site.rangeEmpty'])
    const outside = demand(leaf(1)).replace('{ mean_frac: 0.2 }', '{ mean_frac: 0.2, min_frac: 0.6 }')
    expect(brief(`${sound}${outside}`)).toEqual(['site.meanOutside'])
  })

  test('a profile has 24 hours, not all of weight 0', () => {
    expect(brief(`${sound}${demand(leaf(1)).replace('[1, 1,', '[1,')}`)).toEqual(['document.tooFew'])
    expect(brief(`${sound}${demand(leaf(1)).replace(/\[1.*]/, `[${'0, '.repeat(23)}0]`)}`)).toEqual([
      'site.profileEmpty',
    ])
  })

  test('S20: arrivals, needs and departures are stated once', () => {
    const plain = demand(leaf(1))
    const told = (...changes: [string, string][]) =>
      brief(`${sound}${changes.reduce((text, [from, to]) => text.replace(from, to), plain)}`)
    const traffic = '  traffic: { vehicles_perDay: 900, ev_frac: 0.1, stop_frac: 0.1 }\n'
    const energy = '{ mean_kWh: 30, distribution: constant }'
    expect(told(['  sessions_perDay: 10\n', traffic])).toEqual([])
    expect(told(['  sessions_perDay: 10\n', ''])).toEqual(['demand.neither > sessions_perDay,traffic'])
    expect(told(['  sessions_perDay: 10\n', `  sessions_perDay: 10\n${traffic}`])).toEqual(['demand.both'])
    expect(told(['  sessions_perDay: 10\n', `  weekendSessions_perDay: 10\n${traffic}`])).toEqual(['demand.both'])
    expect(told(['  target: { mean_frac: 0.8 }\n', ''])).toEqual(['demand.neither > target,energy'])
    expect(
      told(['  target: { mean_frac: 0.8 }\n', ''], ['share_frac: 1 }', `share_frac: 1, energy: ${energy} }`]),
    ).toEqual([])
    expect(told(['  target:', `  energy: ${energy}\n  target:`])).toEqual(['demand.both'])
    const stay = '{ mean_min: 30, distribution: constant }'
    expect(told(['share_frac: 1 }', `share_frac: 1, stay: ${stay}, overstay: ${stay} }`])).toEqual(['demand.both'])
  })

  test('S21: an amount has the standard deviation its law needs', () => {
    const told = (amount: string) =>
      brief(`${sound}${demand(leaf(1)).replace('share_frac: 1', `share_frac: 1, stay: ${amount}`)}`)
    expect(told('{ mean_min: 30, distribution: lognormal, sd_min: 90 }')).toEqual([])
    expect(told('{ mean_min: 30, distribution: uniform, sd_min: 17.3 }')).toEqual([])
    expect(told('{ mean_min: 30, distribution: uniform }')).toEqual(['demand.sdMissing > sd_min'])
    expect(told('{ mean_min: 30, distribution: constant, sd_min: 5 }')).toEqual(['demand.sdUnused'])
    expect(told('{ mean_min: 30, distribution: uniform, sd_min: 17.4 }')).toEqual(['demand.uniformBelowZero'])
  })

  test('S22: growth starts on a day', () => {
    const told = (growth: string, row = '') =>
      brief(`${sound}${demand(leaf(1).replace('share_frac: 1', `share_frac: 1${row}`))}${growth}`)
    expect(told('  growth: { perYear_frac: 0.2, from: "2026" }\n', ', shareGrowth_frac: 0.1')).toEqual([])
    expect(told('', ', shareGrowth_frac: 0.1')).toEqual(['demand.growthWithoutStart > growth'])
    expect(told('  growth: { perYear_frac: 0.2, from: "2026-02-30" }\n')).toEqual(['demand.noSuchDay'])
  })

  test('a floor beside a policy that knows none', () => {
    expect(brief(`${sound}floor_kW: 5\n`)).toEqual([])
    expect(brief(`${sound}floor_kW: 5\npolicy: fifo\n`)).toEqual(['site.floorUnused'])
  })

  test('a model year is one of the vehicle', () => {
    expect(brief(`${sound}${demand(leaf(1).replace('}', ', modelYear: 2009 }'))}`)).toEqual(['site.modelYear'])
  })
})

describe('S13: the place', () => {
  test.each([
    ['Europe/Berlin', 'CET', 'site.unknownTimezone'],
    ['Europe/Berlin', '"+01:00"', 'site.unknownTimezone'],
    ['Europe/Berlin', 'Berlin', 'site.unknownTimezone'],
    ['currency: EUR', 'currency: eur', 'site.unknownCurrency > EUR'],
    ['currency: EUR', 'currency: Taler', 'site.unknownCurrency'],
    ['country: DE', 'country: Germany', 'site.unknownCountry'],
    ['country: DE', 'country: UK', 'site.unknownCountry'],
    ['country: DE', 'country: KR', 'site.marketUnknown'],
    ['latitude_deg: 48.1', 'latitude_deg: 91', 'document.tooBig'],
  ])('%s -> %s', (from, to, expected) => {
    expect(brief(sound.replace(from, to)).map((one) => one.slice(0, expected.length))).toContain(expected)
  })

  test.each(['UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Etc/GMT+5'])('%s is a zone', (zone) => {
    expect(brief(sound.replace('Europe/Berlin', zone))).toEqual([])
  })
})

describe('S15: warnings', () => {
  test('once a record', () => {
    const text = `${sound}  - { id: a, product: gbt2015_120 }\n  - { id: b, product: gbt2015_120 }\n`
    expect(brief(text)).toEqual(['site.archetype', 'site.soldElsewhere'])
  })

  test('a cabinet without stations', () => {
    expect(told(`${sound}cabinets:\n  - { id: c, power_kW: 90 }\n`)).toEqual(['10:5 site.cabinetFeedsNothing'])
  })
})

describe('products stand in their list', () => {
  test('a cabinet among stations, a post among cabinets', () => {
    expect(brief(`${sound}  - { id: b, product: kempower_satellite }\n`)).toContain('site.notAPost')
    expect(brief(`${sound}cabinets: [{ id: b, product: alp_hyc_400 }]\n`)).toContain('site.notACabinet')
  })

  test('a post with its own power hangs on no cabinet', () => {
    const text = `${sound}  - { id: b, product: ionity_350, cabinet: c }\ncabinets: [{ id: c, power_kW: 9 }]\n`
    expect(brief(text)).toContain('site.hasOwnPower')
  })

  test('more posts than the product has', () => {
    expect(brief(`${sound}cabinets: [{ id: b, product: alp_hyc_1000, stations: 9 }]\n`)).toContain('site.tooManyPosts')
  })
})

test('S18: own records are used, and their problems told with those of the file', () => {
  const text = readFileSync(new URL('../../../test/fixtures/sites/own-records.yaml', import.meta.url), 'utf8')
  expect(told(text)).toEqual([])
  expect(brief(text.replace('connector: ccs2 # plug', 'connector: ccs9 # plug'))).toContain(
    'catalogue.unknown.connectors > ccs1',
  )
})

const examples = new URL('../../../examples/', import.meta.url)
test.each(readdirSync(examples).filter((name) => name.endsWith('.yaml')))(
  'example %s is sound and complete',
  (name) => {
    const checked = loadSite(readFileSync(new URL(name, examples)), name, builtInCatalogue())
    expect(checked.ok ? missingForSimulation(checked.value) : checked.problems).toEqual([])
  },
)
