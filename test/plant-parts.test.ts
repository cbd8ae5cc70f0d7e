import { describe, expect, test } from 'vitest'
import { allocationPolicies, type DeratingTable } from '../src/hub/plant/cabinet/index.ts'
import { volumeFlow } from '../src/hub/plant/cable/coolant.ts'
import { Cable, type CableParameters, continuous } from '../src/hub/plant/cable/index.ts'
import {
  acCablingParameters,
  archetypeOf,
  cabinetParameters,
  cableParameters,
  contactorParameters,
  fuseParameters,
  gridPathLoss_kW,
  insulationMonitorParameters,
  moduleParameters,
  scaledCable,
  sensorParameters,
  transformerParameters,
} from '../src/hub/plant/parts/index.ts'
import { builtInCatalogue, derating_frac } from '../src/hub/standards/index.ts'
import fixture from './fixtures/plant/parts.json' with { type: 'json' }

const catalogue = builtInCatalogue()

/** Every number of `expected` is in `given`, to four digits. */
function agrees(given: unknown, expected: unknown, path = ''): void {
  if (typeof expected === 'number') {
    expect(typeof given, path).toBe('number')
    expect(Math.abs((given as number) - expected), path).toBeLessThanOrEqual(5e-4 * Math.abs(expected))
    return
  }
  if (typeof expected !== 'object' || expected === null) {
    expect(given, path).toEqual(expected)
    return
  }
  for (const [key, value] of Object.entries(expected)) {
    agrees((given as Record<string, unknown>)[key], value, `${path}.${key}`)
  }
}

function cable(id: string): CableParameters {
  return cableParameters(archetypeOf('cable', id), catalogue).parameters
}

describe('cables as they were collected', () => {
  test.each(fixture.cables)('$id', ({ id, ratedCurrent_A, ...expected }) => {
    const record = archetypeOf('cable', id)
    const { parameters, confidence, assumed } = cableParameters(record, catalogue)
    agrees(parameters, expected, id)
    agrees(parameters.material, fixture.material, `${id}.material`)
    agrees(parameters.derating, fixture.derating, `${id}.derating`)
    agrees(parameters.limits, fixture.limits, `${id}.limits`)
    expect(parameters.layFactor).toBe(fixture.layFactor)
    expect(parameters.contact.temperatureCoefficient_perK).toBe(fixture.contactCoefficient_perK)
    expect(parameters.sensorLag_s).toBe(fixture.thermometer.lag_s)
    expect(parameters.cooling === null).toBe(record.cooling === 'none')
    if (ratedCurrent_A !== undefined) expect(record.ratedCurrent_A).toBe(ratedCurrent_A)
    expect(confidence).toBe('uncertain')
    expect(assumed).toContain('cable.derating')
  })

  test('every number has a reason: fitted to something, or told where it is from', () => {
    const cables = [...catalogue.components.values()].filter((part) => part.type === 'cable')
    const liquid = cables.filter(({ cooling }) => cooling !== 'none')
    expect(liquid.filter(({ fittedTo }) => fittedTo === null)).toEqual([])
    expect(liquid).toHaveLength(6)
  })

  test.each(Object.entries(fixture.pumps_shutOff_Pa))(
    'pump of %s gives its capacity rate at 40 degC',
    (id, shutOff) => {
      const { cooling } = cable(id)
      if (!cooling?.loop) throw new Error('no loop')
      expect(cooling.loop.shutOff_Pa).toBe(shutOff)
      const { density_kgperm3, specificHeat_JperkgK } = cooling.coolant
      const rate = volumeFlow(cooling.loop, cooling.coolant, 40) * density_kgperm3 * specificHeat_JperkgK
      expect(rate / cooling.capacityRate_WperK).toBeCloseTo(1, 2)
    },
  )
})

describe('records and the model together', () => {
  const around = (ambient_degC: number) => ({ ambient_degC, packCoolant_degC: null, flow_frac: 1, fanOn: true })

  test('CAB-06a the oil cable of the catalogue carries 600 A at 30 degC', () => {
    const { current_A } = continuous(new Cable(cable('oil-ccs-500')), around(30))
    expect(Math.abs(current_A / 600 - 1)).toBeLessThanOrEqual(0.03)
  })

  test.each(['oil-ccs-500', 'glycol-mcs-3000', 'air-95'])(
    '%s three times as strong carries three times the current',
    (id) => {
      const base = continuous(new Cable(cable(id)), around(25))
      const strong = continuous(new Cable(scaledCable(cable(id), 3)), around(25))
      expect(strong.current_A / base.current_A).toBeCloseTo(3, 2)
      expect(strong.boundBy).toBe(base.boundBy)
    },
  )

  test('metals: what the area carries as aluminium and copper-clad aluminium', () => {
    const carries = (id: string) => continuous(new Cable(cable(id)), around(40)).current_A
    const [copper, aluminium, clad] = ['air-70', 'air-120-aluminium', 'air-120-clad'].map(carries)
    expect((aluminium ?? 0) / (copper ?? 1)).toBeGreaterThan(1)
    expect((clad ?? 0) / (aluminium ?? 1)).toBeGreaterThan(1)
    expect((clad ?? 0) / (aluminium ?? 1)).toBeLessThan(1.03)
  })
})

/** Steps as they are published: linear between rows, the first of two at one temperature holds there. */
function left(derating: DeratingTable, rows: readonly (readonly number[])[]) {
  return rows.map(([at_degC = 0, expected = 0]) => [derating_frac([...derating], at_degC), expected] as const)
}

describe('modules as they were collected', () => {
  const { modules } = fixture
  const given = (id: string) => moduleParameters(archetypeOf('module', id)).parameters

  test.each(modules.sizes_kW)('%d kW: window, current, one mode', (size_kW) => {
    const module = given(`sic-air-${size_kW}`)
    expect(module.power_kW).toBe(size_kW)
    expect([module.minVoltage_V, module.maxVoltage_V]).toEqual(modules.window_V)
    expect((module.maxCurrent_A * modules.fullPowerFrom_V) / 1000).toBeCloseTo(size_kW, 9)
    expect(module.halves).toBeNull()
  })

  test.each(Object.entries(modules.loss))('loss of %s and the best efficiency it makes', (id, [k0, k1, k2]) => {
    const { loss } = given(id)
    expect([loss.noLoad_frac, loss.linear_frac, loss.square_frac]).toEqual([k0, k1, k2])
    const at = (x: number) => x / (x + loss.noLoad_frac + loss.linear_frac * x + loss.square_frac * x * x)
    const best = Math.max(...Array.from({ length: 100 }, (_, index) => at((index + 1) / 100)))
    const record = archetypeOf('module', id)
    expect(record.peakEfficiency_frac).toBe(modules.peak[id as keyof typeof modules.peak])
    expect(best).toBeCloseTo(record.peakEfficiency_frac ?? 0, 3)
  })

  test.each(Object.entries(modules.modes))('hysteresis of %s', (id, [up_V, down_V]) => {
    expect(given(id).halves).toMatchObject({ up_V, down_V })
  })

  test.each(Object.entries(modules.derating))('heat of %s', (id, rows) => {
    for (const [share, expected] of left(given(id).derating, rows)) expect(share).toBeCloseTo(expected, 9)
  })

  test('what GB/T asks for', () => {
    const record = archetypeOf('module', 'sic-air-30')
    expect([record.rampUp_Apers, record.rampDown_Apers]).toEqual(modules.ramp_Apers)
    expect(record.shareError_A).toBe(modules.shareError_A)
  })
})

describe('cabinets as they were collected', () => {
  test.each(fixture.cabinets)('$id', (expected) => {
    const { parameters } = cabinetParameters(archetypeOf('cabinet', expected.id), catalogue)
    expect(parameters.maxPower_kW).toBe(expected.power_kW)
    expect(parameters.outputs).toHaveLength(expected.outputs)
    const [output] = parameters.outputs
    const [module] = parameters.modules
    if (expected.output_kW !== undefined) expect(output?.maxPower_kW).toBe(expected.output_kW)
    if (expected.output_A !== undefined) expect(output?.maxCurrent_A).toBe(expected.output_A)
    if (expected.current_A !== undefined)
      expect((output?.maxCurrent_A ?? 0) * expected.outputs).toBe(expected.current_A)
    if (expected.module_kW !== undefined) expect(module?.power_kW).toBe(expected.module_kW)
    if (expected.standby_W !== undefined) expect(parameters.standby_W).toBe(expected.standby_W)
    if (expected.window_V !== undefined) expect([module?.minVoltage_V, module?.maxVoltage_V]).toEqual(expected.window_V)
    const rated_kW = parameters.modules.reduce((sum, { power_kW }) => sum + power_kW, 0)
    expect(rated_kW).toBeGreaterThanOrEqual(expected.power_kW)
  })

  test('Kempower: halves of 25 kW up to 500 V, democratic', () => {
    const { parameters } = cabinetParameters(archetypeOf('cabinet', 'kempower-200'), catalogue)
    expect(parameters.modules[0]?.halves).toMatchObject({ up_V: 500, separable: true })
    expect(parameters.policy.aim).toBe(allocationPolicies.democratic.aim)
  })

  test('a terminal is a plug of a charger', () => {
    const { charger, window_V, current_A, power_kW } = fixture.terminal
    const plug = catalogue.chargers.get(charger)?.evses[0]?.connectors[0]
    expect([plug?.minVoltage_V, plug?.maxVoltage_V]).toEqual(window_V)
    expect([plug?.maxCurrent_A, plug?.maxPower_kW]).toEqual([current_A, power_kW])
  })

  test.each(Object.entries(fixture.cabinetDerating))('CAP-01, CAP-02 heat of %s', (id, rows) => {
    const { parameters } = cabinetParameters(archetypeOf('cabinet', id), catalogue)
    for (const [share, expected] of left(parameters.derating, rows)) expect(share).toBeCloseTo(expected, 9)
  })

  test('CAP-02 height above the sea', () => {
    const { id, at_m, left_frac } = fixture.altitude
    const { altitude } = cabinetParameters(archetypeOf('cabinet', id), catalogue).parameters
    expect(1 - ((at_m - (altitude?.from_m ?? 0)) / 1000) * (altitude?.fall_perkm ?? 0)).toBeCloseTo(left_frac, 9)
  })

  test('a move, a hold, contactors', () => {
    const { move_s, hold_s, ...limits } = fixture.switching
    const { parameters } = cabinetParameters(archetypeOf('cabinet', 'ring-480'), catalogue)
    expect([parameters.move_s, parameters.policy.hold_s]).toEqual([move_s, hold_s])
    expect(contactorParameters(archetypeOf('contactor', 'dc-contactor')).parameters).toMatchObject(limits)
  })
})

describe('other parts as they were collected', () => {
  test('sensor, monitor, fuse', () => {
    const { lag_s, sample_s, ...law } = fixture.thermometer
    const sensor = sensorParameters(archetypeOf('sensor', 'pt1000')).parameters
    expect(sensor).toMatchObject({ lag_s, sample_s, thermometer: law })
    const monitor = insulationMonitorParameters(archetypeOf('insulationMonitor', 'bender-isocha425'))
    expect(monitor.parameters).toMatchObject(fixture.monitor)
    expect(monitor.assumed).toEqual(['insulationMonitor.sample_s'])
    expect(fuseParameters(archetypeOf('fuse', 'dc-fuse')).parameters.melting_A2s).toBe(fixture.fuse_A2s)
  })

  test('from the grid to the modules', () => {
    const { noLoad_kW, load_kW, rated_kVA, cabling_frac, bus_frac, fans_frac } = fixture.grid
    const transformer = transformerParameters(archetypeOf('transformer', 'transformer-1000')).parameters
    expect(transformer).toEqual({ noLoad_kW, load_kW, rated_kVA })
    const efficiency = (load: number) => 1 - gridPathLoss_kW(transformer, load * rated_kVA) / (load * rated_kVA)
    expect(efficiency(1)).toBeCloseTo(0.992, 3)
    for (const load of [0.3, 0.4, 0.5]) expect(efficiency(load)).toBeCloseTo(0.995, 3)
    const cabling = acCablingParameters(archetypeOf('acCabling', 'ac-cabling'), 800).parameters
    expect(1 - gridPathLoss_kW(cabling, 800) / 800).toBeCloseTo(cabling_frac, 12)
    const { parameters } = cabinetParameters(archetypeOf('cabinet', 'kempower-600'), catalogue)
    expect([1 - parameters.busLoss_frac, parameters.fans_frac]).toEqual([bus_frac, fans_frac])
  })

  test('CAP-03 modules, bus and fans at full load are what is published for the cabinet', () => {
    const { parameters } = cabinetParameters(archetypeOf('cabinet', 'kempower-600'), catalogue)
    const loss = parameters.modules[0]?.loss
    if (!loss) throw new Error('no module')
    const module = 1 / (1 + loss.noLoad_frac + loss.linear_frac + loss.square_frac)
    const chain = (module * (1 - parameters.busLoss_frac)) / (1 + parameters.fans_frac)
    const published = archetypeOf('cabinet', 'kempower-600').efficiency_frac ?? 0
    // the tolerance of the published figure is a hundredth
    expect(Math.abs(chain - published)).toBeLessThanOrEqual(0.01)
    expect(chain).toBeCloseTo(0.9402, 4)
  })
})
