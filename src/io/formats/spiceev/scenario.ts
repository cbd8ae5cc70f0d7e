import type { Checked } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Trace, TraceSession } from '../../../hub/demand/trace/index.ts'
import { Fields } from '../json/fields.ts'
import { wholeText } from '../json/whole.ts'
import { TraceCollector } from '../sessions/collector.ts'
import { MomentReader } from '../sessions/moments.ts'
import { type Place, type TextSource, type TraceOptions, Unreadable, unreadable } from '../sessions/source.ts'
import { offsetOf, positionAt } from '../workload/positions.ts'
import { syntaxProblem } from '../workload/read.ts'

/** What SpiceEV takes where a vehicle type says nothing (its components.py). */
const EFFICIENCY_frac = 0.95

interface Kind {
  readonly name: string
  readonly capacity_kWh: number
  readonly maxPower_kW: number
  readonly efficiency_frac: number
}

/** A vehicle on its way through the events. */
interface Vehicle {
  readonly kind: Kind
  soc_frac: number
  desired_frac: number
  stay: Stay | null
  count: number
}

interface Stay {
  readonly arrive_ms: number
  readonly station: string
  /** When it wants to leave; NaN: not said. */
  readonly planned_ms: number
  readonly place: () => Place
}

/** Begin of the scenario, and where a vehicle stands in it. */
interface Start {
  readonly ms: number
  readonly place: () => Place
}

type Group = Readonly<Record<string, unknown>>

function groupOf(fields: Fields, path: string, fault: (reason: Coded) => never): Group {
  const value = fields.value(path)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Group
  return fault({ code: 'trace.noPart', params: { path } })
}

function kindOf(name: string, value: unknown, fault: (reason: Coded) => never): Kind {
  const fields = new Fields(value)
  const capacity_kWh = fields.number('capacity')
  const curve = fields.value('charging_curve')
  const powers = Array.isArray(curve) ? curve.map((point) => Number(Array.isArray(point) ? point[1] : Number.NaN)) : []
  if (fields.fault !== null || !(capacity_kWh > 0)) {
    return fault({ code: 'trace.noPart', params: { path: `components.vehicle_types.${name}.capacity` } })
  }
  if (!powers.some((power_kW) => power_kW > 0)) {
    return fault({ code: 'trace.noPart', params: { path: `components.vehicle_types.${name}.charging_curve` } })
  }
  const efficiency_frac = fields.optionalNumber('battery_efficiency') ?? EFFICIENCY_frac
  return { name, capacity_kWh, maxPower_kW: Math.max(...powers) / efficiency_frac, efficiency_frac }
}

/** Follows the vehicles of a scenario from event to event. */
class Playback {
  readonly #vehicles = new Map<string, Vehicle>()
  readonly #collector: TraceCollector
  readonly #moments: MomentReader

  constructor(collector: TraceCollector, moments: MomentReader) {
    this.#collector = collector
    this.#moments = moments
  }

  /** Enters a vehicle; one that is plugged in at the start arrives then. */
  enter(id: string, value: unknown, kinds: ReadonlyMap<string, Kind>, start: Start): void {
    const fields = new Fields(value)
    const kind = kinds.get(fields.text('vehicle_type'))
    if (kind) this.#vehicles.set(id, this.#vehicleOf(fields, kind, start))
    else this.#collector.skip({ code: 'trace.unknownVehicle', params: { vehicle: id } }, start.place)
  }

  #vehicleOf(fields: Fields, kind: Kind, start: Start): Vehicle {
    const station = fields.optionalText('connected_charging_station')
    const planned_ms = fields.optionalMoment_ms('estimated_time_of_departure', this.#moments) ?? Number.NaN
    return {
      kind,
      soc_frac: fields.optionalNumber('soc') ?? 0,
      desired_frac: fields.optionalNumber('desired_soc') ?? 0,
      stay: station === undefined ? null : { arrive_ms: start.ms, station, planned_ms, place: start.place },
      count: 0,
    }
  }

  event(value: unknown, place: () => Place): void {
    const fields = new Fields(value)
    const time_ms = fields.moment_ms('start_time', this.#moments)
    const id = fields.text('vehicle_id')
    const type = fields.text('event_type')
    const vehicle = this.#vehicles.get(id)
    if (fields.fault !== null) this.#collector.skip(fields.fault, place)
    else if (!vehicle) this.#collector.skip({ code: 'trace.unknownVehicle', params: { vehicle: id } }, place)
    else if (type === 'departure') this.#leave(id, vehicle, time_ms)
    else if (type === 'arrival') this.#arrive(id, vehicle, { fields, time_ms, place })
  }

  /** Vehicles that are still plugged in leave when they said they would. */
  finish(): void {
    for (const [id, vehicle] of this.#vehicles) {
      const { stay } = vehicle
      if (stay === null) continue
      if (stay.planned_ms > stay.arrive_ms) this.#leave(id, vehicle, stay.planned_ms)
      else this.#collector.skip({ code: 'trace.neverLeaves', params: { vehicle: id } }, stay.place)
    }
  }

  #arrive(id: string, vehicle: Vehicle, event: { fields: Fields; time_ms: number; place: () => Place }): void {
    const { fields, time_ms, place } = event
    if (vehicle.stay !== null) this.#leave(id, vehicle, time_ms)
    vehicle.soc_frac += fields.optionalNumber('update.soc_delta') ?? 0
    vehicle.desired_frac = fields.optionalNumber('update.desired_soc') ?? vehicle.desired_frac
    const station = fields.optionalText('update.connected_charging_station')
    const planned_ms = fields.optionalMoment_ms('update.estimated_time_of_departure', this.#moments) ?? Number.NaN
    vehicle.stay = station === undefined ? null : { arrive_ms: time_ms, station, planned_ms, place }
  }

  /** Ends a stay: the vehicle has got what it wanted. */
  #leave(id: string, vehicle: Vehicle, depart_ms: number): void {
    const { stay, kind, soc_frac, desired_frac } = vehicle
    vehicle.stay = null
    if (stay === null) return
    vehicle.count += 1
    vehicle.soc_frac = Math.max(soc_frac, desired_frac)
    const session: TraceSession = {
      id: `${id}/${vehicle.count}`,
      ...{ arrive_ms: stay.arrive_ms, depart_ms },
      energy_kWh: (Math.max(0, desired_frac - soc_frac) * kind.capacity_kWh) / kind.efficiency_frac,
      maxPower_kW: kind.maxPower_kW,
      evse: stay.station,
      vehicle: kind.name,
      soc_frac,
      capacity_kWh: kind.capacity_kWh,
    }
    this.#collector.take(session, null, stay.place)
  }
}

function parse(text: string, file: string): Fields {
  try {
    return new Fields(JSON.parse(text))
  } catch {
    throw new Unreadable([syntaxProblem(text, file)])
  }
}

/**
 * Reads a scenario of SpiceEV: stays between arrival and departure events; a vehicle wants to reach `desired_soc` and is
 * taken to have reached it when it leaves. Energy is at the plug, so divided by the efficiency of the battery.
 */
export async function readSpiceEvScenario(source: TextSource, options: TraceOptions): Promise<Checked<Trace>> {
  const { file } = source
  const text = await wholeText(source)
  const fields = parse(text, file)
  const placeOf = (path: readonly (string | number)[], index?: number) => (): Place => {
    const { line, column } = positionAt(file, text, offsetOf(text, path))
    return { line, column, ...(index === undefined ? {} : { index }) }
  }
  const fault = (reason: Coded): never => {
    throw unreadable(file, reason)
  }
  const kinds = new Map(
    Object.entries(groupOf(fields, 'components.vehicle_types', fault)).map(([name, value]) => [
      name,
      kindOf(name, value, fault),
    ]),
  )
  const moments = new MomentReader(options.timezone)
  const start_ms = fields.moment_ms('scenario.start_time', moments)
  const events = fields.value('events.vehicle_events')
  if (fields.fault !== null) return fault(fields.fault)
  if (!Array.isArray(events)) return fault({ code: 'trace.noPart', params: { path: 'events.vehicle_events' } })
  const collector = new TraceCollector(file, options, 'kWh')
  const playback = new Playback(collector, moments)
  for (const [id, vehicle] of Object.entries(groupOf(fields, 'components.vehicles', fault))) {
    playback.enter(id, vehicle, kinds, { ms: start_ms, place: placeOf(['components', 'vehicles', id]) })
  }
  const inOrder = events
    .map((event, index) => ({ event, index, time: String(new Fields(event).value('start_time')) }))
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.index - b.index)
  for (const { event, index } of inOrder) playback.event(event, placeOf(['events', 'vehicle_events', index], index))
  playback.finish()
  return collector.finish(options.timezone ?? null)
}
