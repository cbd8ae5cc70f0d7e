import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadSite, type Site } from '../../site/index.ts'
import { builtInCatalogue, type Catalogue } from '../../standards/index.ts'
import { extendCatalogue } from '../../standards/records/index.ts'
import { confidences } from '../../standards/schema/index.ts'
import { partOfCable } from './facts.ts'
import {
  archetypeOf,
  type CablePlace,
  cabinetOfSite,
  cabinetParameters,
  cableOfPlug,
  cableParameters,
  contactorParameters,
  emiFilterParameters,
  matrixObstacles,
  matrixParameters,
  moduleParameters,
  outputProtection,
  scaledCable,
  scaledModule,
  sensorParameters,
  sensorsOfCable,
} from './index.ts'

const catalogue = builtInCatalogue()

const origin = { sources: ['unverified'], confidence: 'reported' } as const

function withOwn(...components: readonly object[]): Catalogue {
  const extended = extendCatalogue(catalogue, [
    { records: { components: components.map((one) => ({ ...origin, ...one })) } },
  ])
  if (!extended.ok) throw new Error(JSON.stringify(extended.problems))
  return extended.value
}

function ownCable(values: object) {
  const own = { type: 'cable', id: 'own', name: 'own', conductor: 'copper-strand', contact: 'contact-uncooled' }
  const all = withOwn({
    ...own,
    vehicleInterface: 'inlet-small',
    cooling: 'none',
    area_mm2: 50,
    length_m: 4,
    ...values,
  })
  const record = all.components.get('own')
  if (record?.type !== 'cable') throw new Error('no cable')
  return cableParameters(record, all)
}

describe('T1 every record compiles', () => {
  test('to finite numbers, with sources and what was assumed', () => {
    for (const record of catalogue.components.values()) {
      const compiled = compile(record)
      if (compiled === null) continue
      expect(JSON.stringify(compiled.parameters), record.id).not.toMatch(/NaN|undefined/)
      expect(confidences).toContain(compiled.confidence)
      expect(compiled.sources.length, record.id).toBeGreaterThan(0)
    }
  })

  function compile(record: ReturnType<Catalogue['components']['get']> & object) {
    if (record.type === 'cable') return cableParameters(record, catalogue)
    if (record.type === 'cabinet') return cabinetParameters(record, catalogue)
    if (record.type === 'module') return moduleParameters(record)
    if (record.type === 'sensor') return sensorParameters(record)
    if (record.type === 'contactor') return contactorParameters(record)
    return record.type === 'emiFilter' ? emiFilterParameters(record) : null
  }
})

describe('T2 what is open is filled in, and told', () => {
  test('an uncooled cable by geometry', () => {
    const { parameters, assumed, confidence } = ownCable({})
    expect(parameters.wireToAmbient_WperKm).toBeCloseTo(0.4185, 4)
    expect(parameters.contact.toWire_WperK).toBeCloseTo(0.0903, 4)
    expect(confidence).toBe('uncertain')
    expect(assumed).toEqual(
      expect.arrayContaining(['cable.wireToAmbient_WperKm', 'contact.toWire_WperK', 'cable.sensors']),
    )
  })

  test('a stated value wins, of the cable over that of the part', () => {
    const { parameters, assumed } = ownCable({
      wireToAmbient_WperKm: 0.5,
      overrides: { contact: { resistance_ohm: 2e-4, toWire_WperK: 0.2 }, vehicleInterface: { toAmbient_WperK: 0.4 } },
    })
    expect(parameters.wireToAmbient_WperKm).toBe(0.5)
    expect(parameters.contact).toMatchObject({ resistance_ohm: 2e-4, toWire_WperK: 0.2, capacity_JperK: 180 })
    expect(parameters.inlet.toAmbient_WperK).toBe(0.4)
    expect(assumed).not.toContain('contact.toWire_WperK')
  })

  test('a liquid cable that says little is cooled like the archetype', () => {
    const { parameters, assumed } = ownCable({ cooling: 'liquid' })
    const like = cableParameters(archetypeOf('cable', 'oil-ccs-500'), catalogue).parameters
    expect(parameters.cooling).toMatchObject({ ...like.cooling, contactToCoolant_WperK: 0, loop: null })
    for (const part of ['coolant', 'pump', 'radiator']) expect(assumed).toContain(`cable.${part}`)
  })

  test('the confidence of an override is that of the cable', () => {
    const all = withOwn({
      ...{
        type: 'cable',
        id: 'own',
        name: 'own',
        cooling: 'none',
        conductor: 'copper-strand',
        area_mm2: 50,
        length_m: 4,
      },
      ...{ contact: 'contact-uncooled', vehicleInterface: 'inlet-small', confidence: 'reported' },
      overrides: { contact: { resistance_ohm: 1e-4, toWire_WperK: 0.1 } },
      fieldConfidence: { 'overrides.contact.toWire_WperK': 'confirmed' },
    })
    const cable = all.components.get('own')
    if (cable?.type !== 'cable') throw new Error('no cable')
    expect(partOfCable(cable, all, 'contact', cable.contact).fieldConfidence).toMatchObject({
      resistance_ohm: 'reported',
      toWire_WperK: 'confirmed',
      max_degC: 'reported',
    })
    expect(partOfCable(cable, all, 'vehicleInterface', cable.vehicleInterface).fieldConfidence).toEqual({})
  })

  test('an inlet with a hollow conductor brings a line and a joint', () => {
    const { parameters } = ownCable({ vehicleInterface: 'inlet-tube-line' })
    expect(parameters.inlet.line).toMatchObject({
      area_mm2: 70,
      length_m: 2,
      toPackCoolant_WperKm: 5,
      max_degC: 105,
      joint: { resistance_ohm: 5e-6 },
    })
    expect(ownCable({}).parameters.inlet.line).toBeUndefined()
  })

  test('modules: window, current by constant power, half the current in series, loss', () => {
    const own = withOwn({
      type: 'module',
      id: 'm',
      name: 'm',
      power_kW: 36,
      modes: { up_V: 500, down_V: 450, separable: true },
    })
    const record = own.components.get('m')
    if (record?.type !== 'module') throw new Error('no module')
    const { parameters, assumed } = moduleParameters(record)
    expect(parameters).toMatchObject({ minVoltage_V: 150, maxVoltage_V: 1000, maxCurrent_A: 120 })
    expect(parameters.halves).toEqual({ up_V: 500, down_V: 450, separable: true, seriesCurrent_A: 60, off_s: 1 })
    expect(parameters.loss.noLoad_frac).toBe(0.006)
    expect(assumed).toEqual([
      'module.constantPowerFrom_V',
      'module.minVoltage_V',
      'module.maxVoltage_V',
      'module.modes.highCurrent_A',
      'module.modes.off_s',
      'module.loss',
    ])
    expect(moduleParameters({ ...record, maxCurrent_A: 100 }).parameters.maxCurrent_A).toBe(100)
  })
})

function plug(values: Partial<CablePlace>): CablePlace {
  const open = {
    connector: 'ccs2',
    cable: null,
    cooling: null,
    maxCurrent_A: null,
    maxVoltage_V: null,
    maxPower_kW: null,
  }
  return { ...open, ...values }
}

describe('T2 protection and sensors', () => {
  test('of a cabinet that names its parts, and of one nothing is known of', () => {
    const own = {
      type: 'cabinet',
      id: 'own',
      name: 'own',
      modules: [{ module: 'sic-air-30', count: 2 }],
      matrix: 'full-matrix',
      outputs: 1,
    }
    const all = withOwn({ ...own, contactor: 'gigavac-hx21' })
    const record = all.components.get('own')
    if (record?.type !== 'cabinet') throw new Error('no cabinet')
    const { parameters, assumed } = outputProtection(record, all)
    expect(parameters.contactor).toEqual({
      close_s: 0.02,
      open_s: 0.012,
      makeMismatch_V: 20,
      breakCurrent_A: 5,
      cycles: 1_000_000,
    })
    expect(parameters.fuse.melting_A2s).toBe(200_000)
    expect(assumed).toEqual(expect.arrayContaining(['cabinet.fuse', 'contactor.makeMismatch_V']))
    expect(assumed).not.toContain('cabinet.contactor')
    expect(outputProtection(null, catalogue).assumed).toContain('cabinet.contactor')
  })

  test('of a cable: what its dispenser knows', () => {
    const { parameters } = sensorsOfCable(archetypeOf('cable', 'immersed-v4-1000'), catalogue)
    expect(parameters.map(({ quantity }) => quantity)).toEqual([
      'temperature',
      'flow',
      'level',
      'temperature',
      'pressure',
    ])
    const bare = { ...archetypeOf('cable', 'air-70'), sensors: [] }
    const { parameters: usual, assumed } = sensorsOfCable(bare, catalogue)
    expect([usual.map(({ lag_s }) => lag_s), assumed[0]]).toEqual([[15], 'cable.sensors'])
  })
})

describe('T3 the cable of a plug', () => {
  const taken = (values: Partial<CablePlace>) => {
    const { id, rule } = cableOfPlug(plug(values), catalogue)
    return [id, rule.code, rule.params['factor'] ?? 1]
  }

  test.each([
    ['stated', { cable: 'air-95', maxCurrent_A: 500, cooling: 'liquid' }, 'air-95', 'stated', 1],
    ['air', { maxCurrent_A: 125, cooling: 'air' }, 'air-35', 'byClass', 1],
    ['air, the surer of two', { maxCurrent_A: 200, cooling: 'air' }, 'air-70', 'byClass', 1],
    ['air, more than any', { maxCurrent_A: 350, cooling: 'air' }, 'air-95', 'stronger', 1.4],
    ['liquid', { maxCurrent_A: 500, maxVoltage_V: 920, cooling: 'liquid' }, 'oil-ccs-500', 'byClass', 1],
    [
      'liquid, sold above its rating',
      { maxCurrent_A: 600, maxVoltage_V: 1000, cooling: 'liquid' },
      'oil-ccs-500',
      'byClass',
      1,
    ],
    [
      'liquid, more',
      { connector: 'gbt_dc_2023', maxCurrent_A: 1200, maxVoltage_V: 1000, cooling: 'liquid' },
      'oil-ccs-500',
      'stronger',
      2,
    ],
    [
      '500 V class',
      { connector: 'nacs', maxCurrent_A: 631, maxVoltage_V: 500, cooling: 'liquid' },
      'glycol-v3-640',
      'byClass',
      1,
    ],
    ['immersed', { connector: 'nacs', cooling: 'liquid (immersed conductor)' }, 'immersed-v4-1000', 'byClass', 1],
    ['GB/T 2015', { connector: 'gbt_dc_2015', maxCurrent_A: 600, cooling: 'liquid' }, 'local-gbt-600', 'byClass', 1],
    [
      'MCS',
      { connector: 'mcs', maxCurrent_A: 1500, maxVoltage_V: 1250, cooling: 'liquid' },
      'glycol-mcs-1500',
      'byClass',
      1,
    ],
    [
      'MCS, 3000 A',
      { connector: 'mcs', maxCurrent_A: 3000, maxVoltage_V: 1250, cooling: 'liquid' },
      'glycol-mcs-3000',
      'byClass',
      1,
    ],
    ['liquid or air, much', { maxCurrent_A: 500, cooling: 'liquid or air' }, 'oil-ccs-500', 'byClass', 1],
    ['liquid or air, little', { maxCurrent_A: 200, cooling: 'liquid or air' }, 'air-70', 'byClass', 1],
    ['nothing known', {}, 'air-35', 'byClass', 1],
    ['no such connector', { connector: 'type1', maxCurrent_A: 80, cooling: 'air' }, 'air-16', 'byClass', 1],
  ] as const)('%s', (_, place, id, rule, factor) => {
    expect(taken(place)).toEqual([id, `parts.cable.${rule}`, factor])
  })

  test('every plug of every charger has one, as strong as it is sold for', () => {
    for (const charger of catalogue.chargers.values()) {
      for (const outlet of charger.evses.flatMap(({ connectors }) => connectors)) {
        const { parameters, assumed, rule } = cableOfPlug(outlet, catalogue)
        expect(parameters.area_mm2).toBeGreaterThan(0)
        expect(assumed.includes('connectors.cable')).toBe(rule.code !== 'parts.cable.stated')
        if (/^liquid/.test(outlet.cooling ?? '') && !/air/.test(outlet.cooling ?? ''))
          expect(parameters.cooling).not.toBeNull()
        if (outlet.cooling === 'air') expect(parameters.cooling).toBeNull()
      }
    }
  })

  test('a factor keeps the heat of every part in proportion to what carries it off', () => {
    const base = cableParameters(archetypeOf('cable', 'glycol-mcs-3000'), catalogue).parameters
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 5, noNaN: true }), (factor) => {
        const scaled = scaledCable(base, factor)
        // heat at a current greater by the factor is greater by the factor, and so is every conductance
        expect(scaled.contact.resistance_ohm * factor ** 2).toBeCloseTo(base.contact.resistance_ohm * factor, 12)
        expect((1 / scaled.area_mm2) * factor ** 2).toBeCloseTo((1 / base.area_mm2) * factor, 9)
        expect(scaled.contact.toInlet_WperK / base.contact.toInlet_WperK).toBeCloseTo(factor, 9)
        expect(scaled.inlet.toPackCoolant_WperK / base.inlet.toPackCoolant_WperK).toBeCloseTo(factor, 9)
        const [now, before] = [scaled.cooling, base.cooling]
        if (!now || !before) throw new Error('no cooling')
        expect(before.wireToCoolant_KmperW / now.wireToCoolant_KmperW).toBeCloseTo(factor, 9)
        expect(now.radiatorFanOn_WperK / before.radiatorFanOn_WperK).toBeCloseTo(factor, 9)
      }),
    )
  })

  test('a scaled module keeps its voltages', () => {
    const { parameters } = moduleParameters(archetypeOf('module', 'sic-air-30-halves'))
    const scaled = scaledModule(parameters, 60)
    expect([scaled.power_kW, scaled.maxCurrent_A, scaled.halves?.seriesCurrent_A]).toEqual([60, 200, 100])
    expect(scaled.maxVoltage_V).toBe(parameters.maxVoltage_V)
  })
})

describe('T4 matrices', () => {
  const matrix = (values: object) => {
    const all = withOwn({ type: 'matrix', id: 'x', name: 'x', topology: 'full', ...values })
    const record = all.components.get('x')
    if (record?.type !== 'matrix') throw new Error('no matrix')
    return record
  }

  test('partial: spelled out, or own modules and a pool', () => {
    expect(
      matrixParameters(matrix({ topology: 'partial', reach: [[1], [2], [1, 2]] }), { modules: 3, outputs: 2 }),
    ).toEqual({
      kind: 'partial',
      reach: [[0], [1], [0, 1]],
    })
    const pool = matrixParameters(archetypeOf('matrix', 'partial-matrix'), { modules: 5, outputs: 3 })
    expect(pool).toEqual({ kind: 'partial', reach: [[0], [1], [2], [0, 1, 2], [0, 1, 2]] })
  })

  test('ring: homes spelled out, or evenly spaced', () => {
    const spaced = matrixParameters(archetypeOf('matrix', 'ring-matrix'), { modules: 12, outputs: 5 })
    expect(spaced).toEqual({ kind: 'ring', homes: [0, 2, 4, 7, 9] })
    const own = matrixParameters(matrix({ topology: 'ring', homes: [1, 4] }), { modules: 6, outputs: 2 })
    expect(own).toEqual({ kind: 'ring', homes: [0, 3] })
  })

  test('what does not fit together is told', () => {
    const told = (values: object, modules: number, outputs: number) =>
      matrixObstacles(matrix(values), { modules, outputs }).map(({ code, params }) => [code, Object.values(params)])
    const rows = 'catalogue.component.rows'
    expect(told({ topology: 'partial', reach: [[1], [2]] }, 3, 2)).toEqual([[rows, [2, 3, 'modules']]])
    expect(told({ topology: 'ring', homes: [1] }, 3, 2)).toEqual([[rows, [1, 2, 'outputs']]])
    expect(told({ outputs: 4 }, 3, 2)).toEqual([[rows, [4, 2, 'outputs']]])
    expect(told({ topology: 'ring', homes: [1, 9] }, 3, 2)).toEqual([['catalogue.component.noModule', [9, 3]]])
    expect(told({ topology: 'partial', reach: [[1], [1]] }, 2, 2)).toEqual([['catalogue.component.outOfReach', [2]]])
    expect(told({ topology: 'partial', ownModules: 1 }, 2, 3)).toEqual([['catalogue.component.outOfReach', [3]]])
    expect(told({}, 2, 3)).toEqual([])
  })
})

const head = `version: 1
name: Test
timezone: Europe/Berlin
location: { latitude_deg: 48.1, longitude_deg: 11.6, country: DE }
currency: EUR
grid: { import_kW: 5000 }
`

function siteOf(rest: string): Site {
  const loaded = loadSite(head + rest, 'hub.yaml', catalogue)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.value
}

function cabinetIn(site: Site, id: string) {
  const cabinet = site.cabinets.find((one) => one.id === id)
  if (!cabinet) throw new Error(`no cabinet ${id}`)
  return cabinetOfSite(site, cabinet)
}

describe('T5 cabinets of a site', () => {
  test('as the product has it', () => {
    const { parameters, rule, obstacles, assumed } = cabinetIn(
      siteOf('cabinets:\n  - { id: c, product: kempower_satellite }\n'),
      'c',
    )
    expect(rule).toEqual({ code: 'parts.module.stated', params: { module: 'kempower-50', count: 12 } })
    expect(parameters.modules).toHaveLength(12)
    expect(parameters.outputs).toHaveLength(8)
    expect(parameters.matrix.kind).toBe('full')
    expect([parameters.airRise_K, obstacles]).toEqual([0, []])
    expect(assumed).toContain('cabinet.modules.count')
  })

  test('swapped in the file', () => {
    const site = siteOf(`cabinets:
  - id: c
    product: kempower_satellite
    modules: { module: sic-liquid-60, count: 6 }
    matrix: ring-matrix
    modulePolicy: priority
`)
    const { parameters, assumed } = cabinetIn(site, 'c')
    expect(parameters.modules.map(({ power_kW }) => power_kW)).toEqual([60, 60, 60, 60, 60, 60])
    expect(parameters.maxPower_kW).toBe(360)
    expect(parameters.matrix).toMatchObject({ kind: 'ring' })
    expect(parameters.policy).toMatchObject({ aim: 'order', order: 'priority' })
    expect(assumed).not.toContain('cabinet.matrix')
  })

  test('by class: usual sizes that divide the power, in no way of the plugs', () => {
    const { parameters, rule } = cabinetIn(siteOf('stations:\n  - { id: p, product: gbt2015_60 }\n'), 'p')
    expect(rule).toEqual({ code: 'parts.module.byClass', params: { module: 'sic-air-20', count: 3, module_kW: 20 } })
    const [module] = parameters.modules
    expect((module?.maxCurrent_A ?? 0) * 3).toBeGreaterThanOrEqual(250)
    const big = cabinetIn(siteOf('stations:\n  - { id: p, product: alp_hyc_400 }\n'), 'p')
    expect(big.rule.params).toMatchObject({ count: 10, module_kW: 40 })
    const odd = cabinetIn(siteOf('stations:\n  - { id: p, product: alp_hyc_350 }\n'), 'p')
    expect(odd.rule.params).toMatchObject({ count: 4, module_kW: 87.5, module: 'sic-air-60' })
    expect(odd.parameters.modules[0]?.power_kW).toBe(87.5)
  })

  test('on a DC bus a converter for each output', () => {
    const { parameters } = cabinetIn(siteOf('cabinets:\n  - { id: c, product: tesla_sc_v4cab }\n'), 'c')
    expect(parameters.matrix).toEqual({ kind: 'bus' })
    expect(parameters.modules.map(({ power_kW }) => power_kW)).toEqual(Array.from({ length: 8 }, () => 500))
    const own = siteOf(`stations:
  - { id: p, power_kW: 300, matrix: dc-bus, evses: [{ count: 3, connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 150 }] }] }
`)
    expect(cabinetIn(own, 'p').parameters.modules.map(({ power_kW }) => power_kW)).toEqual([150, 150, 150])
  })

  test('a product whose matrix does not fit is told', () => {
    const site = siteOf(`cabinets:
  - { id: c, product: kempower_satellite, stations: 3, modules: { module: kempower-50, count: 2 }, matrix: home }
catalogue:
  components:
    - { type: matrix, id: home, name: home, topology: partial, ownModules: 1, sources: [unverified], confidence: reported }
`)
    expect(cabinetIn(site, 'c').obstacles).toEqual([{ code: 'catalogue.component.outOfReach', params: { output: 3 } }])
  })

  test('every charger with a cabinet compiles', () => {
    const products = [...catalogue.chargers.values()].filter(
      ({ cabinet, kind, evses }) =>
        cabinet.power_kW !== null && kind !== 'cabinet' && evses.every(({ count }) => count !== null),
    )
    expect(products.length).toBeGreaterThan(10)
    for (const { id, kind } of products) {
      const list = kind.startsWith('cabinet') ? 'cabinets' : 'stations'
      const loaded = loadSite(`${head}${list}:\n  - { id: p, product: ${id} }\n`, 'hub.yaml', catalogue)
      if (!loaded.ok) continue
      const { parameters, obstacles } = cabinetIn(loaded.value, 'p')
      expect(obstacles, id).toEqual([])
      const rated_kW = parameters.modules.reduce((sum, { power_kW }) => sum + power_kW, 0)
      expect(rated_kW / parameters.maxPower_kW, id).toBeGreaterThan(0.99)
    }
  })
})
