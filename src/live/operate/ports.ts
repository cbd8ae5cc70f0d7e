import type { OcppVersion } from '../ocpp/index.ts'

/**
 * What the living hub asks of a store. Everything is written by one process. `append` answers when the events are durable: what a
 * station was told is stored survives the loss of power. Events of one tick are written together (group commit).
 */
export interface OperateStore {
  /** Appends events to the journal, all or none, and brings the tables up to date that are read from. */
  append(events: readonly JournalEvent[]): Promise<void>
  /** Meter values may wait up to a second and are lost at most with that second. */
  meter(rows: readonly MeterRow[]): void
  /** What is needed to go on after a restart. */
  load(): Promise<StoredState>
  /** The newest transaction of a station with this id on the wire, also when it ended long ago; null: none. */
  transaction(stationId: string, transactionId: string): Promise<TransactionRecord | null>
  /** The decision log of the site controller: entries of `DecisionRecorder`, grouped by run of a controller. */
  decisions(run: DecisionRun, entries: readonly DecisionEntry[]): void
}

/** All of what happened, as facts. Times are milliseconds since 1970, UTC. */
export type JournalEvent =
  | { readonly kind: 'station'; readonly at_ms: number; readonly station: StationRecord }
  | { readonly kind: 'stationForgotten'; readonly at_ms: number; readonly stationId: string }
  | {
      readonly kind: 'transaction'
      readonly at_ms: number
      readonly transaction: TransactionRecord
      readonly seqNo: number | null
    }
  | { readonly kind: 'token'; readonly at_ms: number; readonly token: TokenRecord }
  | { readonly kind: 'tokenRemoved'; readonly at_ms: number; readonly idToken: string }
  | { readonly kind: 'reservation'; readonly at_ms: number; readonly reservation: ReservationRecord }
  | { readonly kind: 'setting'; readonly at_ms: number; readonly name: string; readonly value: unknown }
  | { readonly kind: 'alarm'; readonly at_ms: number; readonly alarm: AlarmRecord }
  | { readonly kind: 'command'; readonly at_ms: number; readonly command: CommandRecord }

export interface StationRecord {
  readonly stationId: string
  /** `pending`: in the lobby, until somebody accepts it or the site file names it. */
  readonly state: 'pending' | 'accepted' | 'rejected'
  readonly version: OcppVersion | null
  readonly vendor: string | null
  readonly model: string | null
  readonly serial: string | null
  readonly firmware: string | null
  readonly booted_ms: number | null
  /** Hash of the password of HTTP Basic; null: none is asked for. */
  readonly passwordHash: string | null
  /** What a probe of its smart charging found, by name; null: not probed. */
  readonly capabilities: Readonly<Record<string, unknown>> | null
}

export interface TransactionRecord {
  /** Id of the store, ours. */
  readonly id: string
  /** Id on the wire: of the station (2.x) or the number we gave (1.6). */
  readonly transactionId: string
  readonly stationId: string
  readonly evse: number
  readonly connector: number
  readonly idToken: string | null
  readonly tokenType: string | null
  readonly vehicleId: string | null
  readonly state: 'active' | 'ended'
  readonly started_ms: number
  readonly ended_ms: number | null
  readonly start_Wh: number | null
  readonly last_Wh: number | null
  readonly energy_Wh: number
  readonly stopReason: string | null
  readonly lastSeqNo: number | null
  /** Codes of what is doubtful: gaps, events out of order, counters that went back, clocks that were off. */
  readonly doubts: readonly string[]
  /** What is needed to take further events of it, in whatever order they come: to be kept as it is. */
  readonly detail: TransactionDetail
}

/** Plain data for JSON. */
export interface TransactionDetail {
  /** Sequence numbers that came, as ranges. */
  readonly seen: readonly (readonly [from: number, to: number])[]
  /** Register readings the energy follows from: 0 begin, 1 between, 2 end; milliseconds; Wh. */
  readonly points: readonly (readonly [rank: number, at_ms: number, energy_Wh: number])[]
  /** Facts with the place in the order of events they come from: the first that tells counts. */
  readonly facts: Readonly<Record<string, readonly [seqNo: number, at_ms: number, value: string]>>
  /** Codes of doubts that follow from no other field. */
  readonly doubts: readonly string[]
}

export interface MeterRow {
  readonly at_ms: number
  readonly stationId: string
  readonly evse: number
  readonly transaction: string | null
  readonly power_W: number | null
  readonly energy_Wh: number | null
  readonly current_A: number | null
  readonly voltage_V: number | null
  readonly soc_frac: number | null
}

export interface TokenRecord {
  readonly idToken: string
  readonly type: string
  readonly group: string | null
  readonly status: 'accepted' | 'blocked' | 'expired'
  readonly expires_ms: number | null
  /** Vehicle of the catalogue that comes with it, if known. */
  readonly vehicle: string | null
}

export interface ReservationRecord {
  readonly id: number
  readonly stationId: string
  /** 0: any of the station. */
  readonly evse: number
  readonly idToken: string
  readonly expires_ms: number
  readonly state: 'asked' | 'held' | 'refused' | 'used' | 'cancelled' | 'expired'
}

export interface AlarmRecord {
  readonly id: string
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  readonly stationId: string | null
  readonly evse: number | null
  readonly raised_ms: number
  readonly cleared_ms: number | null
  readonly acknowledgedBy: string | null
}

/** Who asked what, and what came of it. */
export interface CommandRecord {
  readonly id: string
  readonly by: string
  readonly name: string
  readonly stationId: string | null
  readonly params: Readonly<Record<string, unknown>>
  readonly outcome: CommandOutcome
}

export type CommandOutcome =
  | { readonly kind: 'accepted'; readonly details?: Readonly<Record<string, unknown>> }
  | { readonly kind: 'rejected'; readonly reason: string; readonly params?: Readonly<Record<string, string | number>> }
  | { readonly kind: 'timeout'; readonly after_s: number }
  | { readonly kind: 'offline' }
  /** The station's version or its own answer says that it cannot do that. */
  | { readonly kind: 'notSupported' }

export interface DecisionRun {
  readonly id: string
  readonly started_ms: number
  /** The hub as it was described to the controller, and snapshot bytes it started from, null: fresh. */
  readonly hub: unknown
  readonly settings: unknown
  readonly engineVersion: string
  readonly snapshot: Uint8Array | null
}

export interface DecisionEntry {
  readonly at_ms: number
  readonly bytes: Uint8Array
}

export interface StoredState {
  readonly stations: readonly StationRecord[]
  readonly active: readonly TransactionRecord[]
  readonly tokens: readonly TokenRecord[]
  readonly reservations: readonly ReservationRecord[]
  readonly alarms: readonly AlarmRecord[]
  readonly settings: Readonly<Record<string, unknown>>
  /** Highest number given to a transaction of 1.6 so far. */
  readonly lastTransactionNumber: number
}
