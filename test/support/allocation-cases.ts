import fc from 'fast-check'
import type { CabinetParameters, MatrixParameters, ModuleParameters } from '../../src/hub/plant/cabinet/index.ts'
import { allocationPolicies } from '../../src/hub/plant/cabinet/index.ts'

export interface OutputCase {
  readonly voltage_V: number
  readonly demand_kW: number
}

/** A cabinet and what it is asked for. */
export interface SharingCase {
  readonly cabinet: CabinetParameters
  readonly outputs: readonly OutputCase[]
}

/** Modules of rated power from 300 V on. */
export function plainModule(power_kW: number, maxCurrent_A = power_kW / 0.3): ModuleParameters {
  return {
    power_kW,
    maxCurrent_A,
    minVoltage_V: 150,
    maxVoltage_V: 1000,
    halves: null,
    loss: { noLoad_frac: 0.006, linear_frac: 0.012, square_frac: 0.02, reference_V: null },
    derating: [],
  }
}

/** A module of two halves, which serve different outputs up to 500 V. */
export function splitModule(power_kW: number): ModuleParameters {
  const halves = { up_V: 500, down_V: 500, seriesCurrent_A: power_kW / 0.6, off_s: 1, separable: true }
  return { ...plainModule(power_kW), halves }
}

/** A cabinet that moves and holds nothing. */
export function cabinetOf(
  modules: readonly ModuleParameters[],
  outputs: number,
  matrix: MatrixParameters,
  maxCurrent_A = 600,
): CabinetParameters {
  return {
    modules,
    matrix,
    outputs: Array.from({ length: outputs }, () => ({ maxCurrent_A, maxPower_kW: Number.POSITIVE_INFINITY })),
    maxPower_kW: Number.POSITIVE_INFINITY,
    move_s: 0,
    policy: { ...allocationPolicies['max-throughput'], hold_s: 0 },
    derating: [],
    altitude: null,
    airRise_K: 0,
    busLoss_frac: 0.007,
    fans_frac: 0.002,
    standby_W: 100,
  }
}

const voltage_V = fc.constantFrom(200, 250, 350, 400, 480, 620, 720, 800, 920)
const demand_kW = fc.integer({ min: 5, max: 300 })
const asked = (count: number) => fc.array(fc.record({ voltage_V, demand_kW }), { minLength: count, maxLength: count })
const sizes_kW = fc.constantFrom(20, 25, 30, 40, 50, 60)
const alike = (power_kW: number, count: number) => Array<ModuleParameters>(count).fill(plainModule(power_kW))
const reach = (modules: number, outputs: number) =>
  fc.array(fc.subarray([...Array(outputs).keys()], { minLength: 1 }), { minLength: modules, maxLength: modules })

/** Number of outputs and of modules, small enough to try everything. */
const small = fc.record({ outputs: fc.integer({ min: 2, max: 4 }), modules: fc.integer({ min: 2, max: 6 }) })

export const sharingCases = {
  full: small.chain(({ outputs, modules }) =>
    fc.record({
      cabinet: sizes_kW.map((size) => cabinetOf(alike(size, modules), outputs, { kind: 'full' })),
      outputs: asked(outputs),
    }),
  ),
  partial: small.chain(({ outputs, modules }) =>
    fc.record({
      cabinet: fc
        .tuple(sizes_kW, reach(modules, outputs))
        .map(([size, wiring]) => cabinetOf(alike(size, modules), outputs, { kind: 'partial', reach: wiring })),
      outputs: asked(outputs),
    }),
  ),
  ring: fc
    .record({ outputs: fc.integer({ min: 2, max: 4 }), modules: fc.integer({ min: 4, max: 8 }) })
    .chain(({ outputs, modules }) =>
      fc.record({
        cabinet: fc
          .tuple(sizes_kW, fc.shuffledSubarray([...Array(modules).keys()], { minLength: outputs, maxLength: outputs }))
          .map(([size, homes]) => cabinetOf(alike(size, modules), outputs, { kind: 'ring', homes })),
        outputs: asked(outputs),
      }),
    ),
  halves: fc
    .record({ outputs: fc.integer({ min: 2, max: 3 }), modules: fc.integer({ min: 1, max: 3 }) })
    .chain(({ outputs, modules }) =>
      fc.record({
        cabinet: sizes_kW.map((size) =>
          cabinetOf(Array<ModuleParameters>(modules).fill(splitModule(size)), outputs, { kind: 'full' }),
        ),
        outputs: asked(outputs),
      }),
    ),
  halvesPartial: fc
    .record({ outputs: fc.integer({ min: 2, max: 3 }), modules: fc.integer({ min: 1, max: 3 }) })
    .chain(({ outputs, modules }) =>
      fc.record({
        cabinet: fc.tuple(sizes_kW, reach(modules, outputs)).map(([size, wiring]) =>
          cabinetOf(Array<ModuleParameters>(modules).fill(splitModule(size)), outputs, {
            kind: 'partial',
            reach: wiring,
          }),
        ),
        outputs: asked(outputs),
      }),
    ),
  paired: fc
    .record({ outputs: fc.integer({ min: 2, max: 4 }), pairs: fc.integer({ min: 1, max: 3 }) })
    .chain(({ outputs, pairs }) =>
      fc.record({
        cabinet: sizes_kW.map((size) => cabinetOf(alike(size, 2 * pairs), outputs, { kind: 'paired' })),
        outputs: asked(outputs),
      }),
    ),
  mixed: small.chain(({ outputs, modules }) =>
    fc.record({
      cabinet: fc
        .tuple(fc.array(sizes_kW, { minLength: modules, maxLength: modules }), reach(modules, outputs), fc.boolean())
        .map(([sizes, wiring, isFull]) =>
          cabinetOf(
            sizes.map((size) => plainModule(size)),
            outputs,
            isFull ? { kind: 'full' } : { kind: 'partial', reach: wiring },
          ),
        ),
      outputs: asked(outputs),
    }),
  ),
} satisfies Readonly<Record<string, fc.Arbitrary<SharingCase>>>
