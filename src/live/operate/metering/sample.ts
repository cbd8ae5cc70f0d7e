import type { Coded } from '../../../base/words/index.ts'

/** One value of a meter in the words all versions share. */
export interface SampledValue {
  readonly value: number
  readonly measurand: string
  /** As the station spelled it; empty: the default of the measurand. */
  readonly unit: string
  /** Power of ten (2.x). */
  readonly multiplier: number
  readonly phase: string
  readonly location: string
  readonly context: string
}

/** What a meter showed at one moment; null: not told. */
export interface Sample {
  readonly at_ms: number
  /** 0: at the begin of the transaction, 1: between, 2: at its end. */
  readonly rank: number
  readonly power_W: number | null
  readonly energy_Wh: number | null
  readonly current_A: number | null
  readonly voltage_V: number | null
  readonly soc_frac: number | null
  readonly cable_degC: number | null
  readonly offered_W: number | null
  readonly doubts: readonly Coded[]
}

type Quantity = 'power_W' | 'energy_Wh' | 'current_A' | 'voltage_V' | 'soc_frac' | 'cable_degC' | 'offered_W'

interface Measurand {
  readonly quantity: Quantity
  readonly unit: string
  readonly units: Readonly<Record<string, (value: number) => number>>
  readonly least: number
  readonly most: number
  /** How values of phases make one of the whole. */
  readonly phases: 'sum' | 'highest' | 'mean'
}

const as = (value: number): number => value
const times1000 = (value: number): number => value * 1000
const power = { W: as, kW: times1000 }
const celsius = { Celsius: as, Celcius: as, C: as, degC: as }
const fahrenheit = { Fahrenheit: (value: number) => ((value - 32) * 5) / 9 }
const kelvin = { K: (value: number) => value - 273.15 }

/** Measurands that are read, their units and what can be: beyond it a value is no measurement. */
const measurands: Readonly<Record<string, Measurand>> = {
  'Energy.Active.Import.Register': {
    quantity: 'energy_Wh',
    unit: 'Wh',
    units: { Wh: as, kWh: times1000 },
    least: 0,
    most: 1e12,
    phases: 'sum',
  },
  'Power.Active.Import': {
    quantity: 'power_W',
    unit: 'W',
    units: power,
    least: -1e7,
    most: 1e7,
    phases: 'sum',
  },
  'Power.Offered': { quantity: 'offered_W', unit: 'W', units: power, least: 0, most: 1e7, phases: 'sum' },
  'Current.Import': {
    quantity: 'current_A',
    unit: 'A',
    units: { A: as },
    least: -1e4,
    most: 1e4,
    phases: 'highest',
  },
  Voltage: { quantity: 'voltage_V', unit: 'V', units: { V: as }, least: 0, most: 3000, phases: 'mean' },
  SoC: {
    quantity: 'soc_frac',
    unit: 'Percent',
    units: { Percent: (value) => value / 100, '%': (value) => value / 100 },
    least: 0,
    most: 1,
    phases: 'highest',
  },
  Temperature: {
    quantity: 'cable_degC',
    unit: 'Celsius',
    units: { ...celsius, ...fahrenheit, ...kelvin },
    least: -80,
    most: 300,
    phases: 'highest',
  },
}

const DEFAULT_MEASURAND = 'Energy.Active.Import.Register'
/** Places whose values are those of the EVSE; a meter at the inlet of the grid or in the body says nothing of it. */
const placesOf: Partial<Readonly<Record<Quantity, readonly string[]>>> = {
  cable_degC: ['', 'Outlet', 'Cable'],
  soc_frac: ['', 'EV', 'Outlet'],
}
const elsewhere = ['Inlet', 'Body', 'Upstream']
const singlePhases = ['L1', 'L2', 'L3', 'L1-N', 'L2-N', 'L3-N']

/** Values of one quantity so far. */
class Tally {
  whole: number | null = null
  #sum = 0
  #count = 0
  #highest = Number.NEGATIVE_INFINITY

  phase(value: number): void {
    this.#sum += value
    this.#count++
    this.#highest = Math.max(this.#highest, value)
  }

  result(phases: Measurand['phases']): number | null {
    if (this.whole !== null) return this.whole
    if (this.#count === 0) return null
    if (phases === 'highest') return this.#highest
    return phases === 'sum' ? this.#sum : this.#sum / this.#count
  }
}

function isOfEvse(quantity: Quantity, location: string): boolean {
  const places = placesOf[quantity]
  return places ? places.includes(location) : !elsewhere.includes(location)
}

const rankOf = (context: string): number =>
  context === 'Transaction.Begin' ? 0 : context === 'Transaction.End' ? 2 : 1

/** Value in our unit, or why it is none. */
function convert(sampled: SampledValue, measurand: Measurand): number | Coded {
  const toOurs = measurand.units[sampled.unit || measurand.unit]
  const { measurand: name, unit } = sampled
  if (!toOurs) return { code: 'doubt.meterUnit', params: { measurand: name, unit: unit.slice(0, 20) } }
  const value = toOurs(sampled.value * 10 ** sampled.multiplier)
  if (value >= measurand.least && value <= measurand.most) return value
  return { code: 'doubt.meterValue', params: { measurand: name, value: String(sampled.value), unit } }
}

/**
 * Reads the values of one moment: units become ours, phases are brought together, what cannot be is left out and told.
 * Values of measurands that nothing here uses are passed over.
 */
export function readSample(at_ms: number, values: readonly SampledValue[]): Sample {
  const tallies: Partial<Record<Quantity, Tally>> = {}
  const doubts: Coded[] = []
  let rank = 1
  for (const sampled of values) {
    const measurand = measurands[sampled.measurand || DEFAULT_MEASURAND]
    if (!measurand || !isOfEvse(measurand.quantity, sampled.location)) continue
    const value = convert(sampled, measurand)
    if (typeof value !== 'number') {
      doubts.push(value)
      continue
    }
    const { quantity } = measurand
    if (quantity === 'energy_Wh') rank = rankOf(sampled.context)
    const tally = tallies[quantity] ?? new Tally()
    tallies[quantity] = tally
    if (sampled.phase === '') tally.whole = value
    else if (singlePhases.includes(sampled.phase)) tally.phase(value)
  }
  return { at_ms, rank, ...totals(tallies), doubts }
}

function totals(tallies: Partial<Record<Quantity, Tally>>): Omit<Sample, 'at_ms' | 'rank' | 'doubts'> {
  return {
    power_W: tallies.power_W?.result('sum') ?? null,
    energy_Wh: tallies.energy_Wh?.result('sum') ?? null,
    current_A: tallies.current_A?.result('highest') ?? null,
    voltage_V: tallies.voltage_V?.result('mean') ?? null,
    soc_frac: tallies.soc_frac?.result('highest') ?? null,
    cable_degC: tallies.cable_degC?.result('highest') ?? null,
    offered_W: tallies.offered_W?.result('sum') ?? null,
  }
}
