import fc from 'fast-check'
import {
  CabinetAllocator,
  type CabinetGrants,
  type CabinetParameters,
  createGrants,
  createRequests,
  modulePower_kW,
} from '../../src/hub/plant/cabinet/index.ts'
import { cabinetOf, plainModule, splitModule } from './allocation-cases.ts'

/** What happens next at a cabinet. */
export type Happening =
  | { readonly kind: 'ask'; readonly output: number; readonly voltage_V: number; readonly demand_kW: number }
  | { readonly kind: 'fade'; readonly output: number; readonly share: number }
  | { readonly kind: 'fail' | 'mend'; readonly module: number }
  | { readonly kind: 'wait'; readonly wait_s: number }

const output = fc.nat(3)
const module = fc.nat(7)

export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('ask' as const),
        output,
        voltage_V: fc.constantFrom(300, 400, 480, 620, 800, 920),
        demand_kW: fc.constantFrom(0, 20, 60, 90, 150, 250),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('fade' as const),
        output,
        share: fc.double({ min: 0.3, max: 1, noNaN: true }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('fail' as const, 'mend' as const), module }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), wait_s: fc.constantFrom(1, 3, 10, 40) }) },
  ),
  { minLength: 1, maxLength: 40 },
)

const plain8 = Array(8).fill(plainModule(40))
const split8 = Array(8).fill(splitModule(40))
const mixed8 = [20, 30, 40, 60, 20, 30, 40, 60].map((size) => plainModule(size))
const reach = [[0], [0, 1], [1], [1, 2], [2], [2, 3], [3], [0, 1, 2, 3]]

/** Cabinets of eight modules and four outputs, one of each wiring. */
export const worlds: readonly (readonly [string, CabinetParameters])[] = [
  ['full', cabinetOf(plain8, 4, { kind: 'full' })],
  ['full without limits of outputs', cabinetOf(plain8, 4, { kind: 'full' }, Number.POSITIVE_INFINITY)],
  ['partial', cabinetOf(plain8, 4, { kind: 'partial', reach })],
  ['ring', cabinetOf(plain8, 4, { kind: 'ring', homes: [0, 3, 4, 6] })],
  ['halves', cabinetOf(split8, 4, { kind: 'full' })],
  ['paired', cabinetOf(plain8, 4, { kind: 'paired' })],
  ['mixed', cabinetOf(mixed8, 4, { kind: 'full' })],
  ['bus', cabinetOf(plain8, 4, { kind: 'bus' })],
].map(([name, cabinet]) => [name as string, { ...(cabinet as CabinetParameters), move_s: 2 }])

/** A cabinet driven by happenings; remembers since when each granule is where it is. */
export class CabinetWorld {
  readonly cabinet: CabinetParameters
  readonly allocator: CabinetAllocator
  readonly faced
  granted: CabinetGrants
  before: CabinetGrants
  readonly state: Float64Array
  now_s = 0
  next_s = Number.POSITIVE_INFINITY
  arrivals = 0
  /** By granule: when it came to its output, and until when it must stay. */
  readonly since_s: number[]
  readonly heldUntil_s: number[]
  /** Outputs whose request changed in the last happening, and modules that failed or were mended. */
  touched = new Set<number>()
  healthChanged = false

  constructor(cabinet: CabinetParameters) {
    this.cabinet = cabinet
    this.allocator = new CabinetAllocator(cabinet, { nodeLimit: 500 })
    this.faced = createRequests(cabinet)
    this.granted = createGrants(cabinet)
    this.before = createGrants(cabinet)
    this.state = new Float64Array(this.allocator.stateLength)
    this.allocator.start(this.state, 0)
    this.since_s = Array(this.granted.output.length).fill(Number.NEGATIVE_INFINITY)
    this.heldUntil_s = [...this.since_s]
    this.faced.least_kW.fill(5)
  }

  /** Lets something happen; `look` is called whenever the cabinet has shared anew. */
  happen(what: Happening, look: () => void): void {
    this.touched.clear()
    this.healthChanged = false
    if (what.kind === 'wait') this.#wait(what.wait_s, look)
    else {
      this.#change(what)
      this.#allocate(look)
    }
  }

  #change(what: Exclude<Happening, { readonly kind: 'wait' }>): void {
    const { demand_kW, health_frac, voltage_V } = this.faced
    if (what.kind === 'ask') this.#request(what.output, what.voltage_V, what.demand_kW)
    else if (what.kind === 'fade') {
      this.#request(what.output, voltage_V[what.output] ?? 0, (demand_kW[what.output] ?? 0) * what.share)
    } else {
      health_frac[what.module] = what.kind === 'fail' ? 0 : 1
      this.healthChanged = true
    }
  }

  #request(at: number, voltage_V: number, demand_kW: number): void {
    if (this.faced.demand_kW[at] === 0) this.faced.arrived_s[at] = this.arrivals++
    this.faced.voltage_V[at] = voltage_V
    this.faced.demand_kW[at] = demand_kW
    this.touched.add(at)
  }

  #wait(wait_s: number, look: () => void): void {
    const until_s = this.now_s + wait_s
    while (this.next_s <= until_s) {
      if (this.next_s <= this.now_s) throw new Error('time stands still')
      this.now_s = this.next_s
      this.#allocate(look)
    }
    this.now_s = until_s
  }

  #allocate(look: () => void): void {
    this.before = structuredClone(this.granted)
    this.faced.now_s = this.now_s
    this.next_s = this.allocator.allocate(this.state, 0, this.faced, this.granted)
    look()
    for (const [granule, output] of this.granted.output.entries()) {
      if (output !== this.before.output[granule]) {
        this.since_s[granule] = this.now_s
        this.heldUntil_s[granule] = this.now_s + this.cabinet.move_s + this.cabinet.policy.hold_s
      }
      const changedOver = output >= 0 && this.granted.inSeries[output] !== this.before.inSeries[output]
      if (changedOver) this.heldUntil_s[granule] = Number.NEGATIVE_INFINITY
    }
  }

  isReady(granule: number): boolean {
    const moved = this.granted.output[granule] !== this.before.output[granule]
    const since_s = moved ? this.now_s : (this.since_s[granule] ?? 0)
    return since_s + this.cabinet.move_s <= this.now_s
  }

  moduleOf(granule: number): number {
    return this.granted.output.length > this.cabinet.modules.length ? Math.floor(granule / 2) : granule
  }

  /** What granules of an output give by their rating, those that are ready or all: no more can come out. */
  supply_kW(output: number, isThere = (granule: number) => this.isReady(granule)): number {
    const isSplit = this.granted.output.length > this.cabinet.modules.length
    const voltage_V = this.faced.voltage_V[output] ?? 0
    const inSeries = this.granted.inSeries[output] === 1
    let sum_kW = 0
    for (const [granule, holder] of this.granted.output.entries()) {
      const module = this.cabinet.modules[this.moduleOf(granule)]
      if (holder !== output || !module || !isThere(granule)) continue
      const mate = granule ^ 1
      if (inSeries && isSplit && (this.granted.output[mate] !== output || !isThere(mate))) continue
      const full_kW = modulePower_kW(module, inSeries ? 'series' : 'parallel', voltage_V)
      sum_kW += (full_kW * (this.faced.health_frac[this.moduleOf(granule)] ?? 0)) / (isSplit ? 2 : 1)
    }
    return sum_kW
  }
}
