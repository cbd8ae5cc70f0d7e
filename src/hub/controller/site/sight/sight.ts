import type { HubDescription } from '../description.ts'
import type { Command } from '../ledger.ts'
import { Readings, type ReadingsSnapshot } from '../readings.ts'
import type { Setpoints } from '../setpoints.ts'
import { blankMessage, Kind, MessageQueue, type QueueSnapshot } from './message-queue.ts'
import type { SightParameters } from './parameters.ts'
import { StationLimits } from './station-limits.ts'

/** True values of an EVSE; NaN: it has none. Whoever runs the plant fills them in. */
export interface Sample {
  power_kW: number
  current_A: number
  voltage_V: number
  soc_frac: number
  canTake_kW: number
  cable_degC: number
}

/** The hub as it is, asked and told at the moment of an event. */
export interface Truth {
  sample(evse: number, into: Sample): void
  /** Power at the grid connection. */
  site_kW(): number
  /** From now on the station allows so much. */
  allow(evse: number, limit_kW: number, now_s: number): void
}

/** What a controller may know of a vehicle besides its meter; like the fields of `Readings`. */
export interface Arrival {
  readonly curve: number
  readonly departure_s: number
  readonly priority: number
}

export interface SightSettings {
  readonly hub: HubDescription
  readonly parameters: SightParameters
  readonly truth: Truth
  /** Uniform in [0, 1): decides what is lost and what is late. */
  readonly uniform: () => number
}

export interface SightSnapshot {
  readonly queue: QueueSnapshot
  readonly stations: Uint8Array
  readonly readings: ReadingsSnapshot
}

/**
 * What lies between plant and controller: meters that are read now and then, messages that take time, are late or lost, stations
 * that obey the last command they got. It writes the readings a controller decides on. Event-driven: `next_s` says when
 * something happens next, `advance` lets it happen; the plant has to stand at that moment.
 */
export class Sight {
  readonly readings: Readings
  readonly #parameters: SightParameters
  readonly #truth: Truth
  readonly #uniform: () => number
  readonly #queue = new MessageQueue()
  readonly #stations: StationLimits
  readonly #message = blankMessage()
  readonly #sample: Sample = blankSample()
  readonly #command: Command = { number: 0, limit_kW: 0, until_s: 0 }

  constructor({ hub, parameters, truth, uniform }: SightSettings) {
    const evses = hub.evses.length
    this.readings = new Readings(evses)
    this.#parameters = parameters
    this.#truth = truth
    this.#uniform = uniform
    this.#stations = new StationLimits(hub)
    for (const [evse, { default_kW }] of hub.evses.entries()) {
      this.readings.confirmed_kW[evse] = default_kW
      truth.allow(evse, default_kW, 0)
    }
    if (Number.isFinite(parameters.siteMeter_s)) this.#post(Kind.siteSample, 0, 0)
  }

  /** When something happens next, Infinity: nothing will. */
  get next_s(): number {
    return this.#queue.next_s
  }

  /** Lets all happen that is due; answers whether a reading has changed. */
  advance(now_s: number): boolean {
    const before = this.readings.siteMeasured_s
    while (this.#queue.next_s <= now_s && this.#queue.pop()) this.#happen(now_s)
    return this.readings.touchedCount > 0 || this.readings.siteMeasured_s !== before
  }

  /** A vehicle plugs in. */
  plugIn(evse: number, arrival: Arrival, now_s: number): void {
    const session = this.#stations.begin(evse)
    const { values } = this.#message
    values[0] = session
    values[1] = arrival.curve
    values[2] = arrival.departure_s
    values[3] = arrival.priority
    this.#post(Kind.status, evse, now_s + this.#delay_s(this.#parameters.status_s))
    values[0] = session
    this.#post(Kind.sample, evse, this.#firstSample_s(evse, now_s))
  }

  /** A vehicle leaves. */
  unplug(evse: number, now_s: number): void {
    this.#stations.end(evse)
    this.#truth.allow(evse, this.#stations.limit_kW(evse), now_s)
    const { values } = this.#message
    values[0] = 0
    values[1] = -1
    values[2] = Number.POSITIVE_INFINITY
    values[3] = 0
    this.#post(Kind.status, evse, now_s + this.#delay_s(this.#parameters.status_s))
  }

  /** Sends what has changed of the setpoints. */
  command(setpoints: Setpoints, now_s: number): void {
    const { values } = this.#message
    for (let i = 0; i < setpoints.changedCount; i++) {
      const evse = setpoints.changed[i] as number
      if (this.#isLost()) continue
      values[0] = setpoints.number[evse] as number
      values[1] = setpoints.limit_kW[evse] as number
      values[2] = setpoints.until_s[evse] as number
      values[3] = this.readings.session[evse] as number
      this.#post(Kind.command, evse, now_s + this.#delay_s(this.#parameters.command_s))
    }
  }

  snapshot(): SightSnapshot {
    const { readings } = this
    return { queue: this.#queue.snapshot(), stations: this.#stations.snapshot(), readings: readings.snapshot() }
  }

  restore({ queue, stations, readings }: SightSnapshot): void {
    this.readings.restore(readings)
    this.#queue.restore(queue)
    this.#stations.restore(stations)
  }

  #post(kind: number, evse: number, at_s: number): void {
    this.#message.kind = kind
    this.#message.evse = evse
    this.#message.at_s = at_s
    this.#queue.push(this.#message)
  }

  #isLost(): boolean {
    return this.#parameters.lost_frac > 0 && this.#uniform() < this.#parameters.lost_frac
  }

  /** Usual time under way, and for some messages an exponential more. */
  #delay_s(usual_s: number): number {
    const { late_frac, late_s } = this.#parameters
    if (late_frac === 0 || this.#uniform() >= late_frac) return usual_s
    return usual_s - late_s * Math.log1p(-this.#uniform())
  }

  /** Meters of EVSEs are spread over the interval. */
  #firstSample_s(evse: number, now_s: number): number {
    const { meter_s } = this.#parameters
    const phase_s = (meter_s * evse) / this.readings.evses
    return phase_s + (Math.floor((now_s - phase_s) / meter_s) + 1) * meter_s
  }

  #happen(now_s: number): void {
    const { kind, evse, values } = this.#queue.out
    if (kind === Kind.sample) this.#measure(evse, values[0] as number, now_s)
    else if (kind === Kind.reading) this.#read(evse, values)
    else if (kind === Kind.status) this.#tell(evse, values)
    else if (kind === Kind.command) this.#obey(evse, values, now_s)
    else if (kind === Kind.answer) this.#confirm(evse, values)
    else if (kind === Kind.expiry) this.#expire(evse, values[0] as number, now_s)
    else if (kind === Kind.siteSample) this.#measureSite(now_s)
    else this.#readSite(values)
  }

  #measure(evse: number, session: number, now_s: number): void {
    if (!this.#stations.isAt(evse, session)) return
    const { meter_s, reading_s, tellsSoc, tellsCanTake, round_kW, round_A } = this.#parameters
    const { values } = this.#message
    values[0] = session
    this.#post(Kind.sample, evse, now_s + meter_s)
    if (this.#isLost()) return
    const sample = this.#sample
    this.#truth.sample(evse, sample)
    values[0] = round(sample.power_kW, round_kW)
    values[1] = now_s
    values[2] = round(sample.current_A, round_A)
    values[3] = sample.voltage_V
    values[4] = tellsSoc ? sample.soc_frac : Number.NaN
    values[5] = tellsCanTake ? sample.canTake_kW : Number.NaN
    values[6] = sample.cable_degC
    values[7] = session
    this.#post(Kind.reading, evse, now_s + this.#delay_s(reading_s))
  }

  /** A reading of an ended session, or one overtaken by a later one, is dropped. */
  #read(evse: number, values: Float64Array): void {
    const { readings } = this
    const measured_s = values[1] as number
    if (values[7] !== readings.session[evse] || measured_s <= (readings.measured_s[evse] as number)) return
    readings.power_kW[evse] = values[0] as number
    readings.measured_s[evse] = measured_s
    readings.current_A[evse] = values[2] as number
    readings.voltage_V[evse] = values[3] as number
    readings.soc_frac[evse] = values[4] as number
    readings.canTake_kW[evse] = values[5] as number
    readings.cable_degC[evse] = values[6] as number
    readings.touch(evse)
  }

  /** Messages of one station about sessions come in order: a late one of an older session is known to be old. */
  #tell(evse: number, values: Float64Array): void {
    const { readings } = this
    const session = values[0] as number
    if (!this.#stations.isAt(evse, session)) return
    readings.session[evse] = session
    readings.curve[evse] = values[1] as number
    readings.departure_s[evse] = values[2] as number
    readings.priority[evse] = values[3] as number
    readings.power_kW[evse] = 0
    readings.current_A[evse] = Number.NaN
    readings.voltage_V[evse] = Number.NaN
    readings.soc_frac[evse] = Number.NaN
    readings.canTake_kW[evse] = Number.NaN
    readings.touch(evse)
  }

  #obey(evse: number, values: Float64Array, now_s: number): void {
    const command = this.#command
    command.number = values[0] as number
    command.limit_kW = values[1] as number
    command.until_s = values[2] as number
    if (!this.#stations.accepts(evse, command, values[3] as number, now_s)) return
    this.#truth.allow(evse, command.limit_kW, now_s)
    const out = this.#message.values
    out[0] = command.number
    this.#post(Kind.expiry, evse, command.until_s)
    if (this.#isLost()) return
    out[1] = command.limit_kW
    out[2] = command.until_s
    this.#post(Kind.answer, evse, now_s + this.#delay_s(this.#parameters.answer_s))
  }

  #confirm(evse: number, values: Float64Array): void {
    const { readings } = this
    if (!((values[0] as number) > (readings.confirmed[evse] as number))) return
    readings.confirmed[evse] = values[0] as number
    readings.confirmed_kW[evse] = values[1] as number
    readings.confirmedUntil_s[evse] = values[2] as number
    readings.touch(evse)
  }

  #expire(evse: number, number: number, now_s: number): void {
    if (this.#stations.expire(evse, number)) this.#truth.allow(evse, this.#stations.limit_kW(evse), now_s)
  }

  #measureSite(now_s: number): void {
    const { siteMeter_s, reading_s, round_kW } = this.#parameters
    this.#post(Kind.siteSample, 0, now_s + siteMeter_s)
    if (this.#isLost()) return
    this.#message.values[0] = round(this.#truth.site_kW(), round_kW)
    this.#message.values[1] = now_s
    this.#post(Kind.site, 0, now_s + this.#delay_s(reading_s))
  }

  #readSite(values: Float64Array): void {
    const { readings } = this
    if (!((values[1] as number) > readings.siteMeasured_s)) return
    readings.siteMeter_kW = values[0] as number
    readings.siteMeasured_s = values[1] as number
  }
}

function blankSample(): Sample {
  const nothing = Number.NaN
  return {
    power_kW: 0,
    current_A: nothing,
    voltage_V: nothing,
    soc_frac: nothing,
    canTake_kW: nothing,
    cable_degC: nothing,
  }
}

function round(value: number, step: number): number {
  return step > 0 ? Math.round(value / step) * step : value
}
