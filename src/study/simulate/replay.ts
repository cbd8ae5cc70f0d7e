import { SECONDS_PER_HOUR } from '../../base/units/index.ts'
import type { PolicyName } from '../../hub/controller/index.ts'
import { type Driver, type HubControls, type HubModel, type PlugIn, ProfileTable } from '../../hub/plant/index.ts'
import type { PlaceLayout } from './availability.ts'
import type { Governor } from './governor.ts'
import type { Visits } from './outcome.ts'
import { Run } from './run.ts'
import type { RunInput } from './run-input.ts'

/** A recorded session: when it plugged in and left, where, and with which battery. */
export interface RecordedSession {
  readonly arrive_s: number
  readonly plug_s: number
  readonly unplug_s: number
  readonly outlet: number
  readonly capacity_kWh: number
  readonly soc_frac: number
  readonly maxPower_kW: number
}

/** A recording to replay; the fields mean what they mean in a workload file. */
export interface Recording {
  readonly duration_s: number
  readonly outlets_kW: readonly number[]
  readonly transition_frac: number
  readonly efficiency_frac: number
  /** Rising in `plug_s`. */
  readonly sessions: readonly RecordedSession[]
}

/** Brings recorded vehicles at recorded times. */
class Replay implements Driver {
  readonly alarms = 1
  readonly #plugIns: readonly PlugIn[]
  readonly #times_s: Float64Array
  #next = 0
  #hub: HubControls | null = null

  constructor(plugIns: readonly PlugIn[], times_s: Float64Array) {
    this.#plugIns = plugIns
    this.#times_s = times_s
  }

  start(hub: HubControls): void {
    this.#hub = hub
    hub.setAlarm(0, this.#times_s[0] ?? Number.POSITIVE_INFINITY)
  }

  ring(): void {
    const vehicle = this.#plugIns[this.#next]
    if (vehicle !== undefined) this.#hub?.plugIn(vehicle)
    this.#next++
    this.#hub?.setAlarm(0, this.#times_s[this.#next] ?? Number.POSITIVE_INFINITY)
  }

  leave(place: number): void {
    this.#hub?.unplug(place)
  }

  done(): void {}

  snapshot(): number {
    return this.#next
  }

  restore(state: unknown): void {
    this.#next = Number(state)
  }
}

/** Name of an outlet's kind: workload files know outlets by their power only. */
export function outletKind(power_kW: number): string {
  return `outlet-${power_kW}`
}

function visitsOf(plugIns: readonly PlugIn[], vehicles: number): Visits {
  const arrivedByVehicle = new Array<number>(vehicles).fill(0)
  for (const { vehicle } of plugIns) arrivedByVehicle[vehicle] = (arrivedByVehicle[vehicle] ?? 0) + 1
  const none = { refused: 0, balked: 0, reneged: 0, refusedByVehicle: [], refusedBecause: {}, refusals: [] }
  return { arrived: plugIns.length, arrivedByVehicle, ...none }
}

function modelOf(recording: Recording, siteLimit_kW: number | null): HubModel {
  const capacity_kW = siteLimit_kW ?? Number.POSITIVE_INFINITY
  return {
    nodes: [{ id: 'grid', source: 'site.limit', parent: -1, capacity_kW }],
    places: recording.outlets_kW.map((rating_kW, at) => ({ id: `outlet-${at}`, node: 0, rating_kW })),
  }
}

/** Index of a text in a list, entered at its first use. */
function entry(list: string[], text: string): number {
  const at = list.indexOf(text)
  return at >= 0 ? at : list.push(text) - 1
}

/** Profiles of every pair of battery power and outlet power that meets. */
class Profiles {
  readonly table = new ProfileTable()
  /** By profile, what the battery takes at most. */
  readonly full_kW: number[] = []
  readonly #known = new Map<string, number>()
  readonly #recording: Recording

  constructor(recording: Recording) {
    this.#recording = recording
  }

  of(maxPower_kW: number, outlet_kW: number): number {
    const key = `${maxPower_kW} ${outlet_kW}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const { transition_frac, efficiency_frac } = this.#recording
    const full_kW = maxPower_kW / efficiency_frac
    const added = this.table.add({
      curve:
        transition_frac < 1
          ? [
              [0, full_kW],
              [transition_frac, full_kW],
              [1, 0],
            ]
          : [[0, full_kW]],
      source: 'vehicle.chargeCurve',
      limits: [{ source: 'charger.maxPower', limit: outlet_kW }],
    })
    this.#known.set(key, added)
    this.full_kW[added] = full_kW
    return added
  }
}

/** Energy of a stay without a site limit, in closed form: constant up to the knee, then an exponential towards full. */
function stay_kWh(session: RecordedSession, recording: Recording): number {
  const outlet_kW = recording.outlets_kW[session.outlet] ?? 0
  const full_kW = session.maxPower_kW / recording.efficiency_frac
  const capacity_kWh = session.capacity_kWh / recording.efficiency_frac
  const power_kW = Math.min(full_kW, outlet_kW)
  const taper_frac = 1 - recording.transition_frac
  const knee_frac = 1 - (taper_frac * power_kW) / full_kW
  const stay_h = (session.unplug_s - session.plug_s) / SECONDS_PER_HOUR
  const flat_kWh = Math.max(0, knee_frac - session.soc_frac) * capacity_kWh
  if (power_kW * stay_h <= flat_kWh) return power_kW * stay_h
  const left_kWh = (1 - Math.max(knee_frac, session.soc_frac)) * capacity_kWh
  if (taper_frac === 0) return flat_kWh + left_kWh
  const rate = full_kW / (taper_frac * capacity_kWh)
  return flat_kWh - left_kWh * Math.expm1(-rate * (stay_h - flat_kWh / power_kW))
}

/** Energy all recorded stays would get without a site limit, at the plug. */
export function unlimited_kWh(recording: Recording): number {
  return recording.sessions.reduce((total, session) => total + stay_kWh(session, recording), 0)
}

/** A recording made ready to run: everything but policy and limit is built once. */
export interface PreparedReplay {
  readonly run: (options: ReplayOptions) => Run
  /** All vehicles of a recording plug in. */
  readonly visits: Visits
}

/** The hub of a recording, before it runs; `full_kW` is what the battery of each profile takes at most. */
export interface RecordedHub extends Pick<RunInput, 'model' | 'profiles'> {
  readonly layout: PlaceLayout
  readonly full_kW: readonly number[]
}

export interface ReplayOptions {
  readonly policy: PolicyName
  readonly siteLimit_kW: number | null
  /** Makes who shares the power; absent: the policy shares exactly, seeing all. */
  readonly governor?: (hub: RecordedHub) => Governor
  /** Makes the devices below which the policy shares exactly; not with a governor. */
  readonly devices?: (hub: RecordedHub) => Governor
  readonly onSession?: RunInput['onSession']
}

/**
 * Builds the hub a recording describes: its outlets below one grid connection; each battery takes its full power up to
 * the transition, then linearly less, nothing when full. A vehicle charges towards full until it leaves.
 */
export function prepareReplay(recording: Recording): PreparedReplay {
  const profiles = new Profiles(recording)
  const connectors = [...new Set(recording.outlets_kW.map(outletKind))]
  const kindOf = recording.outlets_kW.map((outlet_kW) => connectors.indexOf(outletKind(outlet_kW)))
  const vehicles: string[] = []
  const plugIns = recording.sessions.map((session) => {
    const outlet_kW = recording.outlets_kW[session.outlet] ?? 0
    return {
      place: session.outlet,
      profile: profiles.of(session.maxPower_kW, outlet_kW),
      capacity_kWh: session.capacity_kWh / recording.efficiency_frac,
      soc_frac: session.soc_frac,
      target_frac: 1,
      leaves_s: session.unplug_s,
      waited_s: session.plug_s - session.arrive_s,
      connector: kindOf[session.outlet] ?? 0,
      vehicle: entry(vehicles, `battery-${session.capacity_kWh}-${session.maxPower_kW}`),
    }
  })
  const times_s = Float64Array.from(recording.sessions, (session) => session.plug_s)
  const layout = { evseOf: [...kindOf.keys()], live: kindOf.map(() => 1), kindOf }
  const base = {
    profiles: profiles.table,
    duration_s: recording.duration_s,
    connectors,
    vehicles,
    layout,
    cutoff_kW: 0,
  }
  const models = new Map<number | null, HubModel>()
  const run = ({ policy, siteLimit_kW, governor, devices, onSession }: ReplayOptions): Run => {
    const driver = new Replay(plugIns, times_s)
    const model = models.get(siteLimit_kW) ?? modelOf(recording, siteLimit_kW)
    models.set(siteLimit_kW, model)
    const hub = { model, profiles: profiles.table, layout, full_kW: profiles.full_kW }
    const steered = {
      ...(governor ? { governor: governor(hub) } : {}),
      ...(devices ? { devices: devices(hub) } : {}),
    }
    return new Run({ ...base, model, policy, driver, ...steered, ...(onSession === undefined ? {} : { onSession }) })
  }
  return { run, visits: visitsOf(plugIns, vehicles.length) }
}
