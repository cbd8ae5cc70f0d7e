import { describe, expect, test } from 'vitest'
import { formatPath } from '../../../base/documents/index.ts'
import { say } from '../../../base/words/index.ts'
import { builtInCatalogue } from '../catalogue/index.ts'
import { extendCatalogue, loadCatalogueFiles } from './index.ts'

const ownCar = `vehicles:
  - id: own-car
    make: Own
    model: Car
    class: car
    inlets:
      - { connector: ccs2, market: EU, dc: true, maxPower_kW: 110 }
    pack: { class_V: 400, usable_kWh: 60 }
    maxPower_kW: 110
    lowVoltage: { strategy: native }
    protocols: [din_70121]
    curve: { id: nmc-400v, confidence: uncertain }
    sources: [unverified]
    confidence: uncertain
`
const ownCurve = `curves:
  - id: own-curve
    name: own curve
    kind: measured
    points: [[0, 50], [0.8, 50], [1, 5]]
    sources: [unverified]
    confidence: reported
`
const ownPost = `chargers:
  - id: own-post
    manufacturer: Own
    product: Post
    kind: all-in-one
    markets: [EU]
    cabinet: { power_kW: 150 }
    evses:
      - count: 2
        connectors:
          - { connector: ccs2, minVoltage_V: 150, maxVoltage_V: 1000, maxCurrent_A: 400, maxPower_kW: 150 }
    access: { type: open }
    sources: [unverified]
    confidence: reported
`
const ownAdapter = `adapters:
  - id: own-adapter
    name: Own adapter
    plug: ccs2
    inlet: chademo
    kind: active
    dc: true
    ac: false
    postProtocols: [din_70121]
    vehicleProtocols: [chademo_1_0]
    availability: available
    sources: [unverified]
    confidence: reported
`

function load(text: string) {
  return loadCatalogueFiles([{ name: 'own.yaml', text }], builtInCatalogue())
}

/** `code line:column` of every problem. */
function problemsOf(text: string): readonly string[] {
  const loaded = load(text)
  const problems = loaded.ok ? loaded.warnings : loaded.problems
  return problems.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)
}

describe('own records', () => {
  test('are added to the built-in ones, with unknowns as null (C12)', () => {
    const loaded = load(ownCar)
    expect(loaded).toMatchObject({ ok: true, warnings: [] })
    if (!loaded.ok) return
    expect(loaded.value.vehicles.size).toBe(builtInCatalogue().vehicles.size + 1)
    expect(loaded.value.vehicles.get('own-car')).toMatchObject({
      status: 'product',
      modelYears: { from: null, to: null },
      maxCurrent_A: null,
      pack: { class_V: 400, max_V: null, usable_kWh: 60 },
      options: {},
    })
    expect(builtInCatalogue().vehicles.has('own-car')).toBe(false)
  })

  test('may name records of other files, in any order', () => {
    const car = ownCar.replace('id: nmc-400v', 'id: own-curve')
    const files = [car, ownCurve].map((text, index) => ({ name: `${index}.yaml`, text }))
    expect(loadCatalogueFiles(files, builtInCatalogue()).ok).toBe(true)
    expect(loadCatalogueFiles(files.slice(0, 1), builtInCatalogue()).ok).toBe(false)
  })

  test('posts and adapters need no more than they are', () => {
    expect(load(ownPost).ok).toBe(true)
    expect(load(ownAdapter).ok).toBe(true)
  })

  test('C1 replace a built-in record of their id, with a warning', () => {
    const loaded = load(ownCar.replace('id: own-car', 'id: vw-id4-77-2021'))
    expect(loaded).toMatchObject({ ok: true, warnings: [{ code: 'catalogue.replaced', severity: 'warning' }] })
    if (loaded.ok) expect(loaded.value.vehicles.get('vw-id4-77-2021')?.make).toBe('Own')
  })

  test('bring their own sources', () => {
    const cited = `sources:\n  my-test: own measurement, 2026-05-01\n${ownCar.replace('[unverified]', '[my-test]')}`
    const loaded = load(cited)
    expect(loaded.ok && loaded.value.sources.get('my-test')).toBe('own measurement, 2026-05-01')
  })

  test('can be given as data, without a file', () => {
    const records = {
      curves: [
        {
          id: 'c',
          name: 'c',
          kind: 'measured',
          points: [
            [0, 1],
            [1, 1],
          ],
          sources: ['no'],
          confidence: 'reported',
        },
      ],
    }
    const extended = extendCatalogue(builtInCatalogue(), [{ records }])
    expect(extended).toMatchObject({
      ok: false,
      problems: [{ code: 'catalogue.unknown.source', path: 'curves[0].sources[0]' }],
    })
  })

  test('of no kind at all change nothing', () => {
    for (const records of [null, 7, [], { vehicles: 'none' }, { vehicles: [null] }]) {
      expect(extendCatalogue(builtInCatalogue(), [{ records }])).toMatchObject({ ok: true })
    }
  })
})

/** `code line:column` of the first place where the words stand. */
function expected(text: string, code: string, words: string): string {
  const before = text.slice(0, text.indexOf(words)).split('\n')
  return `${code} ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

describe('bad records are told with their place', () => {
  const derating =
    '{ power_kW: 150, derating: [{ ambient_degC: 50, power_frac: 1 }, { ambient_degC: 40, power_frac: 0 }] }'
  /** What is wrong, the file, the code, the words the problem points at. */
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['C2 unknown connector', ownCar.replace('ccs2', 'ccs3'), 'catalogue.unknown.connectors', 'ccs3'],
    ['unknown protocol', ownCar.replace('[din_70121]', '[iso_15118_2, din7]'), 'catalogue.unknown.protocols', 'din7'],
    ['unknown curve', ownCar.replace('nmc-400v', 'nmc-400'), 'catalogue.unknown.curves', 'nmc-400'],
    ['unknown swap interface', `${ownCar}    swapInterface: nio\n`, 'catalogue.unknown.swapInterfaces', 'nio'],
    [
      'unknown adapter',
      ownPost.replace('_kW: 150 }\n    acc', '_kW: 150, adapters: [dock] }\n    acc'),
      'catalogue.unknown.adapters',
      'dock',
    ],
    ['C3 unknown source', ownCar.replace('[unverified]', '[unverified, web]'), 'catalogue.unknown.source', 'web'],
    [
      'C4 confidence of nothing',
      `${ownCar}    fieldConfidence: { pack.maxV: reported }\n`,
      'catalogue.unknown.attribute',
      'pack.maxV',
    ],
    ['unknown market', ownCar.replace('market: EU', 'market: UE'), 'document.notOneOf', 'UE'],
    ['unknown key', ownCar.replace('    curve:', '    topSpeed: 180\n    curve:'), 'document.unknownKey', 'topSpeed'],
    ['missing key', ownCar.replace('    make: Own\n', ''), 'document.missingKey', 'id: own-car'],
    ['number as text', ownCar.replace('usable_kWh: 60', 'usable_kWh: 60kWh'), 'document.numberAsText', '60kWh'],
    ['negative power', ownCar.replace('    maxPower_kW: 110', '    maxPower_kW: -110'), 'document.tooSmall', '-110'],
    ['id with a space', ownCar.replace('own-car', 'own car'), 'document.notAnId', 'own car'],
    [
      'C1 id given twice',
      ownCurve + ownCurve.replace('curves:\n', '').replaceAll('own-curve', '"own-curve"'),
      'catalogue.duplicateId',
      '"own-curve"',
    ],
    [
      'C8 option the vehicle has not',
      ownCar.replace('dc: true', 'dc: true, option: mcs'),
      'catalogue.unknownOption',
      'mcs',
    ],
    ['C5 curve that goes back', ownCurve.replace('[0.8, 50]', '[0, 70]'), 'catalogue.curve.notRising', '[0, 70]'],
    [
      'C6 class shape in kilowatts',
      ownCurve.replace('measured', 'classShape'),
      'catalogue.curve.peakOfShape',
      '[[0, 50]',
    ],
    ['state of charge in per cent', ownCurve.replace('[0.8, 50]', '[80, 50]'), 'document.tooBig', '80'],
    ['C7 voltages that cross', ownPost.replace('minVoltage_V: 150', 'minVoltage_V: 1500'), 'catalogue.range', '1500'],
    [
      'C7 more usable than total energy',
      ownCar.replace('_kWh: 60', '_kWh: 60, gross_kWh: 58'),
      'catalogue.range',
      '60',
    ],
    ['C10 too many live plugs', ownPost.replace('count: 2', 'live: 3'), 'catalogue.evse.tooManyLive', '3'],
    [
      'C9 temperatures that fall',
      ownPost.replace('{ power_kW: 150 }', derating),
      'catalogue.derating.notRising',
      '{ ambient_degC: 40',
    ],
    [
      'C11 active adapter without protocol',
      ownAdapter.replace('[chademo_1_0]', '[]'),
      'catalogue.adapter.noTranslation',
      'active',
    ],
    [
      'C11 passive adapter that translates',
      ownAdapter.replace('active', 'passive'),
      'catalogue.adapter.passiveTranslates',
      'passive',
    ],
    ['empty file', '', 'document.empty', ''],
    ['list instead of keys', '- id: own-car\n', 'document.notGroup', '- id'],
  ]

  test.each(cases)('%s', (_, text, code, words) => {
    expect(problemsOf(text)).toEqual([expected(text, code, words)])
  })

  test('C14 all at once, in the order of the file', () => {
    const text = ownCar.replace('ccs2', 'ccs3').replace('_kWh: 60', '_kWh: [60]').replace('nmc-400v', 'nmc-400')
    expect(problemsOf(text)).toEqual([
      expected(text, 'catalogue.unknown.connectors', 'ccs3'),
      expected(text, 'document.notQuantity', '[60]'),
      expected(text, 'catalogue.unknown.curves', 'nmc-400'),
    ])
  })

  test('with the nearest known word', () => {
    const loaded = load(ownCar.replace('[din_70121]', '[din70121]'))
    const problem = loaded.ok ? undefined : loaded.problems[0]
    expect(problem?.fix && say(problem.fix.code, problem.fix.params, 'en')).toBe('did you mean "din_70121"?')
    expect(problem?.path).toBe(formatPath(['vehicles', 0, 'protocols', 0]))
  })
})
