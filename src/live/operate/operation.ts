import { randomUUID } from 'node:crypto'
import type { Admission, PeerHandler, Verdict } from '../ocpp/index.ts'
import { type AlarmPlace, placeOfAlarm } from './alarms.ts'
import { carryOut } from './carry-out.ts'
import type { Command } from './commands.ts'
import { Desk, type DeskOptions } from './desk.ts'
import type { Contact } from './drivers/index.ts'
import type { Listener } from './events.ts'
import { handlerFor } from './handler.ts'
import { hashPassword, newPassword } from './passwords.ts'
import type {
  AlarmRecord,
  CommandOutcome,
  ReservationRecord,
  StationRecord,
  StoredState,
  TokenRecord,
  TransactionRecord,
} from './ports.ts'
import { admit, setRecord, stationOf, watchOffline } from './provisioning.ts'
import { Reservations } from './reservations.ts'
import { type Line, newStationRecord, Station } from './station.ts'
import { Ledger } from './transactions/ledger.ts'
import type { StationPlan, StationView } from './views.ts'

export interface OperationOptions extends DeskOptions {
  /** What the site names: these stations are accepted as soon as they boot. */
  readonly plans: readonly StationPlan[]
}

/** The management system: stations, who may charge, transactions, meters, alarms and what operators ask for. */
export class Operation {
  readonly #desk: Desk
  readonly #ledger: Ledger
  readonly #reservations: Reservations

  private constructor(options: OperationOptions, stored: StoredState) {
    this.#desk = new Desk(options, stored)
    this.#ledger = new Ledger(this.#desk, stored.lastTransactionNumber)
    this.#reservations = new Reservations(this.#desk, stored.reservations)
    this.#placeStations(options.plans, stored)
    for (const station of this.#desk.stations.values()) watchOffline(this.#desk, station)
    for (const record of stored.active) this.#ledger.restore(stationOf(this.#desk, record.stationId), record)
  }

  /** Goes on from what the store holds. */
  static async open(options: OperationOptions): Promise<Operation> {
    return new Operation(options, await options.store.load())
  }

  /** Whether a station may connect. */
  admit(admission: Admission): Promise<Verdict> {
    return Promise.resolve(admit(this.#desk, admission))
  }

  /** A station is connected: what answers it. The newest connection of a station is the one that counts. */
  connected(line: Line): PeerHandler {
    const station = stationOf(this.#desk, line.stationId)
    return handlerFor(this.#contact(station, line))
  }

  /** The connection to a station; null: it is not connected, or not known. */
  line(stationId: string): Line | null {
    return this.#desk.stations.get(stationId)?.line ?? null
  }

  stations(): readonly StationView[] {
    return [...this.#desk.stations.values()].map((station) => station.view())
  }

  station(stationId: string): StationView | null {
    return this.#desk.stations.get(stationId)?.view() ?? null
  }

  /** What a station told of itself in reports (2.x), `Component@evse/connector.Variable`. */
  variables(stationId: string): ReadonlyMap<string, string> {
    return this.#desk.stations.get(stationId)?.variables ?? new Map()
  }

  /** Transactions under way. */
  transactions(): readonly TransactionRecord[] {
    return this.#ledger.active()
  }

  alarms(): readonly AlarmRecord[] {
    return this.#desk.alarms.all()
  }

  reservations(): readonly ReservationRecord[] {
    return this.#reservations.all()
  }

  tokens(): readonly TokenRecord[] {
    return this.#desk.tokens.all()
  }

  /** Hears of all that happens; the answer ends that. */
  subscribe(listener: Listener): () => void {
    return this.#desk.subscribe(listener)
  }

  /** Asks a station for something, for `by`; what was asked and what came of it is written down. */
  async command(by: string, command: Command): Promise<CommandOutcome> {
    const outcome = await carryOut(this.#desk, this.#ledger, this.#reservations, command)
    const { name, ...params } = command
    const stationId = this.#stationOfCommand(command)
    const at_ms = this.#desk.now_ms()
    const record = { id: randomUUID(), by, name, stationId, params, outcome }
    await this.#desk.append([{ kind: 'command', at_ms, command: record }])
    this.#desk.emit({ kind: 'command', at_ms, command: record })
    return outcome
  }

  /** Lets a station in from the lobby, or keeps it out. False: no such station. */
  async decide(stationId: string, state: 'accepted' | 'rejected'): Promise<boolean> {
    const station = this.#desk.stations.get(stationId)
    if (!station) return false
    const isNews = station.record.state !== state
    await setRecord(this.#desk, station, { state, ...(isNews ? { booted_ms: null } : {}) })
    this.#desk.clear({ code: 'alarm.lobby', stationId, evse: null })
    if (isNews) station.line?.call('TriggerMessage', { requestedMessage: 'BootNotification' }).catch(() => {})
    return true
  }

  /** Forgets a station the site does not name. False: no such station, or it is part of the site. */
  async forget(stationId: string): Promise<boolean> {
    const station = this.#desk.stations.get(stationId)
    if (!station || station.plan) return false
    station.line?.close(1008, 'forgotten')
    this.#desk.stations.delete(stationId)
    const at_ms = this.#desk.now_ms()
    this.#desk.clear({ code: 'alarm.lobby', stationId, evse: null })
    this.#desk.clear({ code: 'alarm.offline', stationId, evse: null })
    await this.#desk.append([{ kind: 'stationForgotten', at_ms, stationId }])
    this.#desk.emit({ kind: 'station', stationId, at_ms, station: null })
    return true
  }

  /**
   * Makes a password for a station that does not connect by its own yet, and answers it: it is not kept. From now on the
   * station has to give it. Null: no such station.
   */
  async renewPassword(stationId: string): Promise<string | null> {
    const password = newPassword()
    return (await this.#change(stationId, { passwordHash: hashPassword(password) })) ? password : null
  }

  /** Lets a station connect without a password again. False: no such station. */
  dropPassword(stationId: string): Promise<boolean> {
    return this.#change(stationId, { passwordHash: null })
  }

  /** Keeps what a probe found. False: no such station. */
  setCapabilities(stationId: string, capabilities: StationRecord['capabilities']): Promise<boolean> {
    return this.#change(stationId, { capabilities })
  }

  async putToken(token: TokenRecord): Promise<void> {
    const at_ms = this.#desk.now_ms()
    await this.#desk.append([{ kind: 'token', at_ms, token }])
    this.#desk.tokens.put(token)
    this.#desk.emit({ kind: 'token', at_ms, idToken: token.idToken, token })
  }

  /** False: there was none. */
  async removeToken(idToken: string): Promise<boolean> {
    const token = this.#desk.tokens.all().find((one) => one.idToken === idToken)
    if (!token) return false
    const at_ms = this.#desk.now_ms()
    await this.#desk.append([{ kind: 'tokenRemoved', at_ms, idToken }])
    this.#desk.tokens.remove(token.idToken, token.type)
    this.#desk.emit({ kind: 'token', at_ms, idToken, token: null })
    return true
  }

  /** Somebody has seen an alarm. Null: it does not stand. */
  async acknowledge(id: string, by: string): Promise<AlarmRecord | null> {
    const alarm = this.#desk.alarms.acknowledge(id, by)
    if (!alarm) return null
    const at_ms = this.#desk.now_ms()
    await this.#desk.append([{ kind: 'alarm', at_ms, alarm }])
    this.#desk.emit({ kind: 'alarm', at_ms, alarm })
    // What happened once is over when somebody knows of it.
    if (alarm.code === 'alarm.security') this.#desk.clear(placeOfAlarm(alarm))
    return alarm
  }

  /** Raises or clears an alarm of another part of the living hub. */
  alarm(place: AlarmPlace, stands: boolean, params: AlarmRecord['params'] = {}): void {
    this.#desk.keep(place, stands, params)
  }

  /** Who answers stations of 2.1 that ask for their dynamic schedule. */
  answerDynamicSchedules(answer: Desk['dynamicSchedule']): void {
    this.#desk.dynamicSchedule = answer
  }

  /** The server ends: no alarm is raised and nobody is asked any more. */
  close(): void {
    this.#desk.close()
  }

  #contact(station: Station, line: Line): Contact {
    return { desk: this.#desk, ledger: this.#ledger, reservations: this.#reservations, station, line }
  }

  #placeStations(plans: readonly StationPlan[], stored: StoredState): void {
    const planned = new Map(plans.map((plan) => [plan.stationId, plan]))
    for (const record of stored.stations) {
      const plan = planned.get(record.stationId) ?? null
      const state = plan && record.state === 'pending' ? 'accepted' : record.state
      this.#desk.stations.set(record.stationId, new Station({ ...record, state }, plan))
    }
    for (const plan of plans) {
      if (this.#desk.stations.has(plan.stationId)) continue
      this.#desk.stations.set(plan.stationId, new Station(newStationRecord(plan.stationId, 'accepted'), plan))
    }
  }

  async #change(stationId: string, change: Partial<StationRecord>): Promise<boolean> {
    const station = this.#desk.stations.get(stationId)
    if (!station) return false
    await setRecord(this.#desk, station, change)
    return true
  }

  #stationOfCommand(command: Command): string | null {
    if ('stationId' in command) return command.stationId
    if (command.name === 'stop') return this.#ledger.byRecordId(command.transaction)?.key.stationId ?? null
    return this.#reservations.find(command.reservation)?.stationId ?? null
  }
}
