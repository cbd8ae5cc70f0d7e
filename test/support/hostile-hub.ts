/**
 * A hub whose network is an enemy of its controller: every message is late, lost, doubled or overtaken as it is told to be. Written apart
 * from the model the simulator uses. Stations obey the youngest command of the present session until it expires, say so
 * when they do, and go back to their default else; but for those that lie.
 */
import { type HubDescription, Readings, Setpoints, SiteController } from '../../src/hub/controller/site/index.ts'

/** What becomes of a message: arrives so late, again so much later (0: once only), or never. */
export interface Fate {
  readonly delay_s: number
  readonly again_s: number
  readonly lost: boolean
}

export type MeterFault = 'none' | 'nothing' | 'negative' | 'spike' | 'frozen' | 'future' | 'silent'

interface Station {
  present: number
  demand_kW: number
  epoch: number
  number: number
  limit_kW: number
  until_s: number
  fault: MeterFault
  offline: boolean
  /** It says that it obeys, and never lowers what its vehicle may draw. */
  lies: boolean
  shown_kW: number
}

interface Event {
  readonly at_s: number
  readonly order: number
  readonly happens: () => void
}

const METER_s = 10
/** Decisions in a second that are too many, whatever happens. */
const RUSH = 300

export class HostileHub {
  readonly hub: HubDescription
  readonly stations: Station[]
  now_s = 0
  controller: SiteController
  readings: Readings
  readonly setpoints: Setpoints
  /** Site limits from a time on. */
  readonly steps: { readonly from_s: number; readonly limit_kW: number }[] = []
  messages = 0
  #fates: readonly Fate[]
  #fate = 0
  #events: Event[] = []
  #order = 0
  #sessions = 0
  #epoch = 0
  #ask_s = 0
  #stalled = false
  #changed = true
  #decided_s = Number.NEGATIVE_INFINITY
  #rushed = 0

  constructor(hub: HubDescription, fates: readonly Fate[]) {
    this.hub = hub
    this.#fates = fates
    this.controller = new SiteController(hub)
    this.readings = new Readings(hub.evses.length)
    this.setpoints = new Setpoints(hub.evses.length)
    this.stations = hub.evses.map(({ default_kW }) => ({
      present: 0,
      demand_kW: 0,
      epoch: 0,
      number: 0,
      limit_kW: default_kW,
      until_s: Number.NEGATIVE_INFINITY,
      fault: 'none',
      offline: false,
      lies: false,
      shown_kW: 0,
    }))
    for (const [evse, { default_kW }] of hub.evses.entries()) {
      this.readings.confirmed_kW[evse] = default_kW
      this.#meterLater(evse, (METER_s * evse) / hub.evses.length)
    }
  }

  station(evse: number): Station {
    const station = this.stations[evse]
    if (station === undefined) throw new Error(`no EVSE ${evse}`)
    return station
  }

  draw_kW(evse: number): number {
    const { present, demand_kW, limit_kW } = this.station(evse)
    return present === 0 ? 0 : Math.min(demand_kW, limit_kW)
  }

  /** How far the clock of a station is behind. */
  clockError_s(evse: number): number {
    return 2 * (evse - 2)
  }

  /** Sum below a node of the description of what each EVSE has. */
  below(node: number, of: (evse: number) => number): number {
    const isBelow = (at: number): boolean => at === node || (at > 0 && isBelow(this.hub.nodes[at]?.parent ?? -1))
    return this.hub.evses.reduce((sum, evse, at) => sum + (isBelow(evse.node) ? of(at) : 0), 0)
  }

  capacity_kW(node: number): number {
    const capacity_kW = this.hub.nodes[node]?.capacity_kW ?? 0
    if (node > 0) return capacity_kW
    const step = this.steps.findLast(({ from_s }) => from_s <= this.now_s)
    return Math.min(capacity_kW, step?.limit_kW ?? capacity_kW) - this.hub.otherLoad_kW
  }

  plugIn(evse: number, demand_kW: number): void {
    const station = this.station(evse)
    if (station.present !== 0) return
    station.present = ++this.#sessions
    station.demand_kW = demand_kW
    this.#tellSession(evse)
  }

  unplug(evse: number): void {
    const station = this.station(evse)
    if (station.present === 0) return
    station.present = 0
    this.#fallBack(station, evse)
    this.#tellSession(evse)
  }

  setOffline(evse: number, offline: boolean): void {
    this.station(evse).offline = offline
    this.readings.offline[evse] = offline ? 1 : 0
    this.#touch(evse)
  }

  announce(inTime_s: number, limit_kW: number): void {
    const from_s = Math.max(this.now_s + inTime_s, (this.steps.at(-1)?.from_s ?? 0) + 1)
    this.steps.push({ from_s, limit_kW })
    this.#tellSchedule()
  }

  #tellSchedule(): void {
    const open = this.steps.filter((_, at) => (this.steps[at + 1]?.from_s ?? Number.POSITIVE_INFINITY) > this.now_s)
    this.readings.scheduleCount = Math.min(open.length, this.readings.schedule_kW.length)
    for (const [at, { from_s, limit_kW }] of open.slice(0, this.readings.scheduleCount).entries()) {
      this.readings.scheduleFrom_s[at] = from_s
      this.readings.schedule_kW[at] = limit_kW
    }
    this.#changed = true
  }

  /** The controller is asleep from now on, or awake again. */
  stall(stalled: boolean): void {
    this.#stalled = stalled
  }

  /** The controller is another process now; it knows what the old one knew, or nothing. */
  restart(knows: boolean): void {
    const before = this.controller
    this.controller = new SiteController(this.hub)
    if (knows) {
      this.controller.restore(before.snapshot())
      return
    }
    this.#epoch++
    const { session, offline } = this.readings
    this.readings = new Readings(this.hub.evses.length)
    this.readings.session.set(session)
    this.readings.offline.set(offline)
    this.#tellSchedule()
    this.#ask_s = this.now_s
  }

  /** Time passes; `look` sees the hub after everything that happens. */
  advance(seconds_s: number, look: () => void): void {
    const end_s = this.now_s + seconds_s
    this.#decide()
    look()
    for (;;) {
      const event = this.#events[0]
      const next_s = Math.min(
        event?.at_s ?? end_s,
        this.#stalled ? end_s : Math.max(this.#ask_s, this.now_s + 0.1),
        end_s,
      )
      if (next_s >= end_s) break
      this.now_s = next_s
      if (event !== undefined && event.at_s <= next_s) {
        this.#events.shift()
        event.happens()
      }
      this.#decide()
      look()
    }
    this.now_s = end_s
  }

  #decide(): void {
    if (this.#stalled || (!this.#changed && this.#ask_s > this.now_s)) return
    this.#changed = false
    this.readings.time_s = this.now_s
    this.#rushed = this.now_s < this.#decided_s + 1 ? this.#rushed + 1 : 0
    if (this.#rushed === 0) this.#decided_s = this.now_s
    if (this.#rushed > RUSH) throw new Error(`more than ${RUSH} decisions in a second at ${this.now_s} s`)
    this.#ask_s = this.controller.decide(this.readings, this.setpoints)
    for (let i = 0; i < this.setpoints.changedCount; i++) this.#command(this.setpoints.changed[i] as number)
  }

  #command(evse: number): void {
    this.messages++
    const { number, limit_kW, until_s } = this.setpoints
    const command = {
      number: number[evse] as number,
      limit_kW: limit_kW[evse] as number,
      until_s: until_s[evse] as number,
    }
    const epoch = this.#epoch
    const session = this.readings.session[evse] as number
    this.#post(evse, () => this.#obey(evse, { ...command, epoch, session }))
  }

  #obey(
    evse: number,
    command: { epoch: number; session: number; number: number; limit_kW: number; until_s: number },
  ): void {
    const station = this.station(evse)
    const younger = command.epoch - station.epoch || command.number - station.number
    if (command.session !== station.present || younger <= 0 || command.until_s + this.clockError_s(evse) <= this.now_s)
      return
    station.epoch = command.epoch
    station.number = command.number
    if (!station.lies || command.limit_kW > station.limit_kW) station.limit_kW = command.limit_kW
    station.until_s = command.until_s
    this.#at(command.until_s + this.clockError_s(evse), () => {
      if (!station.lies && station.until_s === command.until_s && station.number === command.number)
        this.#fallBack(station, evse)
    })
    this.#post(evse, () => {
      if (command.epoch !== this.#epoch || command.number <= (this.readings.confirmed[evse] as number)) return
      this.readings.confirmed[evse] = command.number
      this.readings.confirmed_kW[evse] = command.limit_kW
      this.readings.confirmedUntil_s[evse] = command.until_s
      this.#touch(evse)
    })
  }

  #fallBack(station: Station, evse: number): void {
    station.limit_kW = this.hub.evses[evse]?.default_kW ?? 0
    station.until_s = Number.NEGATIVE_INFINITY
  }

  /** Messages about sessions are repeated until they are heard, and never go back. */
  #tellSession(evse: number): void {
    const { present } = this.station(evse)
    this.#at(this.now_s + this.#nextFate().delay_s, () => {
      if (this.station(evse).present !== present) return
      this.readings.session[evse] = present
      this.readings.power_kW[evse] = 0
      this.#touch(evse)
    })
  }

  #meterLater(evse: number, at_s: number): void {
    this.#at(at_s, () => {
      this.#meterLater(evse, at_s + METER_s)
      const station = this.station(evse)
      if (station.present === 0 || station.fault === 'silent') return
      const { present } = station
      const power_kW = this.#shown_kW(evse)
      const measured_s = station.fault === 'future' ? at_s + 1000 : at_s
      this.#post(evse, () => {
        const stale = measured_s <= (this.readings.measured_s[evse] as number) && station.fault !== 'future'
        if (this.readings.session[evse] !== present || stale) return
        this.readings.power_kW[evse] = power_kW
        this.readings.measured_s[evse] = measured_s
        this.#touch(evse)
      })
    })
  }

  #shown_kW(evse: number): number {
    const station = this.station(evse)
    const { fault } = station
    if (fault === 'nothing') return Number.NaN
    if (fault === 'negative') return -50
    if (fault === 'spike') return 1e6
    if (fault !== 'frozen') station.shown_kW = this.draw_kW(evse)
    return station.shown_kW
  }

  #touch(evse: number): void {
    this.readings.touch(evse)
    this.#changed = true
  }

  #nextFate(): Fate {
    return this.#fates[this.#fate++ % this.#fates.length] ?? { delay_s: 1, again_s: 0, lost: false }
  }

  /** Sends a message to its fate. */
  #post(evse: number, arrives: () => void): void {
    const { delay_s, again_s, lost } = this.#nextFate()
    if (lost || this.station(evse).offline) return
    this.#at(this.now_s + delay_s, arrives)
    if (again_s > 0) this.#at(this.now_s + delay_s + again_s, arrives)
  }

  #at(at_s: number, happens: () => void): void {
    const event = { at_s, order: this.#order++, happens }
    const after = this.#events.findIndex((other) => other.at_s > at_s)
    if (after < 0) this.#events.push(event)
    else this.#events.splice(after, 0, event)
  }
}
