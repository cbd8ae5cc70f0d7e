import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type AllocationPolicyName,
  allocationPolicies,
  altitudeShare,
  CabinetAllocator,
  CabinetLossMeter,
  type CabinetParameters,
  type CabinetRequests,
  createGrants,
  createRequests,
  type DeratingTable,
  deratedShare,
  FeasibleSets,
  type HalvesMode,
  type ModuleParameters,
  nextMode,
  sharingReasons,
  tableShare,
} from '../src/hub/plant/cabinet/index.ts'
import { cabinetOf, plainModule, type SharingCase, splitModule } from './support/allocation-cases.ts'
import { shareOnce } from './support/allocation-run.ts'

interface Target {
  readonly id: string
  readonly what: string
  readonly published: readonly number[]
  readonly got: readonly number[]
  readonly tolerance: number
}

const file = join(import.meta.dirname, 'fixtures/plant/cabinet.json')
const fixture: { readonly targets: readonly Target[] } = JSON.parse(readFileSync(file, 'utf8'))

/** Full up to 35 degC, then steps that each hold up to the next temperature. */
const abb: DeratingTable = [
  [35, 1],
  [35, 0.9],
  [40, 0.9],
  [40, 0.85],
  [45, 0.85],
  [45, 0.75],
  [50, 0.75],
  [50, 0.65],
  [55, 0.65],
].map(([ambient_degC = 0, power_frac = 0]) => ({ ambient_degC, power_frac }))

const epiroc: DeratingTable = [
  { ambient_degC: 40, power_frac: 1 },
  { ambient_degC: 55, power_frac: 0.775 },
]

const sandi: ModuleParameters = {
  ...plainModule(20, 50),
  minVoltage_V: 50,
  maxVoltage_V: 750,
  halves: { up_V: 600, down_V: 550, seriesCurrent_A: 50, off_s: 1, separable: false },
  derating: [
    { ambient_degC: 55, power_frac: 1 },
    { ambient_degC: 65, power_frac: 0.5 },
    { ambient_degC: 75, power_frac: 0 },
  ],
}

const kempower = (outputs: number) => cabinetOf(Array(4).fill(splitModule(50)), outputs, { kind: 'full' }, 500)

const hyc1000: CabinetParameters = {
  ...cabinetOf(Array(8).fill(plainModule(125)), 8, { kind: 'full' }),
  outputs: Array.from({ length: 8 }, () => ({ maxCurrent_A: 600, maxPower_kW: 600 })),
  maxPower_kW: 1000,
}

function policyOf(name: AllocationPolicyName) {
  return { ...allocationPolicies[name], hold_s: 0 }
}

function powers(cabinet: CabinetParameters, name: AllocationPolicyName, asked: readonly [number, number][]) {
  const outputs = cabinet.outputs.map((_, at) => {
    const [voltage_V = 400, demand_kW = 0] = asked[at] ?? []
    return { voltage_V, demand_kW }
  })
  return [...shareOnce({ cabinet, outputs }, policyOf(name)).power_kW]
}

function modesAt(module: ModuleParameters, asked_V: readonly number[]): readonly HalvesMode[] {
  let mode: HalvesMode = 'parallel'
  return asked_V.map((voltage_V) => {
    mode = nextMode(module, mode, voltage_V)
    return mode
  })
}

function rangeAt(voltage_V: number): readonly number[] {
  const cabinet = kempower(4)
  const faced = createRequests(cabinet)
  faced.voltage_V.fill(voltage_V)
  const [first] = new FeasibleSets(cabinet).of(faced).outputs
  return [first?.step_kW ?? 0, first?.most_kW ?? 0]
}

const silicon = { noLoad_frac: 0.01, linear_frac: 0.022, square_frac: 0.022, reference_V: null }
const CABLE_frac = 0.997

function fullLoadEfficiency(): number {
  const module = { ...splitModule(50), loss: silicon }
  const cabinet = { ...cabinetOf(Array(4).fill(module), 1, { kind: 'full' }, Number.POSITIVE_INFINITY), standby_W: 50 }
  const lost_kW = lossOf({ cabinet, outputs: [{ voltage_V: 800, demand_kW: 200 }] })
  return (CABLE_frac * 200) / (200 + lost_kW)
}

function lossOf(sharing: SharingCase): number {
  const granted = shareOnce(sharing, policyOf('max-throughput'))
  const faced = createRequests(sharing.cabinet)
  for (const [at, { voltage_V }] of sharing.outputs.entries()) faced.voltage_V[at] = voltage_V
  const into = { modules_kW: 0, bus_kW: 0, fans_kW: 0, standby_kW: 0 }
  return new CabinetLossMeter(sharing.cabinet).measure(faced, granted, granted.power_kW, into)
}

function idle_W(modules: number): number {
  const cabinet = { ...cabinetOf(Array(modules).fill(splitModule(50)), 2, { kind: 'full' }), standby_W: 12.5 * modules }
  return 1000 * lossOf({ cabinet, outputs: [] })
}

const democratic = (...asked: [number, number][]) => powers(kempower(3), 'democratic', asked).slice(0, asked.length)
const priority = (...asked: [number, number][]) => powers(kempower(3), 'priority', asked)
const hyc = (...asked: [number, number][]) => powers(hyc1000, 'max-min', asked).reduce((sum, power) => sum + power, 0)

const computed: Readonly<Record<string, () => readonly number[]>> = {
  'CAP-01': () => [30, 38, 43, 48, 53].map((degC) => tableShare(abb, degC)),
  'CAP-02': () => [tableShare(epiroc, 48), altitudeShare({ from_m: 2000, fall_perkm: 0.14 }, 2500)],
  'CAP-03a': () => [fullLoadEfficiency()],
  'CAP-03b': () => [4, 8, 12].map(idle_W),
  'MOD-01': () => [55, 60, 65, 70, 75].map((degC) => 20 * tableShare(sandi.derating, degC)),
  'MOD-02': () => modesAt(sandi, [590, 610, 560, 540]).map((mode) => (mode === 'series' ? 1 : 0)),
  'ALC-01': () => [...rangeAt(400), ...rangeAt(800)],
  'ALC-02': () => [
    hyc([1000, 900]),
    hyc([800, 900]),
    hyc(...Array.from({ length: 8 }, (): [number, number] => [900, 400])),
  ],
  'ALC-03a': () => [
    ...democratic([400, 200]),
    ...democratic([400, 200], [400, 200]),
    ...democratic([400, 200], [400, 200], [400, 40]),
  ],
  'ALC-03b': () => [
    ...priority([400, 150], [400, 150], [400, 150]),
    ...priority([400, 50], [400, 150], [400, 150]),
    ...priority([400, 0], [400, 150], [400, 150]).slice(1),
  ],
}

describe('published figures', () => {
  test.each(fixture.targets)('$id: $what', ({ id, published, got, tolerance }) => {
    const values = computed[id]?.() ?? []
    expect(values.length).toBe(published.length)
    for (const [at, value] of values.entries()) {
      expect(Math.abs(value - (published[at] ?? 0)), 'published').toBeLessThanOrEqual(tolerance)
      expect(value, 'kept').toBeCloseTo(got[at] ?? 0, 4)
    }
  })
})

test('the lower of what cabinet and module are derated to counts, times what thin air leaves (M3)', () => {
  const cabinet = { ...cabinetOf([sandi], 1, { kind: 'full' }), derating: abb, airRise_K: 10 }
  const at = (ambient_degC: number, altitude_m = 0) => deratedShare(cabinet, 0, { ambient_degC, altitude_m })
  expect([at(35), at(44), at(50)]).toEqual([1, 0.85, 0.75])
  expect(at(55)).toBe(0.5)
  const high = { ...cabinet, altitude: { from_m: 2000, fall_perkm: 0.14 } }
  expect(deratedShare(high, 0, { ambient_degC: 44, altitude_m: 3000 })).toBeCloseTo(0.85 * 0.86, 12)
})

test('efficiency of a module at 10, 50 and 100 % of its load', () => {
  const only = cabinetOf([plainModule(100)], 1, { kind: 'full' })
  const bare = { ...only, busLoss_frac: 0, fans_frac: 0, standby_W: 0 }
  const efficiency = (demand_kW: number) =>
    demand_kW / (demand_kW + lossOf({ cabinet: bare, outputs: [{ voltage_V: 400, demand_kW }] }))
  expect([10, 50, 100].map((power_kW) => Number(efficiency(power_kW).toFixed(3)))).toEqual([0.931, 0.967, 0.963])
})

test('modules that are not needed sleep: three points at a tenth of the load (L2)', () => {
  const outputs = [{ voltage_V: 400, demand_kW: 100 }]
  const bare = { busLoss_frac: 0, fans_frac: 0, standby_W: 0 }
  const cabinet = { ...cabinetOf(Array(4).fill(plainModule(25)), 1, { kind: 'full' }), ...bare }
  const granted = shareOnce({ cabinet, outputs }, policyOf('max-throughput'))
  const faced = createRequests(cabinet)
  faced.voltage_V[0] = 400
  const into = { modules_kW: 0, bus_kW: 0, fans_kW: 0, standby_kW: 0 }
  const lost_kW = new CabinetLossMeter(cabinet).measure(faced, granted, Float64Array.of(10), into)
  const allAwake_kW = 100 * (0.006 + 0.012 * 0.1 + 0.02 * 0.01)
  expect(10 / (10 + lost_kW) - 10 / (10 + allAwake_kW)).toBeGreaterThan(0.025)
})

test('in series the current of a half is that of the module, at half its voltage (L1)', () => {
  const loss = { noLoad_frac: 0, linear_frac: 0, square_frac: 0.02, reference_V: 400 }
  const cabinet = {
    ...cabinetOf([{ ...splitModule(50), loss }], 1, { kind: 'full' }),
    ...{ busLoss_frac: 0, fans_frac: 0, standby_W: 0 },
  }
  const at = (voltage_V: number) => lossOf({ cabinet, outputs: [{ voltage_V, demand_kW: 50 }] })
  expect(at(400)).toBeCloseTo(1, 12)
  expect(at(800)).toBeCloseTo(1, 12)
  expect(at(640)).toBeCloseTo((400 / 320) ** 2, 12)
})

describe('what sums are possible', () => {
  test('of a full matrix: each alone and all together (F1)', () => {
    const cabinet = cabinetOf(Array(6).fill(plainModule(40)), 3, { kind: 'full' }, 400)
    const faced = createRequests(cabinet)
    faced.voltage_V.fill(400)
    const set = new FeasibleSets(cabinet).of(faced)
    expect(set.outputs.map(({ most_kW }) => most_kW)).toEqual([160, 160, 160])
    expect(set.together).toEqual([{ outputs: [0, 1, 2], most_kW: 240 }])
  })

  test('of a partial one: also those that share what others cannot reach (F1)', () => {
    const reach = [[0, 1], [0, 1], [2], [1, 2]]
    const cabinet = cabinetOf(Array(4).fill(plainModule(50)), 3, { kind: 'partial', reach })
    const faced = createRequests(cabinet)
    faced.voltage_V.fill(400)
    const { outputs, together } = new FeasibleSets(cabinet).of(faced)
    expect(outputs.map(({ most_kW }) => most_kW)).toEqual([100, 150, 100])
    expect(together).toEqual([
      { outputs: [0, 1, 2], most_kW: 200 },
      { outputs: [0, 1], most_kW: 150 },
    ])
    faced.demand_kW.set([100, 50, 50])
    expect(new FeasibleSets(cabinet).allows(faced)).toBe(true)
    faced.demand_kW.set([100, 100, 50])
    expect(new FeasibleSets(cabinet).allows(faced)).toBe(false)
  })

  test('of a bus: continuous power', () => {
    const cabinet = cabinetOf(Array(2).fill(plainModule(100)), 2, { kind: 'bus' }, 300)
    const faced = createRequests(cabinet)
    faced.voltage_V.fill(500)
    const set = new FeasibleSets(cabinet).of(faced)
    expect(set.outputs[0]).toEqual({ most_kW: 150, step_kW: 0 })
    expect(set.together).toEqual([{ outputs: [0, 1], most_kW: 200 }])
  })

  test('many outputs are told all together', () => {
    const cabinet = cabinetOf(Array(4).fill(plainModule(50)), 40, { kind: 'full' })
    const faced = createRequests(cabinet)
    faced.voltage_V.fill(400)
    const set = new FeasibleSets(cabinet).of(faced)
    expect(set.outputs[39]?.most_kW).toBe(200)
    expect(set.together.map(({ outputs, most_kW }) => [outputs.length, most_kW])).toEqual([[40, 200]])
  })
})

describe('styles of products', () => {
  const cabinet = cabinetOf(Array(9).fill(plainModule(40)), 3, { kind: 'full' })
  const under = (name: AllocationPolicyName) =>
    powers(cabinet, name, [
      [400, 300],
      [400, 60],
      [400, 200],
    ])

  test('one after the other', () => expect(under('sequential')).toEqual([240, 0, 0]))
  test('equal parts, used or not', () => expect(under('concurrent')).toEqual([120, 60, 120]))
  test('what one does not use goes to the others', () => expect(under('dynamic')).toEqual([160, 60, 120]))
  test('slices of one bus, round by round', () => {
    const bus = { ...cabinetOf([plainModule(100)], 3, { kind: 'bus' }), outputs: cabinet.outputs }
    const shares = powers(bus, 'slices', [
      [400, 300],
      [400, 10.3],
      [400, 200],
    ])
    expect(shares).toEqual([45, 10.3, 44.7])
  })
})

describe('what holds an output back (W1)', () => {
  type Change = (faced: CabinetRequests) => void
  const reasons = (cabinet: CabinetParameters, asked: readonly [number, number][], change: Change = () => {}) => {
    const allocator = new CabinetAllocator(cabinet, { policy: { ...cabinet.policy, aim: 'level' } })
    const state = new Float64Array(allocator.stateLength)
    const [faced, granted] = [createRequests(cabinet), createGrants(cabinet)]
    for (const [at, [voltage_V, demand_kW]] of asked.entries()) {
      faced.voltage_V[at] = voltage_V
      faced.demand_kW[at] = demand_kW
    }
    change(faced)
    allocator.start(state, 0)
    allocator.allocate(state, 0, faced, granted)
    return [...granted.boundBy].map((reason) => sharingReasons[reason])
  }
  const four = cabinetOf(Array(4).fill(plainModule(50)), 3, { kind: 'full' }, 300)
  const equal = { ...four, policy: { ...four.policy, equalParts: true } }
  const one = { ...four, policy: { ...four.policy, atOnce: 1 } }
  const partial = cabinetOf(Array(2).fill(plainModule(50)), 2, { kind: 'partial', reach: [[0], [1]] })
  const halves = cabinetOf([splitModule(50)], 2, { kind: 'full' })
  const hot = { ...four, derating: epiroc }
  const slow = { ...four, move_s: 2 }

  const cases: readonly [string, CabinetParameters, [number, number][], string[], Change?][] = [
    [
      'nothing, request, voltage',
      four,
      [
        [400, 0],
        [400, 80],
        [1200, 50],
      ],
      ['nothing', 'request', 'voltage'],
    ],
    ['current of the output', four, [[400, 150]], ['output', 'nothing', 'nothing']],
    [
      'number of modules',
      four,
      [
        [800, 190],
        [800, 190],
      ],
      ['modules', 'modules', 'nothing'],
    ],
    [
      'wiring',
      partial,
      [
        [400, 80],
        [400, 40],
      ],
      ['matrix', 'request'],
    ],
    [
      'half a module',
      halves,
      [
        [400, 20],
        [800, 20],
      ],
      ['request', 'halves'],
    ],
    [
      'power of all',
      { ...four, maxPower_kW: 90 },
      [
        [400, 80],
        [400, 80],
      ],
      ['power', 'power', 'nothing'],
    ],
    [
      'equal parts',
      equal,
      [
        [400, 20],
        [800, 190],
      ],
      ['request', 'policy', 'nothing'],
    ],
    [
      'one at a time',
      one,
      [
        [400, 80],
        [400, 80],
      ],
      ['request', 'policy', 'nothing'],
    ],
    ['modules on their way', slow, [[400, 80]], ['move', 'nothing', 'nothing']],
    [
      'failed modules',
      four,
      [[800, 190]],
      ['fault', 'nothing', 'nothing'],
      ({ health_frac }) => health_frac.fill(0, 3),
    ],
    [
      'heat',
      hot,
      [[800, 190]],
      ['derating', 'nothing', 'nothing'],
      (faced) => {
        faced.ambient_degC = 48
      },
    ],
  ]
  test.each(cases)('%s', (_, cabinet, asked, expected, change) => {
    expect(reasons(cabinet, asked, change)).toEqual(expected.map((reason) => `sharing.${reason}`))
  })
})
