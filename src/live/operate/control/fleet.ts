import type { Coded } from '../../../base/words/index.ts'
import type { HubDescription, Readings, Setpoints } from '../../../hub/controller/site/index.ts'
import type { Clock } from '../../clock/index.ts'
import type { OperationEvent } from '../events.ts'
import type { Operation } from '../operation.ts'
import type { TransactionRecord } from '../ports.ts'
import { askForMeters, type Commissioning, limitInForce_kW, probe, setStanding } from './commission.ts'
import { deliver, hasOtherVoltage } from './deliver.ts'
import { keptCapabilities } from './probe/capabilities.ts'
import type { Quirk } from './probe/quirks.ts'
import { spellingName } from './profiles/index.ts'
import type { ControlSettings } from './settings.ts'
import { type ControlledPlace, EvseControl, type Order, StationControl } from './state.ts'
import { changeSession, takeReading } from './take-reading.ts'

/** What the control needs of the management system. */
export type OperationPort = Pick<Operation, 'line' | 'station' | 'subscribe' | 'setCapabilities' | 'alarm'>

export interface FleetSetup {
  readonly hub: HubDescription
  readonly places: readonly ControlledPlace[]
  readonly operation: OperationPort
  readonly clock: Clock
  readonly settings: ControlSettings
  readonly quirks: readonly Quirk[]
  readonly readings: Readings
  readonly validity_s: number
  readonly clockError_s: number
  /** Index of a vehicle's curve in the description, -1: none. */
  readonly curveOf: (vehicle: string) => number
  /** Something was read that a decision should look at. */
  readonly news: () => void
}

/** The stations: what they tell goes into the readings, what was decided goes to them. */
export class Fleet {
  readonly evses: readonly EvseControl[]
  readonly #setup: FleetSetup
  readonly #stations = new Map<string, StationControl>()

  constructor(setup: FleetSetup) {
    this.#setup = setup
    this.evses = setup.hub.evses.flatMap((spec, index) => {
      const place = setup.places[index]
      return place ? [new EvseControl(index, place, spec)] : []
    })
    for (const evse of this.evses) this.#placeEvse(evse)
    for (const station of this.#stations.values()) this.#takeUp(station)
  }

  station(stationId: string): StationControl | null {
    return this.#stations.get(stationId) ?? null
  }

  evse(stationId: string, evse: number): EvseControl | null {
    return this.#stations.get(stationId)?.evse(evse) ?? null
  }

  /**
   * Kept free for EVSEs that may draw their rating whenever their last limit ends: their stations have no standing limit, and a
   * transaction runs, or may run unseen.
   */
  get unguarded_kW(): number {
    let sum_kW = 0
    for (const evse of this.evses) {
      const station = this.#stations.get(evse.place.stationId)
      if (evse.hasStanding || !station) continue
      const mayDraw = evse.transaction !== null || (station.isKnown && !this.#isOnline(station))
      if (mayDraw) sum_kW += evse.spec.rating_kW - evse.spec.default_kW
    }
    return sum_kW
  }

  get sessions(): number {
    return this.evses.filter(({ session }) => session > 0).length
  }

  /** Takes in what happened. */
  hear(event: OperationEvent): void {
    if (!('stationId' in event)) return
    const station = this.#stations.get(event.stationId ?? '')
    if (station) this.#hear(station, event)
  }

  /** Sends the commands of a decision. */
  send(setpoints: Setpoints): void {
    const { changed, changedCount } = setpoints
    for (let i = 0; i < changedCount; i++) {
      const evse = this.evses[changed[i] as number]
      if (!evse) continue
      const { index, session } = evse
      const number = setpoints.number[index] as number
      const limit_kW = setpoints.limit_kW[index] as number
      evse.lastNumber = number
      evse.pending = { number, limit_kW, until_s: setpoints.until_s[index] as number, session }
      this.#work(evse).catch(() => {})
    }
  }

  #placeEvse(evse: EvseControl): void {
    const { stationId } = evse.place
    const station = this.#stations.get(stationId) ?? new StationControl(stationId)
    this.#stations.set(stationId, station)
    station.evses.push(evse)
    this.#setup.readings.offline[evse.index] = 1
  }

  /** What stands when the control begins: kept capabilities, transactions under way, connections. */
  #takeUp(station: StationControl): void {
    const view = this.#setup.operation.station(station.stationId)
    if (!view) return
    const kept = keptCapabilities(view.capabilities)
    station.isKnown = view.booted_ms !== null
    if (kept) station.capabilities = kept
    for (const evse of station.evses) {
      evse.hasStanding = kept?.defaults_kW[evse.place.evse] === evse.spec.default_kW
      const told = view.evses.find((one) => one.evse === evse.place.evse)
      // A profile of an earlier life may be there, and overrules all that is not one.
      if (told?.transaction) this.#begin(evse, told.transaction)
    }
    if (view.online) this.#settle(station, false)
  }

  #isOnline({ stationId }: StationControl): boolean {
    return this.#setup.operation.line(stationId)?.isOpen ?? false
  }

  #hear(station: StationControl, event: OperationEvent): void {
    if (event.kind === 'connected') this.#settle(station, false)
    else if (event.kind === 'booted') this.#settle(station, true)
    else if (event.kind === 'disconnected') this.#disconnect(station)
    else if ('evse' in event) {
      const evse = station.evse(event.evse ?? 0)
      if (evse) this.#hearEvse(evse, event)
    }
  }

  #hearEvse(evse: EvseControl, event: OperationEvent): void {
    const { readings, news } = this.#setup
    if (event.kind === 'reading') {
      if (takeReading(readings, evse, event.reading)) news()
      this.#recount(evse)
    } else if (event.kind === 'started' || event.kind === 'updated') {
      if (evse.transaction?.transactionId !== event.transaction.transactionId) this.#look(evse)
    } else if (event.kind === 'ended') this.#look(evse)
    else if (event.kind === 'needs') {
      const { departure_ms } = event.needs
      readings.departure_s[evse.index] = departure_ms === null ? Number.POSITIVE_INFINITY : departure_ms / 1000
      readings.touch(evse.index)
      news()
    }
  }

  /** A limit in amperes is told anew when the voltage it was counted with is not the one there is. */
  #recount(evse: EvseControl): void {
    const order = evse.inAmperes?.order
    if (!order || evse.isBusy || order.number !== evse.lastNumber || !hasOtherVoltage(evse)) return
    evse.pending = order
    this.#work(evse).catch(() => {})
  }

  /** Which transaction is at the EVSE now: an event may be of one that is long over. */
  #look(evse: EvseControl): void {
    const view = this.#setup.operation.station(evse.place.stationId)
    const running = view?.evses.find((one) => one.evse === evse.place.evse)?.transaction ?? null
    if (running?.transactionId === evse.transaction?.transactionId) return
    if (evse.transaction !== null) this.#end(evse)
    if (running) this.#begin(evse, running)
  }

  #begin(evse: EvseControl, { transactionId, connector, vehicleId }: TransactionRecord): void {
    const { operation, readings, curveOf, news } = this.#setup
    const view = operation.station(evse.place.stationId)
    const told = view?.evses.find((one) => one.evse === evse.place.evse)
    const wire = told?.connectors.find((one) => one.connector === connector)?.wire ?? connector
    evse.transaction = { transactionId, wire }
    evse.hasProfile = false
    evse.refusals = 0
    evse.dynamic_s = null
    evse.voltage_V = Number.NaN
    evse.lastSession++
    if (this.#lingers(evse)) return
    evse.session = evse.lastSession
    changeSession(readings, evse)
    readings.curve[evse.index] = vehicleId === null ? -1 : curveOf(vehicleId)
    news()
  }

  #end(evse: EvseControl): void {
    evse.transaction = null
    evse.hasProfile = false
    evse.dynamic_s = null
    if (this.#lingers(evse)) this.#stopLingering(evse)
    else this.#toSession(evse)
  }

  #lingers({ lingers_ms }: EvseControl): boolean {
    return lingers_ms + this.#setup.clockError_s * 1000 > this.#setup.clock.now_ms()
  }

  /** A limit that outlives its transaction is taken back; until that is sure it counts as that of the session before. */
  #stopLingering(evse: EvseControl): void {
    const { clock, clockError_s } = this.#setup
    const over = (): void => {
      if (!this.#lingers(evse)) this.#toSession(evse)
    }
    clock.after(evse.lingers_ms - clock.now_ms() + clockError_s * 1000 + 1, over)
    const station = this.#stations.get(evse.place.stationId)
    const work = station && this.#commissioning(station, station.turn)
    if (!work) return
    setStanding(work, evse)
      .then((because) => {
        if (because !== null) return
        evse.lingers_ms = Number.NEGATIVE_INFINITY
        over()
      })
      .catch(() => {})
  }

  /** The session as the controller counts is the one that is there now. */
  #toSession(evse: EvseControl): void {
    const session = evse.transaction === null ? 0 : evse.lastSession
    if (evse.session === session) return
    evse.session = session
    evse.pending = null
    changeSession(this.#setup.readings, evse)
    this.#setup.news()
  }

  #disconnect(station: StationControl): void {
    station.turn++
    this.#setControlled(station, false)
    for (const evse of station.evses) evse.pending = null
  }

  #setControlled(station: StationControl, isControlled: boolean): void {
    const { readings, news } = this.#setup
    station.isControlled = isControlled
    for (const { index, hasStanding } of station.evses) {
      readings.offline[index] = isControlled && hasStanding ? 0 : 1
      readings.touch(index)
    }
    news()
  }

  /** A station is there (again): it is made ready once it had a moment. */
  #settle(station: StationControl, isBoot: boolean): void {
    const { clock, settings } = this.#setup
    station.turn++
    station.isKnown ||= isBoot
    this.#setControlled(station, false)
    const { turn } = station
    clock.after(settings.settle_ms, () => {
      const work = this.#commissioning(station, turn)
      if (work && work.view.state === 'accepted' && work.view.booted_ms !== null) {
        this.#commission(work, isBoot).catch(() => {})
      }
    })
  }

  #commissioning(station: StationControl, turn: number): Commissioning | null {
    const { operation, clock, settings, quirks } = this.#setup
    const line = operation.line(station.stationId)
    const view = operation.station(station.stationId)
    if (!line?.isOpen || !view || station.turn !== turn) return null
    const isCurrent = (): boolean => station.turn === turn && line.isOpen
    const now_ms = clock.now_ms() + (view.clockOff_ms ?? 0)
    return { station, view, line, now_ms, settings, quirks, isCurrent }
  }

  /** Asks a station what it can do, sets what it falls back to, and from then on it is controlled. */
  async #commission(work: Commissioning, isBoot: boolean): Promise<void> {
    const { station, view, settings } = work
    const before = station.capabilities
    if (isBoot || before.firmware === null || before.firmware !== view.firmware) {
      station.capabilities = await probe(work)
      await askForMeters(work)
    }
    if (!work.isCurrent()) return
    const { smartCharging } = station.capabilities
    const place = { code: 'alarm.noSmartCharging', stationId: station.stationId, evse: null } as const
    this.#setup.operation.alarm(place, !smartCharging, { station: station.stationId })
    if (smartCharging) await this.#guardAll(work, isBoot)
    if (!work.isCurrent()) return
    if (JSON.stringify(station.capabilities) !== JSON.stringify(before)) await this.#keep(station)
    if (!work.isCurrent()) return
    this.#setControlled(station, smartCharging)
    if (smartCharging) this.#guardLater(station, settings.retry_ms)
  }

  /** What has no standing limit yet is tried again at growing intervals, for as long as the station is there. */
  #guardLater(station: StationControl, wait_ms: number): void {
    const { clock, settings } = this.#setup
    const { turn } = station
    if (station.evses.every(({ hasStanding }) => hasStanding)) return
    clock.after(wait_ms, () => {
      const work = this.#commissioning(station, turn)
      if (!work) return
      this.#guardAll(work, false)
        .then(async () => {
          if (!work.isCurrent()) return
          await this.#keep(station)
          this.#setControlled(station, true)
          this.#guardLater(station, Math.min(2 * wait_ms, settings.longestRetry_ms))
        })
        .catch(() => {})
    })
  }

  async #guardAll(work: Commissioning, isBoot: boolean): Promise<void> {
    for (const evse of work.station.evses) {
      if (!work.isCurrent()) return
      if (isBoot || !evse.hasStanding) await this.#guard(work, evse)
      await this.#learnInForce(work, evse)
    }
  }

  async #guard(work: Commissioning, evse: EvseControl): Promise<void> {
    const { stationId } = work.station
    const because = await setStanding(work, evse)
    if (!work.isCurrent()) return
    evse.hasStanding = because === null
    this.#alarm({ code: 'alarm.noStandingLimit', stationId, evse: evse.place.evse }, because)
  }

  #alarm(place: Parameters<OperationPort['alarm']>[0], because: Coded | null): void {
    const params = { station: place.stationId ?? '', evse: place.evse ?? 0, because: because?.code ?? '' }
    this.#setup.operation.alarm(place, because !== null, { ...params, ...detailOf(because) })
  }

  /** Before the controller has sent anything, what is in force at a running transaction is better known than guessed. */
  async #learnInForce(work: Commissioning, evse: EvseControl): Promise<void> {
    const { readings, validity_s, clock } = this.#setup
    if ((readings.confirmed[evse.index] as number) > 0) return
    const until_s = clock.now_ms() / 1000 + validity_s
    const limit_kW = evse.transaction ? await limitInForce_kW(work, evse, validity_s) : evse.spec.default_kW
    if (limit_kW === null || !work.isCurrent() || (readings.confirmed[evse.index] as number) > 0) return
    evse.hasProfile = evse.transaction !== null
    this.#confirm(evse, { number: 1, limit_kW: Math.min(limit_kW, evse.spec.rating_kW), until_s })
  }

  #confirm({ index }: EvseControl, command: Pick<Order, 'number' | 'limit_kW' | 'until_s'>): void {
    const { readings, news } = this.#setup
    if (!(command.number > (readings.confirmed[index] as number))) return
    readings.confirmed[index] = command.number
    readings.confirmed_kW[index] = command.limit_kW
    readings.confirmedUntil_s[index] = command.until_s
    readings.touch(index)
    news()
  }

  async #keep({ stationId, capabilities }: StationControl): Promise<void> {
    await this.#setup.operation.setCapabilities(stationId, { ...capabilities })
  }

  /** One command at a time is under way for an EVSE; of those that wait the youngest counts. */
  async #work(evse: EvseControl): Promise<void> {
    if (evse.isBusy) return
    evse.isBusy = true
    try {
      while (evse.pending) {
        const order = evse.pending
        evse.pending = null
        await this.#deliver(evse, order)
      }
    } finally {
      evse.isBusy = false
    }
  }

  async #deliver(evse: EvseControl, order: Order): Promise<void> {
    const { operation, clock, settings } = this.#setup
    const station = this.#stations.get(evse.place.stationId)
    const line = operation.line(evse.place.stationId)
    if (!station?.isControlled || !line?.isOpen || order.session !== evse.session) return
    if (evse.transaction === null && !this.#lingers(evse)) {
      // Without a transaction nothing but the standing limit is there.
      this.#confirm(evse, { ...order, limit_kW: Math.max(order.limit_kW, evse.spec.default_kW) })
      return
    }
    const clockOff_ms = operation.station(station.stationId)?.clockOff_ms ?? 0
    const before = station.spelling
    const delivered = await deliver({ station, evse, line, clockOff_ms, clock, settings }, order)
    if (delivered.kind === 'nothing') return
    const place = { code: 'alarm.limitRefused', stationId: station.stationId, evse: evse.place.evse } as const
    this.#alarm(place, delivered.kind === 'refused' ? evse.refusal : null)
    if (delivered.kind !== 'taken') return
    if (order.session === evse.session) this.#confirm(evse, { ...order, limit_kW: delivered.limit_kW })
    if (station.spelling !== before) await this.#learn(station)
  }

  async #learn(station: StationControl): Promise<void> {
    const spelling = station.spelling === null ? null : spellingName(station.spelling)
    if (station.capabilities.spelling === spelling) return
    station.capabilities = { ...station.capabilities, spelling }
    await this.#keep(station)
  }
}

function detailOf(because: Coded | null): Readonly<Record<string, string | number>> {
  const entries = Object.entries(because?.params ?? {})
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
}
