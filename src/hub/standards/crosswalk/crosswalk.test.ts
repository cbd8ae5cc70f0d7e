import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInCatalogue } from '../catalogue/index.ts'
import {
  fromIdentifier,
  type PlugOfPost,
  toIdentifier,
  type Vocabulary,
  variantOf,
  variantsOf,
  vocabularies,
} from './index.ts'

const catalogue = builtInCatalogue()
const all = Object.keys(vocabularies) as Vocabulary[]
const outlets: readonly PlugOfPost[] = [...catalogue.chargers.values()].flatMap(({ evses }) =>
  evses.flatMap(({ connectors }) => connectors),
)
const bare = (connector: string, more: Partial<PlugOfPost> = {}): PlugOfPost => {
  return { connector, maxVoltage_V: null, protocols: [], adapters: [], ...more }
}
const plugs: readonly PlugOfPost[] = [...outlets, ...[...catalogue.connectors.keys()].map((id) => bare(id))]

function codesOf(outlet: PlugOfPost, vocabulary: Vocabulary): readonly string[] {
  return toIdentifier(outlet, vocabulary, catalogue).warnings.map(({ code }) => code)
}

function read(vocabulary: Vocabulary, value: string | number) {
  const { connectors, warnings } = fromIdentifier(vocabulary, value, catalogue)
  return { ids: connectors.map(({ connector }) => connector.id), codes: warnings.map(({ code }) => code) }
}

describe('round trip', () => {
  test('C32 a value written for any plug is read as that plug, alone or among candidates', () => {
    fc.assert(
      fc.property(fc.constantFrom(...plugs), fc.constantFrom(...all), (plug, vocabulary) => {
        const { value } = toIdentifier(plug, vocabulary, catalogue)
        if (value === null) return
        expect(read(vocabulary, value).ids).toContain(plug.connector)
      }),
      { numRuns: 1000 },
    )
  })

  test('C32 what is written without a warning is read as one connector', () => {
    for (const plug of plugs) {
      for (const vocabulary of all) {
        const { value, warnings } = toIdentifier(plug, vocabulary, catalogue)
        if (value === null || warnings.length > 0) continue
        expect(read(vocabulary, value).ids, `${plug.connector} ${vocabulary}`).toEqual([plug.connector])
      }
    }
  })

  test('every identifier of every connector is read back', () => {
    for (const { id, identifiers } of catalogue.connectors.values()) {
      for (const vocabulary of all) {
        const value = identifiers[vocabulary]
        if (value !== null) expect(read(vocabulary, value).ids).toContain(id)
      }
    }
  })
})

describe('values of the vocabularies', () => {
  const values = (connector: string) =>
    all.map((vocabulary) => toIdentifier(bare(connector), vocabulary, catalogue).value)
  test.each([
    ['nacs', ['TESLA_S', 'SAE_J3400', 'cTesla', 'cNACS', 27, 'TESLA', 'socket:nacs', 'EV_CONNECTOR_TYPE_NACS']],
    [
      'ccs2',
      [
        'IEC_62196_T2_COMBO',
        'IEC_62196_T2_COMBO',
        'cCCS2',
        'cCCS2',
        33,
        null,
        'socket:type2_combo',
        'EV_CONNECTOR_TYPE_CCS_COMBO_2',
      ],
    ],
    ['chaoji', ['CHAOJI', 'CHAOJI', 'cChaoJi', 'cChaoJi', null, null, null, null]],
    [
      'gbt_dc_2015',
      ['GBT_DC', 'GBT_DC', 'cGBT', 'cGBT-DC', 1040, null, 'socket:gb_dc', 'EV_CONNECTOR_TYPE_UNSPECIFIED_GB_T'],
    ],
    ['mcs', [null, 'MCS', null, 'cMCS', null, 'J3271', null, null]],
  ])('%s', (connector, expected) => {
    expect(values(connector)).toEqual(expected)
  })
})

describe('C31 what is lost is told', () => {
  test('C30 no value, a custom string, the value of a relative', () => {
    expect(codesOf(bare('mcs'), 'ocpp_2_0_1')).toEqual(['crosswalk.noValue'])
    expect(codesOf(bare('chaoji'), 'ocpp_2_0_1')).toEqual(['crosswalk.custom'])
    expect(codesOf(bare('nacs'), 'ocpi_2_2_1')).toContain('crosswalk.substitute')
    expect(codesOf(bare('no-such-plug'), 'osm')).toEqual(['crosswalk.noValue'])
  })

  test('the generation of GB/T', () => {
    expect(toIdentifier(bare('gbt_dc_2023'), 'ocpi_2_3_0', catalogue)).toEqual({
      value: 'GBT_DC',
      warnings: [{ code: 'crosswalk.shared', params: { value: 'GBT_DC', others: ['gbt_dc_2015'] } }],
    })
  })

  test('the voltage of NACS posts', () => {
    const [v3, third] = ['tesla_sc_v3_na', 'nacs_plc_400'].map(
      (id) => catalogue.chargers.get(id)?.evses[0]?.connectors[0],
    )
    expect(v3 && codesOf(v3, 'ocpp_2_1')).toEqual(['crosswalk.voltageLost', 'crosswalk.signallingLost'])
    expect(third && codesOf(third, 'ocpp_2_1')).toEqual(['crosswalk.signallingLost'])
  })

  test('an adapter fixed to the plug, but in OCPP 2.1', () => {
    const magicDock = bare('nacs', { adapters: ['magic_dock'], maxVoltage_V: 1000 })
    expect(toIdentifier(magicDock, 'ocpp_2_1', catalogue).value).toBe('cNACS-CCS1')
    expect(codesOf(magicDock, 'ocpp_2_1')).not.toContain('crosswalk.captiveLost')
    expect(codesOf(magicDock, 'ocpi_2_3_0')).toContain('crosswalk.captiveLost')
    const omniPort = bare('ccs1', { adapters: ['ccs1_nacs_oem'] })
    expect(toIdentifier(omniPort, 'ocpp_2_1', catalogue).value).toBe('cCCS1-NACS')
  })
})

describe('reading', () => {
  test('a tag with several meanings', () => {
    expect(read('osm', 'socket:tesla_supercharger')).toEqual({
      ids: ['nacs', 'tesla_s', 'ccs2', 'type2_tesla_dc'],
      codes: ['crosswalk.ambiguous', 'crosswalk.variantUnknown'],
    })
    expect(read('openChargeMap', 30).ids).toEqual(['tesla_s', 'type2_tesla_dc'])
    expect(read('openChargeMap', '30').ids).toEqual(['tesla_s', 'type2_tesla_dc'])
    expect(read('afdc', 'J3400')).toMatchObject({ ids: ['nacs'] })
  })

  test('a value nobody knows', () => {
    expect(read('ocpi_2_3_0', 'TESLA_R')).toEqual({ ids: [], codes: ['crosswalk.unknownValue'] })
  })

  test('a plug with an adapter fixed to it', () => {
    const { connectors } = fromIdentifier('ocpp_2_1', 'cNACS-CCS1', catalogue)
    expect(connectors.map(({ connector, captiveInlet }) => [connector.id, captiveInlet])).toEqual([['nacs', 'ccs1']])
  })
})

describe('variants', () => {
  test('C33 follow from connector, voltage and protocols', () => {
    const variant = (outlet: PlugOfPost) => {
      const { generation, voltageClass_V, signalling } = variantOf(outlet, catalogue)
      return [generation, voltageClass_V, signalling]
    }
    expect(variant(bare('nacs', { maxVoltage_V: 500, protocols: ['tesla_swcan', 'din_70121'] }))).toEqual([
      null,
      500,
      'can+plc',
    ])
    expect(variant(bare('nacs', { maxVoltage_V: 1000, protocols: ['iso_15118_2'] }))).toEqual([null, 1000, 'plc'])
    expect(variant(bare('gbt_dc_2023', { maxVoltage_V: 920 }))).toEqual(['2015+', 1000, 'can'])
    expect(variant(bare('mcs', { maxVoltage_V: 1250 }))).toEqual([null, 1250, 'ethernet'])
    expect(variant(bare('type2'))).toEqual([null, null, 'pwm'])
    expect(variant(bare('no-such-plug', { maxVoltage_V: 2000 }))).toEqual([null, 2000, null])
  })

  test('of a connector are those its posts have', () => {
    const seen = (id: string) =>
      variantsOf(id, catalogue).map(({ voltageClass_V, signalling }) => `${voltageClass_V} ${signalling}`)
    expect(seen('nacs').sort()).toEqual(['1000 can+plc', '1000 plc', '500 can+plc'])
    expect(seen('gbt_ac')).toEqual(['500 pwm'])
  })
})
