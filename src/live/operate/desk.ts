import type { Code, Coded } from '../../base/words/index.ts'
import type { Catalogue } from '../../hub/standards/index.ts'
import type { Clock } from '../clock/index.ts'
import { type AlarmPlace, Alarms } from './alarms.ts'
import type { Listener, OperationEvent } from './events.ts'
import type { AlarmRecord, JournalEvent, OperateStore, StoredState } from './ports.ts'
import type { Station } from './station.ts'
import { type TokenSource, Tokens, type UnknownTokens } from './tokens.ts'

/** How the management system treats its stations. Each has a default. */
export interface OperationSettings {
  /** A station the site does not name: waits in the lobby, or is turned away. */
  readonly strangers: 'lobby' | 'refuse'
  readonly unknownTokens: UnknownTokens
  /** Whether one token may run several transactions at once. */
  readonly concurrentTransactions: 'refuse' | 'accept'
  /** Interval between heartbeats, told with an accepted boot. */
  readonly heartbeat_s: number
  /** When a station in the lobby, and one that was rejected, asks again. */
  readonly pending_s: number
  readonly rejected_s: number
  /** A station out of reach for so long is an alarm. */
  readonly offlineAlarm_s: number
  /** A clock that is off by more is an alarm. */
  readonly clockAlarm_s: number
  /** Stations that may wait in the lobby. */
  readonly mostPending: number
  /** How long a station has to answer a command. */
  readonly commandTimeout_s: number
}

export const defaultOperationSettings: OperationSettings = {
  strangers: 'lobby',
  unknownTokens: 'refuse',
  concurrentTransactions: 'refuse',
  heartbeat_s: 300,
  pending_s: 60,
  rejected_s: 3600,
  offlineAlarm_s: 120,
  clockAlarm_s: 30,
  mostPending: 100,
  commandTimeout_s: 30,
}

export interface DeskOptions {
  readonly store: OperateStore
  readonly clock: Clock
  /** For what stations say of their connectors; null: that is not looked at. */
  readonly catalogue: Catalogue | null
  readonly settings?: Partial<OperationSettings>
  /** Asked for tokens nobody has entered; null: it does not know it either. */
  readonly tokens?: TokenSource
  /** Something went wrong that is ours; without it, it is thrown. */
  readonly failed?: (error: unknown, where: string) => void
}

const rethrow = (error: unknown): never => {
  throw error
}

/** What all parts of the operation share: the store, the clock, who is known, who listens. */
export class Desk {
  readonly store: OperateStore
  readonly clock: Clock
  readonly catalogue: Catalogue | null
  readonly settings: OperationSettings
  readonly tokens: Tokens
  readonly alarms: Alarms
  readonly stations = new Map<string, Station>()
  /** Whoever controls charging answers stations of 2.1 that ask for their dynamic schedule; null: there is none. */
  dynamicSchedule: (stationId: string, chargingProfileId: number) => object | null = () => null
  readonly #failed: (error: unknown, where: string) => void
  readonly #listeners = new Set<Listener>()
  #lastNumber = 0
  #hasFailed = false
  readonly #timers = new Set<() => void>()
  #isClosed = false

  constructor(options: DeskOptions, stored: StoredState) {
    this.store = options.store
    this.clock = options.clock
    this.#failed = options.failed ?? rethrow
    this.catalogue = options.catalogue
    this.settings = { ...defaultOperationSettings, ...options.settings }
    this.tokens = new Tokens(stored.tokens, this.settings.unknownTokens, options.tokens)
    this.alarms = new Alarms(stored.alarms)
  }

  /** Whole milliseconds. */
  now_ms(): number {
    return Math.floor(this.clock.now_ms())
  }

  /** A number for what is asked of a station: it rises over restarts too. */
  nextNumber(): number {
    this.#lastNumber = Math.max(this.#lastNumber + 1, Math.floor(this.now_ms() / 1000))
    return this.#lastNumber
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What fails in one who listens is told, and touches neither the station nor the others. */
  emit(event: OperationEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#failed(error, `listener of ${event.kind}`)
      }
    }
  }

  /** Writes events down; done once they are durable. Rejects when the store cannot, having raised an alarm. */
  async append(events: readonly JournalEvent[]): Promise<void> {
    try {
      await this.store.append(events)
    } catch (error) {
      this.#storeFailed(error)
      throw error
    }
    this.#storeWorks()
  }

  /** Writes events down that nobody waits for. */
  note(events: readonly JournalEvent[]): void {
    this.append(events).catch(() => {})
  }

  /** Calls back so much later, unless the operation is closed by then. */
  after(delay_ms: number, ring: () => void): void {
    if (this.#isClosed) return
    const cancel = this.clock.after(delay_ms, () => {
      this.#timers.delete(cancel)
      ring()
    })
    this.#timers.add(cancel)
  }

  /** Nothing rings any more. */
  close(): void {
    this.#isClosed = true
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }

  /** Tells that something could not be believed. */
  doubt(station: Station, evse: number, doubt: Coded): void {
    this.emit({ kind: 'doubt', stationId: station.stationId, evse, at_ms: this.now_ms(), doubt })
  }

  raise(place: AlarmPlace, params: AlarmRecord['params'] = {}): void {
    this.#alarm(this.alarms.raise(place, params, this.now_ms()))
  }

  clear(place: AlarmPlace): void {
    this.#alarm(this.alarms.clear(place, this.now_ms()))
  }

  /** Raises or clears. */
  keep(place: AlarmPlace, stands: boolean, params: AlarmRecord['params'] = {}): void {
    if (stands) this.raise(place, params)
    else this.clear(place)
  }

  #alarm(alarm: AlarmRecord | null): void {
    if (!alarm) return
    const at_ms = this.now_ms()
    this.emit({ kind: 'alarm', at_ms, alarm })
    this.note([{ kind: 'alarm', at_ms, alarm }])
  }

  /** Not written down: that is just what fails. */
  #storeFailed(error: unknown): void {
    this.#hasFailed = true
    const message = error instanceof Error ? error.message : String(error)
    const alarm = this.alarms.raise(storeAlarm, { error: message }, this.now_ms())
    if (alarm) this.emit({ kind: 'alarm', at_ms: this.now_ms(), alarm })
  }

  #storeWorks(): void {
    if (!this.#hasFailed) return
    this.#hasFailed = false
    const alarm = this.alarms.clear(storeAlarm, this.now_ms())
    if (alarm) this.emit({ kind: 'alarm', at_ms: this.now_ms(), alarm })
  }
}

const storeCode: Code = 'alarm.store'
const storeAlarm: AlarmPlace = { code: storeCode, stationId: null, evse: null }
