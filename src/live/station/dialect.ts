import type { Answer, JsonObject, OcppVersion } from '../ocpp/index.ts'
import type { Device } from './device.ts'
import type { Note, Reading, Token, Transaction } from './notes.ts'
import type { Request } from './outbox.ts'

export type BootReason = 'powerUp' | 'remoteReset' | 'triggered' | 'unknown'

export type PlugStatus =
  | 'available'
  | 'preparing'
  | 'charging'
  | 'suspendedVehicle'
  | 'suspendedStation'
  | 'finishing'
  | 'reserved'
  | 'unavailable'
  | 'faulted'

export interface Identity {
  readonly vendor: string
  readonly model: string
  readonly firmware: string
  readonly serial: string
}

export interface BootAnswer {
  readonly status: 'accepted' | 'pending' | 'rejected'
  readonly interval_s: number | null
  readonly now_ms: number | null
}

/** Where a plug is: its EVSE and its number there. */
export interface PlugAt {
  readonly evse: number
  readonly connector: number
}

/** How a version of OCPP says what a station has to say, and what it means by what it asks. */
export interface Dialect {
  readonly version: OcppVersion
  boot(about: Identity, reason: BootReason): Request
  readBoot(payload: JsonObject): BootAnswer
  /** Time the answer to a heartbeat tells. */
  readTime_ms(payload: JsonObject): number | null
  /** With what is wrong though it goes on; 2.x tells that apart (`trouble`). */
  status(at: PlugAt, status: PlugStatus, now_ms: number, trouble: string | null): Request
  /** Something is wrong at a plug, or, as null, no longer; null: the status of this version says so. */
  trouble(at: PlugAt, trouble: string | null, now_ms: number): Request | null
  authorize(token: Token): Request
  /** Whether the answer lets the token charge; null: the answer does not say. */
  readVerdict(payload: JsonObject): boolean | null
  /** Message for a note; null: this version tells it otherwise or not at all. */
  message(note: Note): Request | null
  /** Takes from the answer what the transaction needs later. */
  learn(transaction: Transaction, payload: JsonObject): void
  /** Readings outside of transactions, because somebody asked. */
  meterValues(at: PlugAt, reading: Reading): Request
  /** What a vehicle needs; null: this version has no message for it. */
  needs(evse: number, departure_ms: number): Request | null
  /** Answers a CALL. */
  answer(device: Device, action: string, payload: JsonObject): Answer | null
}
