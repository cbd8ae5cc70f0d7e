/** A plain plant for the site controller: vehicles of a recording, advanced second by second under the limits at their stations. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ControllerSettings,
  type HubDescription,
  type Readings,
  Setpoints,
  SiteController,
} from '../../src/hub/controller/site/index.ts'
import { type Sample, Sight, type SightParameters, type Truth } from '../../src/hub/controller/site/sight/index.ts'
import { readWorkload } from '../../src/io/formats/workload/index.ts'
import type { RecordedSession, Recording } from '../../src/study/simulate/index.ts'
import { root } from './repository.ts'

export interface SiteDay {
  readonly energy_kWh: number
  /** Highest sum of all draws at any moment. */
  readonly peak_kW: number
  readonly messages: number
  readonly decisions: number
}

export interface SiteDaySettings {
  readonly recording: Recording
  readonly hub: HubDescription
  readonly sight: SightParameters
  readonly uniform: () => number
  readonly settings?: Partial<ControllerSettings>
  /** Decides instead of the controller alone, to look at what it reads and says. */
  readonly decide?: (controller: SiteController, readings: Readings, setpoints: Setpoints) => number
  /** Looks at the hub after every step. */
  readonly look?: (plant: SitePlant, now_s: number) => void
}

export class SitePlant implements Truth {
  readonly recording: Recording
  readonly vehicle: (RecordedSession | null)[]
  readonly soc: number[]
  readonly limit_kW: number[]
  energy_kWh = 0

  constructor(recording: Recording) {
    this.recording = recording
    this.vehicle = recording.outlets_kW.map(() => null)
    this.soc = recording.outlets_kW.map(() => 0)
    this.limit_kW = recording.outlets_kW.map(() => 0)
  }

  could_kW(evse: number, soc = this.soc[evse] ?? 0): number {
    const vehicle = this.vehicle[evse]
    if (!vehicle) return 0
    const { transition_frac, efficiency_frac, outlets_kW } = this.recording
    const taper = Math.min(1, Math.max(0, 1 - soc) / (1 - transition_frac))
    return Math.min((vehicle.maxPower_kW / efficiency_frac) * taper, outlets_kW[evse] ?? 0)
  }

  power_kW(evse: number): number {
    return Math.min(this.could_kW(evse), this.limit_kW[evse] ?? 0)
  }

  site_kW(): number {
    return this.vehicle.reduce((sum, _, evse) => sum + this.power_kW(evse), 0)
  }

  sample(evse: number, into: Sample): void {
    into.power_kW = this.power_kW(evse)
    into.soc_frac = this.soc[evse] ?? 0
    into.canTake_kW = this.could_kW(evse)
  }

  allow(evse: number, limit_kW: number): void {
    this.limit_kW[evse] = limit_kW
  }

  step(seconds_s: number): void {
    for (const [evse, vehicle] of this.vehicle.entries()) {
      if (!vehicle) continue
      const capacity_kWh = vehicle.capacity_kWh / this.recording.efficiency_frac
      const half = (this.soc[evse] ?? 0) + (this.power_kW(evse) * seconds_s) / 7200 / capacity_kWh
      const energy_kWh = (Math.min(this.could_kW(evse, half), this.limit_kW[evse] ?? 0) * seconds_s) / 3600
      this.soc[evse] = (this.soc[evse] ?? 0) + energy_kWh / capacity_kWh
      this.energy_kWh += energy_kWh
    }
  }
}

/** The outlets of a recording below one grid connection. */
export function hubOf({ outlets_kW }: Recording, site_kW: number, default_kW: number): HubDescription {
  const evses = outlets_kW.map((rating_kW, at) => ({ id: `outlet-${at}`, node: 0, rating_kW, default_kW, floor_kW: 0 }))
  const nodes = [{ id: 'grid', source: 'site.limit', parent: -1, capacity_kW: site_kW }]
  return { nodes, evses, policy: 'max-min', otherLoad_kW: 0 }
}

/** The day of the common workload. */
export function workloadDay(): Recording {
  const file = join(root, 'test/fixtures/workloads/workload-day.json')
  const checked = readWorkload(readFileSync(file, 'utf8'), file)
  if (!checked.ok) throw new Error(`${file} cannot be read`)
  return checked.value
}

interface Visit {
  readonly at_s: number
  readonly session: RecordedSession
  readonly arrives: boolean
}

/** A recording under a controller: all leave before others come at the same moment. */
export function runSiteDay({
  recording,
  hub,
  sight: parameters,
  uniform,
  settings,
  ...hooks
}: SiteDaySettings): SiteDay {
  const { look, decide = (own, readings, into) => own.decide(readings, into) } = hooks
  const plant = new SitePlant(recording)
  const sight = new Sight({ hub, parameters, truth: plant, uniform })
  const controller = new SiteController(hub, settings)
  const setpoints = new Setpoints(hub.evses.length)
  const visits: Visit[] = recording.sessions.flatMap((session) => [
    { at_s: session.plug_s, session, arrives: true },
    { at_s: session.unplug_s, session, arrives: false },
  ])
  visits.sort((a, b) => a.at_s - b.at_s || Number(a.arrives) - Number(b.arrives))
  let next = 0
  let ask_s = 0
  let peak_kW = 0
  let messages = 0
  let decisions = 0
  for (let now_s = 0; now_s < recording.duration_s; ) {
    for (let visit = visits[next]; visit !== undefined && visit.at_s <= now_s; visit = visits[++next]) {
      const { outlet, soc_frac } = visit.session
      plant.vehicle[outlet] = visit.arrives ? visit.session : null
      plant.soc[outlet] = soc_frac
      if (visit.arrives) sight.plugIn(outlet, { curve: -1, departure_s: visit.session.unplug_s, priority: 0 }, now_s)
      else sight.unplug(outlet, now_s)
    }
    if (sight.advance(now_s) || ask_s <= now_s) {
      do {
        sight.readings.time_s = now_s
        ask_s = decide(controller, sight.readings, setpoints)
        decisions++
        messages += setpoints.changedCount
        sight.command(setpoints, now_s)
      } while (sight.advance(now_s))
    }
    peak_kW = Math.max(peak_kW, plant.site_kW())
    look?.(plant, now_s)
    const to_s = Math.min(
      Math.floor(now_s) + 1,
      sight.next_s,
      Math.max(ask_s, now_s + 0.01),
      visits[next]?.at_s ?? Number.POSITIVE_INFINITY,
    )
    plant.step(to_s - now_s)
    now_s = to_s
  }
  return { energy_kWh: plant.energy_kWh, peak_kW, messages, decisions }
}
