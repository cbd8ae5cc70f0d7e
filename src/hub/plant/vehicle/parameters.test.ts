import { describe, expect, it } from 'vitest'
import { builtInCatalogue } from '../../standards/index.ts'
import type { Vehicle } from '../../standards/schema/index.ts'
import { ACCEPTANCE_STEPS, Acceptance, resistance_frac } from './acceptance.ts'
import { arrivalTemperature_degC, DRIVEN_K, usualPreconditioning } from './arrival.ts'
import { type PackParameters, packParameters } from './parameters.ts'
import { aPack } from './test-support.ts'
import { wear_perh } from './wear.ts'

const { vehicles } = builtInCatalogue()

function record(id: string): Vehicle {
  const found = vehicles.get(id)
  if (!found) throw new Error(`no vehicle ${id}`)
  return found
}

function packOf(id: string, change: Partial<Vehicle['pack']> = {}): PackParameters {
  const vehicle = record(id)
  const pack = packParameters({ ...vehicle, pack: { ...vehicle.pack, ...change } })
  if (!pack) throw new Error(`${id} has no pack`)
  return pack
}

const cells = {
  chemistry: null,
  series: null,
  resistance_ohm: null,
  heatCapacity_JperK: null,
  cooling_kW: null,
  heater_kW: null,
}

describe('a pack by its record (V1)', () => {
  it('counts cells from what is stated, in this order: cells, highest, nominal, class voltage', () => {
    expect(packOf('lucid-air-2022')).toMatchObject({ series: 220, max_V: 924, voltageTold: true })
    expect(packOf('hyundai-ioniq5-2021')).toMatchObject({ series: 192, max_V: 806.4, voltageTold: true })
    const nominal = packOf('porsche-taycan-2020')
    expect(nominal.series).toBeCloseTo(725 / 3.65, 9)
    expect(nominal.voltageTold).toBe(true)
    expect(packOf('xpeng-g9-2022')).toMatchObject({ series: 200, max_V: 840, voltageTold: false })
  })

  it('with both voltages stated keeps the full pack within the highest one', () => {
    const { openCircuit, max_V, series } = packOf('byd-han-l-2025')
    expect(max_V).toBe(1000)
    expect(openCircuit.at(-1)?.[1]).toBeCloseTo(1000, 9)
    expect(series).toBeLessThan(945 / 3.2)
    expect(openCircuit.find(([soc_frac]) => soc_frac === 0.5)?.[1]).toBeCloseTo(945, -1)
  })

  it('takes what is stated and names what is not', () => {
    const stated = { ...cells, chemistry: 'LFP', series: 230, resistance_ohm: 0.05, heatCapacity_JperK: 5e5 } as const
    const pack = packOf('hyundai-ioniq5-2021', { cells: { ...stated, cooling_kW: 9, heater_kW: 5 } })
    expect(pack).toMatchObject({ chemistry: 'LFP', series: 230, resistance_ohm: 0.05, heatCapacity_JperK: 5e5 })
    expect(pack.conditioning.map(([, power_kW]) => power_kW)).toEqual([5, 0, 0, -9])
    expect(pack.assumed).toEqual([])
    expect(packOf('hyundai-ioniq5-2021').assumed).toContain('pack.cells.resistance_ohm')
    expect(packOf('volvo-fh-electric-2022').chemistry).toBe('LFP')
  })

  it('needs some voltage', () => {
    const vehicle = record('hyundai-ioniq5-2021')
    const none = { architecture_V: null, nominal_V: null, max_V: null, class_V: null }
    expect(packParameters({ ...vehicle, pack: { ...vehicle.pack, ...none } })).toBeNull()
    expect([...vehicles.values()].filter(({ pack }) => pack.class_V && !pack)).toEqual([])
  })
})

describe('classes of packs (V2)', () => {
  it('twice the cells are four times the resistance, twice the energy half of it', () => {
    const base = packOf('hyundai-ioniq5-2021', { usable_kWh: 60 })
    const more = packOf('hyundai-ioniq5-2021', { usable_kWh: 120, gross_kWh: 120 })
    expect(base.resistance_ohm / more.resistance_ohm).toBeCloseTo(2, 9)
    expect(more.heatCapacity_JperK / base.heatCapacity_JperK).toBeCloseTo(2, 9)
    const half = packOf('hyundai-ioniq5-2021', { usable_kWh: 60, max_V: 1209.6 })
    expect(half.resistance_ohm / base.resistance_ohm).toBeCloseTo(2.25, 9)
  })

  it('heat at the peak of every vehicle of the catalogue with a known energy stays below 8 % of its power', () => {
    for (const vehicle of vehicles.values()) {
      const pack = packParameters(vehicle)
      const { maxPower_kW } = vehicle
      if (!pack?.fullCharge_kWh || maxPower_kW === null) continue
      const current_A = (maxPower_kW * 1000) / (pack.openCircuit[3]?.[1] ?? 1)
      const share_frac = (current_A ** 2 * pack.resistance_ohm) / (maxPower_kW * 1000)
      expect(share_frac, vehicle.id).toBeGreaterThan(0.01)
      expect(share_frac, vehicle.id).toBeLessThan(0.08)
    }
  })

  it('the flash class is for what is charged at more than eight times its energy an hour', () => {
    expect(packOf('byd-han-l-2025').resistance_ohm).toBeCloseTo(0.03, 2)
    expect(packOf('tesla-semi-2026').resistance_ohm).toBeCloseTo(0.012, 3)
  })
})

describe('acceptance and resistance over temperature', () => {
  const acceptance = new Acceptance(aPack({}))

  it('follow the tables', () => {
    expect(acceptance.at_frac(10)).toBe(0.52)
    expect(acceptance.at_frac(-40)).toBe(0.06)
    expect(acceptance.at_frac(30)).toBe(1)
    expect(acceptance.at_frac(55)).toBeCloseTo(0.3, 12)
    expect(resistance_frac(25)).toBe(1)
    expect(resistance_frac(7)).toBeCloseTo(Math.exp(0.63), 12)
    expect(resistance_frac(45)).toBeCloseTo(Math.exp(-0.16), 12)
  })

  it('a step is the nearest one', () => {
    for (let temperature_degC = -18; temperature_degC < 58; temperature_degC += 0.1) {
      const off = Math.abs(acceptance.level(temperature_degC) / ACCEPTANCE_STEPS - acceptance.at_frac(temperature_degC))
      expect(off).toBeLessThanOrEqual(0.5 / ACCEPTANCE_STEPS + 1e-12)
    }
    expect(acceptance.level(-60)).toBe(4)
  })

  it('the resistances of a step are those of its hottest and its coldest temperature', () => {
    const cold_degC = (ohm: number): number => 25 - Math.log(ohm / 0.085) / 0.035
    const hot_degC = (ohm: number): number => 25 - Math.log(ohm / 0.085) / 0.008
    for (let level = 7; level < ACCEPTANCE_STEPS; level++) {
      const { low_ohm, high_ohm } = acceptance.resistances(level)
      expect(cold_degC(high_ohm)).toBeLessThan(24)
      expect(hot_degC(low_ohm)).toBeGreaterThan(45)
      expect(acceptance.at_frac(cold_degC(high_ohm))).toBeCloseTo(level / ACCEPTANCE_STEPS, 9)
      expect(acceptance.at_frac(hot_degC(low_ohm))).toBeCloseTo(level / ACCEPTANCE_STEPS, 9)
    }
    expect(acceptance.resistances(ACCEPTANCE_STEPS).low_ohm).toBeCloseTo(acceptance.resistance_ohm(45), 12)
    expect(acceptance.resistances(ACCEPTANCE_STEPS).high_ohm).toBeCloseTo(acceptance.resistance_ohm(24), 12)
  })
})

describe('how warm a pack arrives (V13)', () => {
  const preconditioning = { share_frac: 0.4, ...usualPreconditioning }

  it('warmer than the air, never hotter than its cooling keeps it', () => {
    const plain = { driven_K: DRIVEN_K, preconditioning: null }
    expect(arrivalTemperature_degC({ ambient_degC: -2.5, ...plain }, 0.1)).toBe(7)
    expect(arrivalTemperature_degC({ ambient_degC: 45, ...plain }, 0.1)).toBe(36)
  })

  it('preconditioned by the share of drivers, as far as the heater gets', () => {
    const setting = { ambient_degC: -2.5, driven_K: DRIVEN_K, preconditioning }
    expect(arrivalTemperature_degC(setting, 0.39)).toBe(25)
    expect(arrivalTemperature_degC(setting, 0.41)).toBe(7)
    expect(arrivalTemperature_degC({ ...setting, ambient_degC: -20 }, 0)).toBe(-20 + DRIVEN_K + 21)
    expect(arrivalTemperature_degC({ ...setting, ambient_degC: 24 }, 0)).toBe(25)
  })
})

describe('wear as an index (V14)', () => {
  /** A whole charge at one rate and temperature. */
  const charge = (temperature_degC: number, rate_perh: number): number => {
    let index = 0
    for (let i = 0; i < 1000; i++) index += wear_perh(temperature_degC, rate_perh, (i + 0.5) / 1000) / rate_perh / 1000
    return index
  }

  it('is one for the reference charge, and nothing while nothing flows', () => {
    expect(charge(25, 1)).toBeCloseTo(1, 6)
    expect(wear_perh(40, 0, 0.5)).toBe(0)
  })

  it('is least near 25 degC at 1 C, and farther up at higher rates, as cell tests find', () => {
    const best = (rate_perh: number): number => {
      const at = Array.from({ length: 71 }, (_, i) => i - 10)
      return at.reduce((a, b) => (charge(b, rate_perh) < charge(a, rate_perh) ? b : a))
    }
    expect(best(1)).toBeGreaterThan(20)
    expect(best(1)).toBeLessThan(32)
    expect(best(6)).toBeGreaterThan(45)
  })

  it('grows in the cold, with rate and with state of charge; ten hot minutes cost less than the same in the warm', () => {
    expect(charge(0, 1)).toBeGreaterThan(2 * charge(25, 1))
    expect(charge(25, 4)).toBeGreaterThan(charge(25, 1))
    expect(wear_perh(25, 2, 0.9)).toBeGreaterThan(wear_perh(25, 2, 0.4))
    expect(charge(60, 6)).toBeLessThan(charge(25, 6))
  })
})
