import type { Assumption, ReportInput } from '../src/study/report/index.ts'
import type {
  ConnectorResult,
  EvseResult,
  LoadDuration,
  NodeResult,
  RefusalExample,
  SimulationResult,
  Timeline,
  VehicleResult,
} from '../src/study/simulate/index.ts'

/** Repeatable numbers between 0 and 1 (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface Shape {
  readonly days: number
  readonly step_s: number
  readonly evses: number
  readonly siteLimit_kW: number | null
}

const weekOfTwenty: Shape = { days: 7, step_s: 60, evses: 20, siteLimit_kW: 1600 }

/** Share of the busiest hour, by hour of the day in California (UTC-7). */
function demand(at_s: number): number {
  const hour = (at_s / 3600) % 24
  const evening = Math.exp(-((hour - 17.5) ** 2) / 14)
  const noon = Math.exp(-((hour - 11.5) ** 2) / 8)
  const weekend = Math.floor(at_s / 86_400) % 7 > 4 ? 1.25 : 1
  return Math.min(1.15, (0.06 + 0.75 * evening + 0.55 * noon) * weekend)
}

/** A busy hub's timeline: cars come in waves, power follows occupancy and is cut at the limit. */
export function timelineOf({ days, step_s, evses, siteLimit_kW }: Shape, random = generator(7)): Timeline {
  const steps = Math.round((days * 86_400) / step_s)
  const power_kW: number[] = []
  const occupied: number[] = []
  const waiting: number[] = []
  const lowestMinute_kW: number[] = []
  const highestMinute_kW: number[] = []
  let drift = 0
  for (let step = 0; step < steps; step++) {
    drift = 0.97 * drift + (random() - 0.5) * 0.16
    const wish = Math.max(0, evses * (demand(step * step_s) + drift * 0.5))
    occupied.push(Math.min(evses, Math.round(wish)))
    waiting.push(Math.max(0, Math.round(wish - evses)))
    const mean_kW = Math.min(siteLimit_kW ?? Number.POSITIVE_INFINITY, Math.min(evses, wish) * (92 + 30 * drift))
    power_kW.push(mean_kW)
    lowestMinute_kW.push(mean_kW * 0.93)
    highestMinute_kW.push(Math.min(siteLimit_kW ?? Number.POSITIVE_INFINITY, mean_kW * 1.05))
  }
  return { step_s, power_kW, lowestMinute_kW, highestMinute_kW, occupied, waiting }
}

const vehicles: readonly (readonly [id: string, name: string, share: number, refused: number])[] = [
  ['tesla-model-y-2024', 'Tesla Model Y Long Range (2024)', 0.31, 0],
  ['tesla-model-3-2024', 'Tesla Model 3 Long Range (2024)', 0.17, 0],
  ['hyundai-ioniq-5-2024', 'Hyundai Ioniq 5 Long Range (2024)', 0.13, 0],
  ['ford-mach-e-2023', 'Ford Mustang Mach-E (2023)', 0.11, 0],
  ['chevrolet-equinox-ev', 'Chevrolet Equinox EV', 0.09, 0],
  ['gm-silverado-ev', 'Chevrolet Silverado EV Work Truck', 0.06, 0],
  ['lucid-air-gt', 'Lucid Air Grand Touring', 0.04, 0.5],
  ['nissan-leaf-plus', 'Nissan LEAF e+ (2022)', 0.05, 1],
  ['nissan-leaf-40', 'Nissan LEAF 40 kWh (2019)', 0.04, 1],
]

function vehicleResults(arrived: number): Record<string, VehicleResult> {
  const entries = vehicles.map(([id, name, share, refusedShare], index) => {
    const count = Math.round(arrived * share)
    const refused = Math.round(count * refusedShare)
    const served = count - refused
    return [
      id,
      {
        name,
        arrived: count,
        served,
        refused,
        energy_kWh: served * (28 + index * 4.37),
        meanWait_min: 1.2 + index * 0.34,
        meanTo80_min: served === 0 ? null : 16.4 + index * 2.1,
        heldBack_kWh: served * (3.1 + index * 0.4),
        unserved_kWh: served * 0.45,
      },
    ]
  })
  return Object.fromEntries(entries)
}

function evseResults({ evses, days }: Shape, sessions: number, energy_kWh: number): readonly EvseResult[] {
  const weights = Array.from({ length: evses }, (_, index) => 1.5 - index / evses)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight, index) => ({
    id: `st-${Math.floor(index / 2) + 1}/${(index % 2) + 1}`,
    sessions: Math.round((sessions * weight) / total),
    energy_kWh: (energy_kWh * weight) / total,
    occupied_frac: Math.min(1, (((sessions * weight) / total) * 0.42) / (days * 24)),
    charging_frac: Math.min(1, (((sessions * weight) / total) * 0.36) / (days * 24)),
    rating_kW: 350,
    load_frac: (energy_kWh * weight) / total / (350 * days * 24),
    atLimit_frac: 0.02 * weight,
  }))
}

function connectorResults(sessions: number, energy_kWh: number): Record<string, ConnectorResult> {
  return {
    'J3400 (NACS)': { sessions: Math.round(sessions * 0.61), energy_kWh: energy_kWh * 0.57, available_frac: 0.83 },
    CCS1: { sessions: Math.round(sessions * 0.36), energy_kWh: energy_kWh * 0.41, available_frac: 0.971 },
    CHAdeMO: { sessions: Math.round(sessions * 0.03), energy_kWh: energy_kWh * 0.02, available_frac: 1 },
  }
}

function nodeResults({ days, siteLimit_kW }: Shape, energy_kWh: number): readonly NodeResult[] {
  const node = (kind: NodeResult['kind'], id: string, share: number, limit_kW: number | null): NodeResult => ({
    kind,
    id,
    limit_kW,
    energy_kWh: energy_kWh * share,
    load_frac: limit_kW === null ? null : (energy_kWh * share) / (limit_kW * days * 24),
    peak15min_kW: limit_kW === null ? null : limit_kW * 0.97,
    atLimit_frac: 0.061 * share,
  })
  return [
    node('grid', 'site', 1, siteLimit_kW),
    node('circuit', 'row-a', 0.6, 1250),
    node('cabinet', 'c1', 0.4, 600),
    node('cabinet', 'c2', 0.2, 600),
  ]
}

/** Hours at least at each of ten levels up to a peak. */
function loadDurationOf(peak_kW: number, days: number): LoadDuration {
  return {
    step_kW: peak_kW / 10,
    atLeast_h: Array.from({ length: 11 }, (_, level) => days * 24 * (1 - level / 11) ** 2),
  }
}

const refusals: readonly RefusalExample[] = [
  {
    code: 'report.heldBy.chargerVoltage',
    params: {},
    vehicle: 'Lucid Air Grand Touring',
    count: 39,
    remedy: { code: 'report.heldBy.adapterVoltage', params: {} },
  },
  { code: 'report.heldBy.adapterCurrent', params: {}, vehicle: 'Nissan LEAF e+ (2022)', count: 98 },
  { code: 'report.heldBy.adapterCurrent', params: {}, vehicle: 'Nissan LEAF 40 kWh (2019)', count: 78 },
]

/** A week of a US highway hub with twenty EVSEs under a limit of 1600 kW; any field may be replaced. */
export function resultOf(shape: Partial<Shape> = {}, replaced: Partial<SimulationResult> = {}): SimulationResult {
  const whole = { ...weekOfTwenty, ...shape }
  const timeline = timelineOf(whole)
  const energy_kWh = timeline.power_kW.reduce((sum, power_kW) => sum + (power_kW * whole.step_s) / 3600, 0)
  const peak_kW = Math.max(...timeline.power_kW)
  const arrived = Math.round(whole.days * 281)
  const refused = Math.round(arrived * 0.109)
  const served = arrived - refused - 47
  const from_ms = Date.UTC(2026, 5, 1, 7)
  return {
    site: 'Tejon Pass highway hub',
    engineVersion: '0.1.0',
    seed: 1,
    from: new Date(from_ms).toISOString(),
    to: new Date(from_ms + whole.days * 86_400_000).toISOString(),
    duration_s: whole.days * 86_400,
    policy: 'max-min',
    siteLimit_kW: whole.siteLimit_kW,
    energyIn_kWh: energy_kWh,
    energyDelivered_kWh: energy_kWh,
    losses_kWh: 0,
    meanChargingPower_kW: 88.4,
    peak1min_kW: peak_kW,
    peak15min_kW: peak_kW * 0.985,
    sessions: { arrived, served, refused, balked: 21, reneged: 17, charging: 7, waiting: 2 },
    wait: { mean_min: 2.31, p50_min: 0, p95_min: 14.2, max_min: 38.6 },
    to80: { sessions: 1650, reached: 912, reached_frac: 912 / 1650, mean_min: 24.6, p50_min: 22.4, p95_min: 47.2 },
    coffee: { coffee_min: 15, done: 341, done_frac: 341 / served },
    refusedBecause: { 'report.heldBy.chargerVoltage': 39, 'report.heldBy.adapterCurrent': 176 },
    refusals,
    heldBack_kWh: {
      'site.limit': 4218.4,
      'cabinet.c1': 811.2,
      'charger.maxCurrent': 1930.7,
      'charger.maxPower': 604.9,
      'vehicle.lowVoltage': 388.1,
      'adapter.maxCurrent': 120.4,
    },
    heldBackTotal_kWh: 8073.7,
    unserved_kWh: 912.6,
    unservedBy_kWh: { 'site.limit': 610.2, 'charger.maxCurrent': 90.1, 'driver.stay': 212.3 },
    byConnector: connectorResults(served, energy_kWh),
    byVehicle: vehicleResults(arrived),
    byNetwork: {
      'tesla-supercharger': { sessions: served - 700, energy_kWh: energy_kWh * 0.57 },
      own: { sessions: 700, energy_kWh: energy_kWh * 0.43 },
    },
    byEvse: evseResults(whole, served, energy_kWh),
    byNode: nodeResults(whole, energy_kWh),
    loadDuration: loadDurationOf(peak_kW, whole.days),
    peakDay: { date: '2026-06-06', energy_kWh: energy_kWh / whole.days },
    timeline,
    events: arrived * 9,
    ...replaced,
  }
}

const assumptions: readonly Assumption[] = [
  {
    label: { code: 'vehicle.chargeCurve.name', params: {} },
    value: 'Hyundai Ioniq 5 (2024): 237 kW',
    source: 'P3 Charging Index 2024',
    confidence: 'confirmed',
  },
  { label: { code: 'site.limit.name', params: {} }, value: '1600 kW', source: null, confidence: null },
]

/** Everything a report can be given, for a week. */
export function inputOf(result = resultOf()): ReportInput {
  return {
    result,
    site: { timezone: 'America/Los_Angeles' },
    assumptions,
    command: 'npx anyplug simulate examples/us-highway.yaml --days 7 --seed 1',
  }
}

/** The hub before its first car. */
export function emptyResult(): SimulationResult {
  const nothing = { sessions: 0, energy_kWh: 0 }
  const zeros = new Array<number>(96).fill(0)
  return resultOf(
    { days: 1 },
    {
      energyDelivered_kWh: 0,
      peak1min_kW: 0,
      peak15min_kW: 0,
      sessions: { arrived: 0, served: 0, refused: 0, balked: 0, reneged: 0, charging: 0, waiting: 0 },
      wait: { mean_min: 0, p50_min: 0, p95_min: 0, max_min: 0 },
      refusedBecause: {},
      refusals: [],
      heldBack_kWh: {},
      heldBackTotal_kWh: 0,
      unserved_kWh: 0,
      energyIn_kWh: 0,
      meanChargingPower_kW: null,
      to80: { sessions: 0, reached: 0, reached_frac: null, mean_min: null, p50_min: null, p95_min: null },
      coffee: { coffee_min: 15, done: 0, done_frac: null },
      unservedBy_kWh: {},
      byNetwork: { own: nothing },
      byNode: [
        { kind: 'grid', id: 'site', limit_kW: 1600, energy_kWh: 0, load_frac: 0, peak15min_kW: 0, atLimit_frac: 0 },
      ],
      loadDuration: { step_kW: 1 / 16, atLeast_h: [24] },
      peakDay: { date: '2026-06-01', energy_kWh: 0 },
      byConnector: { CCS1: { ...nothing, available_frac: 1 } },
      byVehicle: {},
      byEvse: [
        {
          ...{ id: 'st-1/1', ...nothing, occupied_frac: 0 },
          ...{ charging_frac: 0, rating_kW: 350, load_frac: 0, atLimit_frac: 0 },
        },
      ],
      timeline: {
        ...{ step_s: 900, power_kW: zeros, lowestMinute_kW: zeros, highestMinute_kW: zeros },
        ...{ occupied: zeros, waiting: zeros },
      },
    },
  )
}

/** Everybody came in the wrong car. */
export function refusedResult(): SimulationResult {
  const sessions = { arrived: 12, served: 0, refused: 12, balked: 0, reneged: 0, charging: 0, waiting: 0 }
  const code = 'report.heldBy.chargerVoltage'
  return {
    ...emptyResult(),
    sessions,
    refusedBecause: { [code]: 12 },
    refusals: [{ code, params: {}, vehicle: 'LEAF', count: 12 }],
  }
}
