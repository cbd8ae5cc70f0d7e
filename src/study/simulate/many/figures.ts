import type { Code } from '../../../base/words/index.ts'
import type { SimulationResult } from '../result.ts'

/** A number of a result that runs and variants are compared by. */
export interface Figure {
  /** Its name in JSON. */
  readonly name: string
  readonly code: Code
  readonly unit: 'kWh' | 'kW' | 'min' | 'frac' | 'count'
  /** Which change planners want; null: neither. */
  readonly better: 'more' | 'less' | null
  /** null: the run has no such number, as the wait of nobody. */
  readonly of: (result: SimulationResult) => number | null
}

/** The value of every figure of a run, by name. */
export type FigureValues = Readonly<Record<string, number | null>>

function pluggedIn({ sessions }: SimulationResult): boolean {
  return sessions.served + sessions.charging > 0
}

/** Share of those who came and are gone that were served. */
function served_frac({ sessions }: SimulationResult): number | null {
  const gone = sessions.arrived - sessions.charging - sessions.waiting
  return gone > 0 ? sessions.served / gone : null
}

/** Every figure, in the order of tables. A new one is a new row. */
export const figures: readonly Figure[] = [
  {
    name: 'arrived',
    code: 'compare.figure.arrived',
    unit: 'count',
    better: null,
    of: ({ sessions }) => sessions.arrived,
  },
  {
    name: 'energyDelivered_kWh',
    code: 'compare.figure.energyDelivered',
    unit: 'kWh',
    better: 'more',
    of: (result) => result.energyDelivered_kWh,
  },
  { name: 'served_frac', code: 'compare.figure.served', unit: 'frac', better: 'more', of: served_frac },
  {
    name: 'refused',
    code: 'compare.figure.refused',
    unit: 'count',
    better: 'less',
    of: ({ sessions }) => sessions.refused,
  },
  {
    name: 'leftWithoutCharging',
    code: 'compare.figure.left',
    unit: 'count',
    better: 'less',
    of: ({ sessions }) => sessions.balked + sessions.reneged,
  },
  {
    name: 'meanWait_min',
    code: 'compare.figure.meanWait',
    unit: 'min',
    better: 'less',
    of: (result) => (pluggedIn(result) ? result.wait.mean_min : null),
  },
  {
    name: 'p95Wait_min',
    code: 'compare.figure.p95Wait',
    unit: 'min',
    better: 'less',
    of: (result) => (pluggedIn(result) ? result.wait.p95_min : null),
  },
  {
    name: 'meanTo80_min',
    code: 'compare.figure.to80',
    unit: 'min',
    better: 'less',
    of: ({ to80 }) => to80.mean_min,
  },
  {
    name: 'coffeeDone_frac',
    code: 'compare.figure.coffee',
    unit: 'frac',
    better: 'more',
    of: ({ coffee }) => coffee.done_frac,
  },
  {
    name: 'meanChargingPower_kW',
    code: 'compare.figure.chargingPower',
    unit: 'kW',
    better: 'more',
    of: (result) => result.meanChargingPower_kW,
  },
  {
    name: 'peak15min_kW',
    code: 'compare.figure.peak15min',
    unit: 'kW',
    better: 'less',
    of: (result) => result.peak15min_kW,
  },
  {
    name: 'heldBackTotal_kWh',
    code: 'compare.figure.heldBack',
    unit: 'kWh',
    better: 'less',
    of: (result) => result.heldBackTotal_kWh,
  },
  {
    name: 'unserved_kWh',
    code: 'compare.figure.unserved',
    unit: 'kWh',
    better: 'less',
    of: (result) => result.unserved_kWh,
  },
]

export function figuresOf(result: SimulationResult): FigureValues {
  return Object.fromEntries(figures.map(({ name, of }) => [name, of(result)]))
}
