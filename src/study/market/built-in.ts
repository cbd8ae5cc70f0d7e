import type { ComponentTable } from './components/schema.ts'
import { text } from './data.generated.ts'
import { type History, historyOf } from './history/index.ts'
import type { HistoryFile } from './history/schema.ts'
import type { RegionFile } from './region/schema.ts'
import type { ScenarioFile } from './scenarios/schema.ts'
import { type Snapshot, snapshotOf } from './snapshot.ts'

/** What the build wrote: checked files of data/market. */
export interface BuiltInMarket {
  readonly history: History
  readonly regions: readonly RegionFile[]
  /** Scenarios by id, as text in JSON. */
  readonly scenarios: ReadonlyMap<string, ScenarioFile>
  readonly components: ComponentTable
  /** Null only while the first snapshot is made. */
  readonly snapshot: Snapshot | null
}

let built: BuiltInMarket | null = null

/** Facts and scenarios that come with the program; read once. */
export function builtInMarket(): BuiltInMarket {
  if (built) return built
  const data = JSON.parse(text) as {
    history: HistoryFile
    regions: RegionFile[]
    scenarios: ScenarioFile[]
    components: ComponentTable
    snapshot: Parameters<typeof snapshotOf>[0] | null
  }
  built = {
    history: historyOf(data.history),
    regions: data.regions,
    scenarios: new Map(data.scenarios.map((one) => [one.id, one])),
    components: data.components,
    snapshot: data.snapshot ? snapshotOf(data.snapshot) : null,
  }
  return built
}
