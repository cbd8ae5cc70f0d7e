import type { ComparisonInput } from '../src/study/report/comparison/index.ts'
import type { SimulationResult } from '../src/study/simulate/index.ts'
import {
  type ComparedHub,
  contrastOf,
  type Outcome,
  outcomeOf,
  type SiteChange,
} from '../src/study/simulate/many/index.ts'
import { generator, resultOf } from './report-fixture.ts'

/** Runs of a hub; all hubs share the noise of a seed, and `gain_frac` more energy is what one delivers beyond. */
function outcomesOf(first: SimulationResult, runs: number, gain_frac: number): readonly Outcome[] {
  const random = generator(11)
  return Array.from({ length: runs }, (_, at) => {
    const noise = 1 + 0.1 * (random() - 0.5)
    const own = 1 + gain_frac * (1 + 0.3 * Math.sin(7 * at))
    const energyDelivered_kWh = first.energyDelivered_kWh * noise * own
    const result = { ...first, energyDelivered_kWh, unserved_kWh: first.unserved_kWh * (1 + 0.01 * random()) }
    return outcomeOf({ variant: 0, seed: at + 1, whole: at === 0 }, result)
  })
}

function hubOf(label: string, first: SimulationResult, outcomes: readonly Outcome[]): ComparedHub {
  const hub = {
    ...{ name: first.site, stations: 10, evses: 20, cabinets: 3, cabinets_kW: 3200, import_kW: 1600 },
    connectors: [
      { connector: 'nacs', count: 12 },
      { connector: 'ccs1', count: 8 },
    ],
    ...{ sessions_perWeek: 1967, vehicles: 9 },
  }
  return { label, file: `${label.toLowerCase()}.yaml`, hub, policy: first.policy, outcomes }
}

export interface ComparisonShape {
  readonly runs?: number
  /** One number for each further hub: energy it delivers beyond the first, as a share. */
  readonly gains_frac?: readonly number[]
  readonly changes?: readonly SiteChange[]
  readonly result?: SimulationResult
}

/** A comparison of a week at hubs of the report's fixture. */
export function comparisonOf(shape: ComparisonShape = {}): ComparisonInput {
  const { runs = 8, gains_frac = [0.02], result = resultOf() } = shape
  const changes = shape.changes ?? [{ path: 'grid.import_kW', from: '1600', to: '2000' }]
  const hubs = [0, ...gains_frac].map((gain_frac, at) =>
    hubOf('ABCDEFGHI'[at] ?? '', result, outcomesOf(result, runs, gain_frac)),
  )
  const [base, ...others] = hubs
  if (!base) throw new Error('no hubs')
  return {
    hubs,
    contrasts: others.map((other) => contrastOf(base, other, changes)),
    seed: 1,
    timezone: 'America/Los_Angeles',
    command: 'anyplug compare a.yaml b.yaml --runs 8 --seed 1',
  }
}
