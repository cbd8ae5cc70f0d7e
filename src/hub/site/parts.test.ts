import { describe, expect, test } from 'vitest'
import { builtInCatalogue } from '../standards/catalogue/index.ts'
import { cabinetPolicies } from '../standards/schema/index.ts'
import { loadSite } from './load.ts'
import type { Site } from './site.ts'
import { brief, sound, told } from './test-support.ts'

function siteOf(text: string): Site {
  const checked = loadSite(text, 'hub.yaml', builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.value
}

const cabinetOf = (text: string, id = 'c') => siteOf(text).cabinets.find((cabinet) => cabinet.id === id)
const cablesOf = (site: Site) =>
  site.stations.flatMap(({ evses }) => evses.flatMap(({ connectors }) => connectors.map(({ cable }) => cable)))

const cabinet = (keys: string) => `${sound}cabinets:\n  - { id: c, product: alp_hyc_1000, ${keys} }\n`

describe('S24: parts of a cabinet', () => {
  test('are those of the product', () => {
    expect(cabinetOf(`${sound}cabinets:\n  - { id: c, product: kempower_satellite }\n`)).toMatchObject({
      modules: { module: 'kempower-50', count: null },
      matrix: 'full-matrix',
      modulePolicy: 'democratic',
      power_kW: 600,
    })
    expect(cabinetOf(sound, 'post')).toMatchObject({ modules: null, matrix: null, modulePolicy: null })
  })

  test('or those the file states, and their power with them', () => {
    const keys = 'modules: { module: sic-air-60, count: 12 }, matrix: ring-matrix, modulePolicy: proportional-fair'
    expect(cabinetOf(cabinet(keys))).toMatchObject({
      modules: { module: 'sic-air-60', count: 12 },
      matrix: 'ring-matrix',
      modulePolicy: 'proportional-fair',
      power_kW: 720,
      module_kW: 60,
    })
    expect(siteOf(cabinet(keys)).stations.find(({ cabinet: id }) => id === 'c')?.charger.cabinet.power_kW).toBe(720)
    expect(cabinetOf(cabinet(`power_kW: 600, ${keys}`))?.power_kW).toBe(600)
  })

  test('a cabinet that is no product has the power of its modules', () => {
    const own = 'cabinets: [{ id: own, modules: { module: sic-liquid-40, count: 10 } }]\n'
    expect(cabinetOf(`${sound}  - { id: t, product: huawei_dt600, cabinet: own }\n${own}`, 'own')?.power_kW).toBe(400)
  })

  test('a post with power of its own can have others', () => {
    const text = `${sound}  - { id: s, product: abb_terra_184, modules: { module: sic-air-30, count: 6 } }\n`
    expect(cabinetOf(text, 's')).toMatchObject({ power_kW: 180, modules: { module: 'sic-air-30', count: 6 } })
    const own = `${sound}  - { id: s, modules: { module: sic-air-30, count: 4 }, evses: [{ connectors: [{ connector: ccs2, maxVoltage_V: 1000, maxPower_kW: 120 }] }] }\n`
    expect(cabinetOf(own, 's')?.power_kW).toBe(120)
  })

  const policies = [...cabinetPolicies].join()
  test.each([
    ['modules: { module: sic-air-31, count: 3 }', '10:56 site.unknownModule > sic-air-30'],
    ['modules: { module: air-50, count: 3 }', '10:56 site.unknownModule > components'],
    ['modules: { module: sic-air-30, count: 0 }', '10:75 document.tooSmall'],
    ['modules: { module: sic-air-30 }', '10:37 document.missingKey > count,12'],
    ['matrix: ring', '10:45 site.unknownMatrix > components'],
    ['modulePolicy: fair', `10:51 document.notOneOf > ${policies}`],
    ['module_kW: 30, modules: { module: sic-air-30, count: 40 }', '10:48 site.moduleTwice'],
    ['power_kW: 1000, modules: { module: sic-air-30, count: 3 }', '10:62 site.modulesTooWeak'],
  ])('%s', (keys, problem) => {
    expect(told(cabinet(keys))).toEqual([problem])
  })

  test('a matrix spelled out for other numbers', () => {
    const own = `catalogue:
  components:
    - { type: matrix, id: two, name: two, topology: partial, reach: [[1], [2]], sources: [unverified], confidence: reported }
`
    expect(brief(cabinet('matrix: two, modules: { module: sic-air-30, count: 40 }') + own)).toEqual([
      'catalogue.component.rows',
    ])
    expect(brief(cabinet('matrix: two, modules: { module: alpitronic-125, count: 2 }') + own)).toEqual([])
  })

  test('on a station that is fed they would count for nothing', () => {
    const fed = `${sound}  - { id: t, product: huawei_dt600, cabinet: u, matrix: ring-matrix }\ncabinets: [{ id: u, product: huawei_720 }]\n`
    expect(brief(fed)).toContain('site.powerOfCabinet')
  })
})

describe('S25: the cable of a plug', () => {
  test('is that of the product, or as overridden, or stated', () => {
    expect(cablesOf(siteOf(`${sound}cabinets:\n  - { id: c, product: tesla_sc_v3_eu, power_kW: 1000 }\n`))).toContain(
      'glycol-v3-640',
    )
    const swapped = 'overrides: { ccs2: { cable: glycol-v3-640, maxVoltage_V: 500 } }'
    expect(cablesOf(siteOf(`${sound}  - { id: x, product: alp_hyc_400, ${swapped} }\n`))).toContain('glycol-v3-640')
    const own = 'evses: [{ connectors: [{ connector: ccs2, cable: air-70, maxVoltage_V: 1000, maxPower_kW: 150 }] }]'
    expect(cablesOf(siteOf(`${sound}  - { id: x, ${own} }\n`))).toEqual([null, null, 'air-70'])
  })

  test('own cables under catalogue', () => {
    const own = `catalogue:
  components:
    - { type: cable, id: mine, name: mine, cooling: none, conductor: aluminium-strand, area_mm2: 150, length_m: 5, contact: contact-uncooled, vehicleInterface: inlet-small, sources: [unverified], confidence: reported }
`
    const site = siteOf(
      `${sound.replace('product: alp_hyc_400', 'product: alp_hyc_400, overrides: { ccs2: { cable: mine } }')}${own}`,
    )
    expect(cablesOf(site)).toEqual(['mine', 'mine'])
    expect(site.catalogue.components.get('mine')?.type).toBe('cable')
    expect(brief(`${sound}${own.replace('area_mm2: 150', 'area_mm2: 15000')}`)).toEqual(['document.tooBig'])
  })

  test('an unknown one, one for other plugs, one for less voltage', () => {
    const plug = (cable: string, volts = 500) =>
      brief(
        sound.replace(
          'product: alp_hyc_400',
          `product: alp_hyc_400, overrides: { ccs2: { cable: ${cable}, maxVoltage_V: ${volts} } }`,
        ),
      )
    expect(plug('oil-ccs-600')).toEqual(['site.unknownCable > oil-ccs-500'])
    expect(plug('glycol-mcs-1500')).toEqual(['site.cableOfOtherPlug'])
    expect(plug('glycol-v3-640', 920)).toEqual(['site.cableVoltage'])
    expect(plug('oil-ccs-500', 920)).toEqual([])
  })
})
