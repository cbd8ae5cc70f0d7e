import { describe, expect, test } from 'vitest'
import ids from '../../../../test/fixtures/catalogue-ids.json' with { type: 'json' }
import { mergeRecords } from '../records/index.ts'
import type { Vehicle } from '../schema/index.ts'
import { builtInCatalogue, emptyCatalogue, hitsOf, type Kind, kinds, nameOf, toRecords } from './index.ts'

const catalogue = builtInCatalogue()

function vehicle(id: string): Vehicle {
  const found = catalogue.vehicles.get(id)
  if (!found) throw new Error(`no vehicle ${id}`)
  return found
}

describe('what the catalogue holds', () => {
  const listed: Readonly<Partial<Record<Kind, readonly string[]>>> = ids
  test.each(Object.keys(ids) as (keyof typeof ids)[])('every known record of %s, and no other', (kind) => {
    expect([...catalogue[kind].keys()].sort()).toEqual([...(listed[kind] ?? [])].sort())
  })

  test('its facts have a day', () => {
    expect(catalogue.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  test('C2 C3 C4 C8 every reference, source, option and confidence leads somewhere', () => {
    const { problems } = mergeRecords(emptyCatalogue(), [{ records: toRecords(catalogue) }])
    expect(problems).toEqual([])
  })

  test('every source is used', () => {
    const used = new Set(kinds.flatMap((kind) => [...catalogue[kind].values()].flatMap(({ sources }) => sources)))
    expect([...catalogue.sources.keys()].filter((id) => !used.has(id))).toEqual([])
  })

  test('every DC inlet is one over which its vehicle speaks something', () => {
    const mute = [...catalogue.vehicles.values()].flatMap(({ id, inlets, protocols, options }) => {
      const speaks = [...protocols, ...Object.values(options).flatMap(({ addsProtocols }) => addsProtocols)]
      const over = (connector: string): readonly string[] => catalogue.connectors.get(connector)?.protocols ?? []
      return inlets
        .filter(({ dc, connector }) => dc && !over(connector).some((protocol) => speaks.includes(protocol)))
        .map(({ connector }) => `${id} ${connector}`)
    })
    expect(mute).toEqual([])
  })

  test('every curve is the curve of a vehicle, or of a run whose energy is told: to compare with', () => {
    const used = new Set([...catalogue.vehicles.values()].map(({ curve }) => curve.id))
    const loose = [...catalogue.curves.values()].filter(({ id, fullCharge_kWh }) => !used.has(id) && !fullCharge_kWh)
    expect(loose.map(({ id }) => id)).toEqual([])
  })
})

describe('what records must not contradict', () => {
  test('the peak of a vehicle is the highest of its inlets', () => {
    const wrong = [...catalogue.vehicles.values()].filter(({ inlets, maxPower_kW }) => {
      const known = inlets.flatMap((inlet) => inlet.maxPower_kW ?? [])
      return (known.length === 0 ? null : Math.max(...known)) !== maxPower_kW
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  test('no curve of a single vehicle lies more than a tenth above the peak of that vehicle', () => {
    const wrong = [...catalogue.vehicles.values()].filter(({ curve, maxPower_kW }) => {
      const found = catalogue.curves.get(curve.id)
      if (!found || found.kind === 'classShape' || maxPower_kW === null) return false
      return Math.max(...found.points.map(([, power_kW]) => power_kW)) > 1.1 * maxPower_kW
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  test('a record that leans on no checked source alone is uncertain', () => {
    const wrong = kinds.flatMap((kind) =>
      [...catalogue[kind].values()]
        .filter(({ sources, confidence }) => sources.join() === 'unverified' && confidence !== 'uncertain')
        .map(({ id }) => id),
    )
    expect(wrong).toEqual([])
  })

  test('a generic record is an archetype or a trial', () => {
    const generic = [...catalogue.chargers.values()].filter(({ manufacturer }) => manufacturer === 'Generic')
    expect(generic.map(({ status }) => status)).not.toContain('product')
    expect(generic).toHaveLength(6)
  })

  test('names are unique within a kind', () => {
    for (const kind of kinds) {
      const names = hitsOf(catalogue, kind).map(nameOf)
      expect(new Set(names).size, kind).toBe(names.length)
    }
  })
})

describe('published figures', () => {
  const outlet = (id: string, evse = 0, plug = 0) => catalogue.chargers.get(id)?.evses[evse]?.connectors[plug]

  test('couplers', () => {
    expect(catalogue.connectors.get('mcs')).toMatchObject({ maxVoltage_V: 1250, maxPower_kW: 3750, pins: { count: 7 } })
    expect(catalogue.connectors.get('gbt_dc_2015')?.current.steps_A).toEqual([80, 125, 200, 250])
    expect(catalogue.connectors.get('gbt_dc_2023')).toMatchObject({ generation: '2015+', maxPower_kW: 800 })
    expect(catalogue.connectors.get('chaoji')).toMatchObject({
      maxVoltage_V: 1500,
      maxPower_kW: 1200,
      lifecycle: 'pilot',
    })
  })

  test('posts', () => {
    expect(outlet('tesla_sc_v3_na')).toMatchObject({ maxVoltage_V: 500, maxCurrent_A: 631, maxPower_kW: 250 })
    expect(outlet('huawei_dt600')).toMatchObject({
      minVoltage_V: 200,
      maxVoltage_V: 1000,
      maxCurrent_A: 600,
      maxPower_kW: 600,
    })
    expect(outlet('gbt2015_cooled_480')).toMatchObject({ maxCurrent_A: 600, standardCurrent_A: 250 })
    expect(catalogue.chargers.get('tesla_sc_v4cab')?.cabinet).toMatchObject({ power_kW: 1200, outlets: 8 })
  })

  test('which plugs share an EVSE', () => {
    const evses = (id: string) =>
      catalogue.chargers.get(id)?.evses.map(({ count, live, gunsPerVehicle, connectors }) => ({
        count,
        live,
        gunsPerVehicle,
        plugs: connectors.map(({ connector }) => connector),
      }))
    expect(evses('abb_terra_54')).toEqual([{ count: 1, live: 1, gunsPerVehicle: 1, plugs: ['ccs2', 'chademo'] }])
    expect(evses('ea_350')).toEqual([{ count: 1, live: 1, gunsPerVehicle: 1, plugs: ['ccs1', 'chademo'] }])
    expect(evses('alp_hyc_1000')).toEqual([
      { count: 7, live: 1, gunsPerVehicle: 1, plugs: ['ccs2'] },
      { count: 1, live: 1, gunsPerVehicle: 1, plugs: ['ccs2', 'mcs'] },
    ])
    expect(evses('kempower_mega')).toHaveLength(2)
    expect(evses('huawei_mw')).toMatchObject([{ live: 2, gunsPerVehicle: 2 }])
  })

  test('heat', () => {
    const rows = catalogue.chargers.get('abb_terra_184')?.cabinet.derating ?? []
    const at = (ambient: number) => rows.find(({ ambient_degC }) => ambient_degC === ambient)?.power_frac
    expect([35, 40, 45, 50, 55].map(at)).toEqual([1, 0.9, 0.85, 0.75, 0.65])
    expect(catalogue.adapters.get('nacs_ccs1_uncertified')?.hotClimateCurrent_A).toBe(100)
  })

  test('vehicles', () => {
    expect(vehicle('hyundai-ioniq5-2021')).toMatchObject({
      maxPower_kW: 233,
      published10to80_min: 18,
      pack: { max_V: 806.4 },
    })
    expect(vehicle('lucid-air-2022').lowVoltage).toMatchObject({ strategy: 'onboard_charger_boost', maxPower_kW: 50 })
    expect(vehicle('porsche-taycan-2020').lowVoltage).toMatchObject({ option: 'booster-150', withoutOption_kW: 50 })
    expect(vehicle('ford-mache-er-2021').partnerAccess?.from).toBe('2024-02-29')
    expect(vehicle('byd-han-l-2025').inlets[0]).toMatchObject({ maxPower_kW: 1000, usedTogether: 2 })
    expect(vehicle('bmw-ix3-nk-2026').curve).toMatchObject({
      id: 'nmc-800v',
      fitTo10to80_min: 20.5,
      confidence: 'uncertain',
    })
    expect(vehicle('mercedes-cla-2026').options['converter']?.standardIn).toEqual([{ market: 'NA', from: '2026' }])
  })

  test('Open EV Data is named where its points are used', () => {
    const curves = [...catalogue.curves.values()].filter(({ sources }) =>
      sources.some((id) => id.startsWith('open-ev-data')),
    )
    expect(curves.length).toBeGreaterThanOrEqual(8)
    for (const curve of curves) expect(curve.attribution).toContain('https://github.com/KilowattApp/open-ev-data')
  })
})
