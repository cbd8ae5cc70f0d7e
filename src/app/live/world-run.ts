import { Temporal } from 'temporal-polyfill'
import { invariant } from '../../base/problems/index.ts'
import { type CompiledHub, compileHub } from '../../hub/plant/compile/index.ts'
import type { ProfileTable } from '../../hub/plant/index.ts'
import type { Site } from '../../hub/site/index.ts'
import { type SoundFault, suddenFaults } from '../../study/simulate/faults/index.ts'
import {
  outcomeOf,
  prepareReplay,
  type Recording,
  type Run,
  type SimulationResult,
} from '../../study/simulate/index.ts'
import { prepareSiteRun, type SiteRun } from '../../study/simulate/site/index.ts'
import { StationsGovernor } from './stations-governor.ts'

/** What is played at the plugs of a site. */
export interface WorldRunInput {
  readonly site: Site
  /** Cars that come as they were recorded, place by place; absent: as the demand of the site says. */
  readonly recording?: Recording
  readonly from_ms: number
  readonly duration_s: number
  readonly seed: number
  /** Cables heat up, cabinets share their modules, and parts can be let fail; not with a recording. */
  readonly physics?: boolean
}

/** The cars of a hub at their plugs; they draw what the governor is told they may. */
export interface WorldRun extends Pick<SiteRun, 'run' | 'hub' | 'plugs' | 'devices'> {
  readonly governor: StationsGovernor
  /** Id in the catalogue of a vehicle by its number in the run; null: it is not of the catalogue. */
  vehicleOf(vehicle: number): string | null
  result(): SimulationResult
  openSessions(): readonly { readonly energy_kWh: number }[]
  /** Vehicles in the queue now; null: nobody counts them. */
  waiting(): number | null
  /** Faults that can be let happen. */
  readonly faults: readonly SoundFault[]
}

function dateIn(timezone: string, moment_ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(moment_ms).toZonedDateTimeISO(timezone).toPlainDate().toString()
}

function governorOf(hub: CompiledHub, profiles: ProfileTable): StationsGovernor {
  return new StationsGovernor(hub.connectors.length, (code) => profiles.sourceIndex(code))
}

function drawn({ site, from_ms, duration_s, seed, physics = false }: WorldRunInput): WorldRun {
  const { demand } = site
  invariant(demand, 'somebody comes to the site')
  const made: { governor?: StationsGovernor } = {}
  const date = dateIn(site.timezone, from_ms)
  const faults = physics ? suddenFaults(site) : []
  const run = prepareSiteRun({
    ...{ site: { ...site, demand }, date, duration_s, seed, physics, faults, policy: site.policy, from_ms },
    governor: ({ hub, profiles }) => {
      made.governor = governorOf(hub, profiles)
      return made.governor
    },
  })
  invariant(made.governor, 'a run has its governor')
  return { ...run, faults, governor: made.governor, vehicleOf: (vehicle) => demand.fleet[vehicle]?.vehicle ?? null }
}

function replayed({ site, from_ms, seed }: WorldRunInput, recording: Recording): WorldRun {
  const hub = compileHub(site)
  invariant(hub.connectors.length === recording.outlets_kW.length, 'each outlet of the recording has its plug')
  const made: { governor?: StationsGovernor } = {}
  const replay = prepareReplay(recording)
  const siteLimit_kW = site.grid.import_kW
  const run: Run = replay.run({
    ...{ policy: site.policy, siteLimit_kW },
    governor: ({ profiles }) => {
      made.governor = governorOf(hub, profiles)
      return made.governor
    },
  })
  invariant(made.governor, 'a run has its governor')
  const about = { site: site.name, seed, from: new Date(from_ms).toISOString(), siteLimit_kW }
  return {
    ...{
      run,
      hub,
      plugs: null,
      devices: null,
      faults: [],
      waiting: () => null,
      governor: made.governor,
      vehicleOf: () => null,
    },
    result: () => outcomeOf(run, about, replay.visits),
    openSessions: () => [...run.openSessions()],
  }
}

/** Prepares the cars of a hub. The same seed, or the same recording, brings the same cars as in a simulation. */
export function prepareWorldRun(input: WorldRunInput): WorldRun {
  return input.recording ? replayed(input, input.recording) : drawn(input)
}
