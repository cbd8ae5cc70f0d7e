/**
 * Sharing the modules of a cabinet: CPU time of one allocation by wiring, and what policies do to the people who charge: a hub
 * of 720 kW in 18 modules with 12 outlets, 12 arrivals an hour of six kinds of cars, five seeds.
 */
import {
  type AllocationPolicyName,
  allocationPolicies,
  CabinetAllocator,
  type CabinetParameters,
  type CabinetRequests,
  createGrants,
  createRequests,
} from '../src/hub/plant/cabinet/index.ts'
import { cabinetOf, plainModule, splitModule } from '../test/support/allocation-cases.ts'

const ROUNDS = 10_000
const MIB = 2 ** 20

function cpu_us(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** A small generator with a seed: mulberry32. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const sizes = [20, 30, 40, 60]
const homes = Array.from({ length: 8 }, (_, output) => Math.floor((output * 18) / 8))
const reach = Array.from({ length: 18 }, (_, module) => [module % 12, (module + 1) % 12, (module + 5) % 12])
const plain18 = Array(18).fill(plainModule(40))

const wirings: readonly (readonly [string, CabinetParameters])[] = [
  ['full, 18 modules, 12 outputs', cabinetOf(plain18, 12, { kind: 'full' })],
  ['full under a budget', { ...cabinetOf(plain18, 12, { kind: 'full' }), maxPower_kW: 500 }],
  ['partial, 18 modules, 12 outputs', cabinetOf(plain18, 12, { kind: 'partial', reach })],
  ['ring, 18 modules, 8 outputs', cabinetOf(plain18, 8, { kind: 'ring', homes })],
  ['halves, 12 modules, 8 outputs', cabinetOf(Array(12).fill(splitModule(50)), 8, { kind: 'full' })],
  [
    'unlike, 8 modules, 4 outputs',
    cabinetOf(
      [...sizes, ...sizes].map((size) => plainModule(size)),
      4,
      { kind: 'full' },
    ),
  ],
  ['bus, 18 modules, 12 outputs', cabinetOf(plain18, 12, { kind: 'bus' })],
]

/** Another car at one output, or another demand: what happens between two allocations. */
function change(faced: CabinetRequests, random: () => number): void {
  const output = Math.floor(random() * faced.demand_kW.length)
  const demand_kW = faced.demand_kW[output] ?? 0
  if (demand_kW === 0) faced.voltage_V[output] = random() < 0.5 ? 400 : 800
  faced.demand_kW[output] = demand_kW === 0 ? 40 + 260 * random() : random() < 0.3 ? 0 : demand_kW * 0.9
  faced.now_s += 30 * random()
}

function timeOne([name, cabinet]: readonly [string, CabinetParameters], policy: AllocationPolicyName) {
  const allocator = new CabinetAllocator({ ...cabinet, move_s: 2 }, { policy: allocationPolicies[policy] })
  const state = new Float64Array(allocator.stateLength)
  const [faced, granted] = [createRequests(cabinet), createGrants(cabinet)]
  allocator.start(state, 0)
  const random = chance(1)
  let proven = 0
  const rounds = (count: number) => {
    for (let i = 0; i < count; i++) {
      change(faced, random)
      allocator.allocate(state, 0, faced, granted)
      proven += granted.isProven ? 1 : 0
    }
  }
  rounds(ROUNDS)
  proven = 0
  const before = process.memoryUsage().heapUsed
  const us = cpu_us(() => rounds(ROUNDS)) / ROUNDS
  const grown_MiB = (process.memoryUsage().heapUsed - before) / MIB
  return {
    ...{ cabinet: name, policy, us: Number(us.toFixed(1)) },
    ...{ bytesEach: Math.max(0, Math.round((grown_MiB * MIB) / ROUNDS)), 'proven %': (100 * proven) / ROUNDS },
  }
}

console.table(wirings.map((wiring) => timeOne(wiring, 'proportional-fair')))
console.table(wirings.map((wiring) => timeOne(wiring, 'max-min')))

interface Car {
  readonly voltage_V: number
  readonly full_kWh: number
  /** Power over state of charge, rising in the latter. */
  readonly curve: readonly (readonly [number, number])[]
}

/** Six kinds, in the manner of what is sold: two of 400 V, three of 800 V, a van. */
const cars: readonly Car[] = [
  {
    voltage_V: 360,
    full_kWh: 62,
    curve: [
      [0, 135],
      [0.3, 130],
      [0.6, 85],
      [0.8, 50],
      [1, 15],
    ],
  },
  {
    voltage_V: 370,
    full_kWh: 80,
    curve: [
      [0, 250],
      [0.2, 245],
      [0.5, 130],
      [0.8, 60],
      [1, 15],
    ],
  },
  {
    voltage_V: 700,
    full_kWh: 78,
    curve: [
      [0, 230],
      [0.5, 235],
      [0.75, 150],
      [0.8, 130],
      [1, 20],
    ],
  },
  {
    voltage_V: 780,
    full_kWh: 100,
    curve: [
      [0, 320],
      [0.45, 310],
      [0.7, 160],
      [0.8, 110],
      [1, 20],
    ],
  },
  {
    voltage_V: 800,
    full_kWh: 100,
    curve: [
      [0, 480],
      [0.4, 430],
      [0.7, 250],
      [0.8, 160],
      [1, 30],
    ],
  },
  {
    voltage_V: 400,
    full_kWh: 75,
    curve: [
      [0, 110],
      [0.5, 110],
      [0.8, 60],
      [1, 15],
    ],
  },
]

interface Visit {
  readonly car: Car
  readonly arrives_s: number
  readonly target_frac: number
  soc_frac: number
  readonly alone_s: number
}

const STEP_s = 5
const DAYS = 2
const ARRIVALS_perh = 12
const SEEDS = 5
const OUTLETS = 12
const LEAST_kW = 3

function power_kW({ curve }: Car, soc_frac: number): number {
  const next = curve.findIndex(([soc]) => soc >= soc_frac)
  const [right, left] = [curve[next] ?? [1, 0], curve[Math.max(0, next - 1)] ?? [0, 0]]
  const along = right[0] > left[0] ? (soc_frac - left[0]) / (right[0] - left[0]) : 0
  return left[1] + along * (right[1] - left[1])
}

function demand_kW(car: Car, soc_frac: number): number {
  return Math.min(power_kW(car, soc_frac), 0.6 * car.voltage_V)
}

function alone_s(car: Car, from_frac: number, target_frac: number): number {
  let [soc, time_s] = [from_frac, 0]
  for (; soc < target_frac; time_s += STEP_s) soc += (demand_kW(car, soc) * STEP_s) / 3600 / car.full_kWh
  return time_s
}

function visitsOf(seed: number): readonly Visit[] {
  const random = chance(seed)
  const visits: Visit[] = []
  for (let now_s = 0; now_s < DAYS * 86_400; now_s += (-3600 / ARRIVALS_perh) * Math.log(1 - random())) {
    const car = cars[Math.floor(random() * cars.length)] as Car
    const soc_frac = 0.08 + 0.27 * random()
    const target_frac = 0.72 + 0.1 * random()
    visits.push({ car, arrives_s: now_s, soc_frac, target_frac, alone_s: alone_s(car, soc_frac, target_frac) })
  }
  return visits
}

interface Outcome {
  readonly stays_min: readonly number[]
  readonly slowdowns: readonly number[]
  readonly moves: number
  readonly energy_kWh: number
}

/** The hub in steps: who waits takes a free outlet, the cabinet shares, cars charge. size: one loop, read from top to bottom */
function play(seed: number, policy: AllocationPolicyName): Outcome {
  const cabinet = { ...cabinetOf(plain18, OUTLETS, { kind: 'full' }), move_s: 2 }
  const allocator = new CabinetAllocator(cabinet, { policy: allocationPolicies[policy] })
  const state = new Float64Array(allocator.stateLength)
  const [faced, granted] = [createRequests(cabinet), createGrants(cabinet)]
  allocator.start(state, 0)
  const coming = [...visitsOf(seed)]
  const charging: (Visit | null)[] = Array(OUTLETS).fill(null)
  const [stays_min, slowdowns]: [number[], number[]] = [[], []]
  let energy_kWh = 0
  for (let now_s = 0; coming.length > 0 || charging.some((visit) => visit !== null); now_s += STEP_s) {
    for (const [outlet, busy] of charging.entries()) {
      if (busy === null && (coming[0]?.arrives_s ?? Number.POSITIVE_INFINITY) <= now_s) {
        charging[outlet] = coming.shift() ?? null
        faced.arrived_s[outlet] = now_s
      }
      const visit = charging[outlet] ?? null
      faced.demand_kW[outlet] = visit === null ? 0 : demand_kW(visit.car, visit.soc_frac)
      faced.voltage_V[outlet] = visit?.car.voltage_V ?? 0
      faced.least_kW[outlet] = LEAST_kW
      faced.remaining_kWh[outlet] = visit === null ? 0 : (visit.target_frac - visit.soc_frac) * visit.car.full_kWh
    }
    faced.now_s = now_s
    allocator.allocate(state, 0, faced, granted)
    for (const [outlet, visit] of charging.entries()) {
      if (visit === null) continue
      const given_kWh = ((granted.power_kW[outlet] ?? 0) * STEP_s) / 3600
      energy_kWh += given_kWh
      visit.soc_frac += given_kWh / visit.car.full_kWh
      if (visit.soc_frac < visit.target_frac) continue
      const stay_s = now_s + STEP_s - visit.arrives_s
      stays_min.push(stay_s / 60)
      slowdowns.push(stay_s / visit.alone_s)
      charging[outlet] = null
    }
  }
  return { stays_min, slowdowns, moves: allocator.moves(state, 0), energy_kWh }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)

function summary(name: string, policy: AllocationPolicyName) {
  const runs = Array.from({ length: SEEDS }, (_, seed) => play(seed + 1, policy))
  const stays_min = sorted(runs.flatMap((run) => run.stays_min))
  const energy_kWh = runs.reduce((sum, run) => sum + run.energy_kWh, 0)
  return {
    policy: name,
    'mean stay, min': Number(mean(stays_min).toFixed(1)),
    'p95, min': Number((stays_min[Math.floor(0.95 * stays_min.length)] ?? 0).toFixed(1)),
    slowdown: Number(mean(runs.flatMap((run) => run.slowdowns)).toFixed(2)),
    'moves a session': Number((runs.reduce((sum, run) => sum + run.moves, 0) / stays_min.length).toFixed(1)),
    'load, %': Number(((100 * energy_kWh) / (SEEDS * DAYS * 24 * 720)).toFixed(0)),
  }
}

console.time(`${SEEDS} seeds of ${DAYS} days under each policy`)
console.table([
  summary('equal split, unused power wasted', 'equal-split'),
  summary('first come, first served', 'priority'),
  summary('max-min (kW)', 'max-min'),
  summary('relative max-min', 'relative-max-min'),
  summary('proportional fair with floor', 'proportional-fair'),
  summary('max throughput', 'max-throughput'),
  summary('shortest remaining', 'shortest-remaining'),
])
console.timeEnd(`${SEEDS} seeds of ${DAYS} days under each policy`)
