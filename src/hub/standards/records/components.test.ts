import { describe, expect, test } from 'vitest'
import { builtInCatalogue } from '../catalogue/index.ts'
import { componentTypes } from '../schema/choices.ts'
import { loadCatalogueFiles } from './index.ts'

const tail = 'sources: [unverified], confidence: uncertain }'
const head = 'components:\n'
const cable = `  - { type: cable, id: own, name: own, cooling: none, conductor: copper-strand, area_mm2: 50, length_m: 5, contact: contact-uncooled, vehicleInterface: inlet-small, ${tail}\n`
const module = `  - { type: module, id: own, name: own, power_kW: 30, ${tail}\n`
const matrix = `  - { type: matrix, id: wires, name: wires, topology: partial, outputs: 2, reach: [[1], [2], [1, 2]], ${tail}\n`
const cabinet = `  - { type: cabinet, id: box, name: box, modules: [{ module: sic-air-30, count: 3 }], matrix: wires, outputs: 2, ${tail}\n`

function load(text: string) {
  return loadCatalogueFiles([{ name: 'own.yaml', text: head + text }], builtInCatalogue())
}

function told(text: string): readonly string[] {
  const loaded = load(text)
  return (loaded.ok ? loaded.warnings : loaded.problems).map(({ code, at, fix }) => {
    const mends = fix ? Object.values(fix.params).join() : ''
    return `${at?.line}:${at?.column} ${code}${mends ? ` > ${mends}` : ''}`
  })
}

/** Line and column at which the words stand in a file of one part. */
function at(text: string, words: string): string {
  const before = (head + text).slice(0, (head + text).indexOf(words)).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

describe('what comes with the program', () => {
  test('every type of part is there, and most have more than one', () => {
    const counts = new Map<string, number>()
    for (const { type } of builtInCatalogue().components.values()) counts.set(type, (counts.get(type) ?? 0) + 1)
    expect([...counts.keys()].sort()).toEqual([...componentTypes].sort())
    expect([...counts.values()].filter((count) => count > 1).length).toBeGreaterThanOrEqual(12)
  })

  test('what rests on estimates alone is uncertain', () => {
    const parts = [...builtInCatalogue().components.values()]
    const guesses = parts.filter(({ sources }) => sources.join() === 'engineering-estimate')
    expect(guesses.length).toBeGreaterThan(20)
    expect(guesses.filter(({ confidence }) => confidence !== 'uncertain')).toEqual([])
  })

  test('copper, aluminium and the two as one', () => {
    const conductor = (id: string) => {
      const found = builtInCatalogue().components.get(id)
      if (found?.type !== 'conductor') throw new Error(`no conductor ${id}`)
      return found
    }
    const [copper, aluminium, clad] = ['copper', 'aluminium', 'copper-clad-aluminium'].map((metal) =>
      conductor(`${metal}-strand`),
    )
    if (!copper || !aluminium || !clad) throw new Error('missing')
    // a tenth of copper by volume: conductances side by side, weights likewise
    const mixed_S = 0.1 / copper.resistivity_ohmm + 0.9 / aluminium.resistivity_ohmm
    expect(clad.resistivity_ohmm * mixed_S).toBeCloseTo(1.03, 1)
    expect(clad.density_kgperm3 / (0.1 * copper.density_kgperm3 + 0.9 * aluminium.density_kgperm3)).toBeCloseTo(1, 2)
    // Wiedemann-Franz: heat and current go alike in all of them, 2.2-2.45e-8 W ohm/K2 at 293 K
    for (const { conductivity_WpermK, resistivity_ohmm } of [copper, aluminium, clad]) {
      const lorenz = (conductivity_WpermK * resistivity_ohmm) / 293
      expect(lorenz).toBeGreaterThan(2.1e-8)
      expect(lorenz).toBeLessThan(2.5e-8)
    }
  })
})

describe('own parts', () => {
  test('need no more than they are', () => {
    expect(told(cable)).toEqual([])
    expect(told(module)).toEqual([])
    expect(told(matrix + cabinet)).toEqual([])
  })

  test('may name each other in any order', () => {
    expect(told(cabinet + matrix)).toEqual([])
    expect(told(cabinet)).toEqual([
      `${at(cabinet, 'wires')} catalogue.unknown.components > full-matrix,partial-matrix,ring-matrix,paired-matrix,dc-bus`,
    ])
  })

  test('replace one of their id, with a warning, but only of their type', () => {
    const pump = `  - { type: pump, id: pump-oil-60, name: strong, power_W: 90, ${tail}\n`
    expect(told(pump)).toEqual([`${at(pump, 'pump-oil-60')} catalogue.replaced`])
    const fuse = `  - { type: fuse, id: pump-oil-60, name: odd, melting_A2s: 9, ${tail}\n`
    expect(told(fuse)).toEqual([`${at(fuse, 'fuse')} catalogue.component.wrongType`])
  })
})

describe('bad parts are told with their place', () => {
  const liquid = cable.replace('cooling: none', 'cooling: none, coolant: dielectric-oil')
  const ladder = (rows: string) => cable.replace('length_m: 5', `length_m: 5, derating: { ${rows} }`)
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['negative length', cable.replace('length_m: 5', 'length_m: -5'), 'document.notAbove', '-5'],
    ['no length', cable.replace('length_m: 5', 'length_m: 0'), 'document.notAbove', '0, contact'],
    ['absurd length', cable.replace('length_m: 5', 'length_m: 500'), 'document.tooBig', '500'],
    ['absurd area', cable.replace('area_mm2: 50', 'area_mm2: 5000'), 'document.tooBig', '5000'],
    ['unknown type', cable.replace('type: cable', 'type: cabel'), 'document.notOneOf > cable', 'cabel'],
    [
      'unknown part',
      cable.replace('copper-strand', 'copper-strnd'),
      'catalogue.unknown.components > copper-strand',
      'copper-strnd',
    ],
    [
      'part of the wrong type',
      cable.replace('contact-uncooled', 'inlet-small'),
      'catalogue.component.wrongType > contact-uncooled,contact-ccs-cooled,contact-nacs-cooled,contact-nacs-immersed,contact-gbt-local,contact-mcs-1500,contact-mcs-3000',
      'inlet-small, vehicle',
    ],
    [
      'attribute of another type',
      module.replace('power_kW', 'area_mm2: 5, power_kW'),
      'document.unknownKey',
      'area_mm2',
    ],
    ['C16 coolant of an uncooled cable', liquid, 'catalogue.component.uncooled', 'dielectric-oil'],
    [
      'C17 ladder upside down',
      ladder('drop_degC: 80, recover_degC: 85, trip_degC: 90, step_frac: 0.05'),
      'catalogue.component.ladder',
      '{ drop_degC',
    ],
    [
      'C17 trip below the drop',
      ladder('drop_degC: 88, recover_degC: 83, trip_degC: 85, step_frac: 0.05'),
      'catalogue.component.ladder',
      '{ drop_degC',
    ],
    [
      'step of nothing',
      ladder('drop_degC: 88, recover_degC: 83, trip_degC: 90, step_frac: 0'),
      'document.notAbove',
      '0 }',
    ],
    [
      'C7 window upside down',
      module.replace('power_kW', 'minVoltage_V: 900, maxVoltage_V: 500, power_kW'),
      'catalogue.range',
      '900',
    ],
    [
      'C7 modes upside down',
      module.replace('power_kW', 'modes: { up_V: 400, down_V: 500, separable: false }, power_kW'),
      'catalogue.range',
      '500',
    ],
    [
      'C9 temperatures that fall',
      module.replace(
        'power_kW',
        'derating: [{ ambient_degC: 60, power_frac: 1 }, { ambient_degC: 50, power_frac: 0 }], power_kW',
      ),
      'catalogue.derating.notRising',
      '{ ambient_degC: 50',
    ],
    ['negative current', module.replace('power_kW', 'maxCurrent_A: -3, power_kW'), 'document.notAbove', '-3'],
    [
      'C18 an output no module reaches',
      matrix.replace('[[1], [2], [1, 2]]', '[[1], [1], [1]]'),
      'catalogue.component.outOfReach',
      '[[1]',
    ],
    ['C18 an output that is not there', matrix.replace('[2]', '[2, 3]'), 'catalogue.component.noOutput', '[[1]'],
    ['output number 0', matrix.replace('[2]', '[0]'), 'document.tooSmall', '0]'],
    [
      'C4 confidence of an attribute of another type',
      module.replace('power_kW', 'fieldConfidence: { area_mm2: reported }, power_kW'),
      'catalogue.unknown.attribute',
      'area_mm2',
    ],
    [
      'confidence of an override',
      cable.replace('length_m: 5', 'length_m: 5, fieldConfidence: { overrides.contact.resistance: reported }'),
      'catalogue.unknown.attribute > overrides.contact.resistance_ohm',
      'overrides.contact',
    ],
  ]

  test.each(cases)('%s', (_, text, code, words) => {
    const problems = told(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`${at(text, words)} ${code}`)
  })

  test('C19 a matrix of the wrong size', () => {
    const few = matrix + cabinet.replace('count: 3', 'count: 4')
    expect(told(few)).toEqual([`${at(few, 'wires, outputs: 2, sou')} catalogue.component.rows`])
    const many = matrix + cabinet.replace('outputs: 2', 'outputs: 5')
    expect(told(many)).toEqual([`${at(many, 'wires, outputs: 5')} catalogue.component.rows`])
    const ring = `${matrix.replace('partial, outputs: 2, reach: [[1], [2], [1, 2]]', 'ring, homes: [1, 9]')}${cabinet}`
    expect(told(ring)).toEqual([`${at(ring, 'wires, outputs: 2, sou')} catalogue.component.noModule`])
  })
})
