import type { TokenType } from './world.ts'

export interface Token {
  readonly idToken: string
  readonly tokenType: TokenType
}

/** What a meter showed, rounded as the station shows it; null: it does not. */
export interface Reading {
  readonly at_ms: number
  readonly power_W: number
  readonly energy_Wh: number
  readonly current_A: number | null
  readonly voltage_V: number | null
  readonly soc_frac: number | null
  readonly cable_degC: number | null
  readonly offered_W: number | null
}

export type ChargingState = 'connected' | 'charging' | 'suspendedVehicle' | 'suspendedStation' | 'idle'
export type Trigger =
  | 'authorized'
  | 'remoteStart'
  | 'periodic'
  | 'state'
  | 'trigger'
  | 'departed'
  | 'remoteStop'
  | 'deauthorized'
  | 'reset'
  | 'abnormal'
export type StopReason = 'vehicle' | 'remote' | 'deauthorized' | 'reset' | 'powerLoss' | 'fault'

/** A transaction as the station has it. */
export interface Transaction {
  /** Of the station; in 1.6 nobody else knows it. */
  readonly id: string
  /** Number given by the management system in 1.6; null: not yet. */
  wireId: number | null
  readonly token: Token
  readonly evse: number
  readonly connector: number
  readonly started_ms: number
  readonly start_Wh: number
  readonly remoteStartId: number | null
  readonly reservationId: number | null
  nextSeqNo: number
  state: ChargingState
  isOver: boolean
}

/** Something about a transaction that the management system has to hear, sooner or later. */
export interface Note {
  readonly kind: 'started' | 'updated' | 'ended'
  readonly transaction: Transaction
  readonly seqNo: number
  readonly at_ms: number
  readonly trigger: Trigger
  readonly state: ChargingState
  readonly reading: Reading | null
  readonly reason: StopReason | null
  /** It happened while there was no connection. */
  readonly isOffline: boolean
}
