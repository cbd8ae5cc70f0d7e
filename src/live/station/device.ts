import type { OcppVersion } from '../ocpp/index.ts'
import type { PlugAt } from './dialect.ts'
import type { Token } from './notes.ts'
import type { Request } from './outbox.ts'
import type { Criteria, Profile, RateUnit, Refusal, Stretch } from './profiles/index.ts'
import type { SettingRow } from './settings.ts'

export interface StartAsked {
  /** null: wherever there is one. */
  readonly evse: number | null
  readonly token: Token
  readonly remoteStartId: number | null
  /** For the transaction that is to begin. */
  readonly profile: Profile | null
}

export interface ReserveAsked {
  readonly id: number
  /** 0: any. */
  readonly evse: number
  readonly idToken: string
  readonly expires_ms: number
}

export type ReserveStatus = 'accepted' | 'occupied' | 'unavailable' | 'faulted' | 'rejected'

export type ProfileAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly refusal: Refusal | null }
  | { readonly kind: 'mute' }

/** What a management system can have a station do, whichever version it says it in. */
export interface Device {
  readonly version: OcppVersion
  /** Time by the clock of the station. */
  now_ms(): number
  /** Connectors of each EVSE, first to last. */
  readonly connectors: readonly (readonly string[])[]
  setProfile(profile: Profile): ProfileAnswer
  findProfiles(criteria: Criteria): readonly Profile[]
  clearProfiles(criteria: Criteria): number
  /** False: there is no such dynamic profile. */
  updateProfile(id: number, limit: number): boolean
  composite(evse: number, duration_s: number): { readonly start_ms: number; readonly stretches: readonly Stretch[] }
  /** A limit in the unit asked for. */
  rateOf(limit_kW: number, unit: RateUnit): number
  remoteStart(asked: StartAsked): boolean
  /** By the id the management system knows. */
  remoteStop(isMeant: (id: string, wireId: number | null) => boolean): boolean
  transactionAt(evse: number): string | null
  reset(evse: number | null, isAtOnce: boolean): 'accepted' | 'scheduled' | 'rejected'
  unlock(at: PlugAt): 'unlocked' | 'ongoing' | 'unknown'
  setAvailable(
    at: { readonly evse: number | null; readonly connector: number | null },
    isOperative: boolean,
  ): 'accepted' | 'scheduled' | 'rejected'
  reserve(asked: ReserveAsked): ReserveStatus
  cancelReservation(id: number): boolean
  /** Transaction messages that wait to be sent. */
  readonly waiting: number
  readonly localListVersion: number
  /** `verdicts`: null takes a token off the list. */
  setLocalList(version: number, isFull: boolean, verdicts: ReadonlyMap<string, boolean | null>): boolean
  readonly settings: readonly SettingRow[]
  setSetting(row: SettingRow, value: string): boolean
  /** Sends what was asked for; false: there is nothing of that. */
  trigger(message: 'boot' | 'heartbeat' | 'status' | 'meter' | 'transaction', at: Partial<PlugAt>): boolean
  /** Sends a message once the answer to this one is out. */
  follow(requests: readonly Request[]): void
}
