import type { JsonObject } from '../../ocpp/index.ts'

/** Purposes a station can keep profiles for; 2.1 knows more of them, which a virtual station refuses. */
export type Purpose = 'external' | 'stationMax' | 'txDefault' | 'tx'
export type Kind = 'absolute' | 'recurring' | 'relative' | 'dynamic'
export type RateUnit = 'W' | 'A'

/** From `from_s` after the start of the schedule on, until the next one. */
export interface Period {
  readonly from_s: number
  /** In the unit of the schedule; null: not told (2.1 only). */
  readonly limit: number | null
  /** null: not told, all there are. */
  readonly phases: number | null
}

/** A charging profile of any version of OCPP. */
export interface Profile {
  readonly id: number
  /** 0: the station as a whole. */
  readonly evse: number
  readonly stackLevel: number
  readonly purpose: Purpose
  readonly kind: Kind
  readonly recurrency: 'daily' | 'weekly' | null
  readonly validFrom_ms: number | null
  readonly validTo_ms: number | null
  readonly transactionId: string | null
  readonly unit: RateUnit
  readonly start_ms: number | null
  readonly duration_s: number | null
  readonly periods: readonly Period[]
  /** When the station got it; a dynamic one: when its limit was last told. */
  readonly told_ms: number
  /** How often a dynamic profile's limit is asked for; null: the other side sends it. */
  readonly pull_s: number | null
  /** Suspended once the station has been offline for longer (2.1). */
  readonly maxOffline_s: number | null
  /** What else came with it and matters only to whether it is taken. */
  readonly given: Given
}

/** Facts about the message that rules ask for. */
export interface Given {
  /** Purpose as it was spelled. */
  readonly purpose: string
  readonly schedules: number
  readonly hasPhaseToUse: boolean
  /** Given up for good once suspended for want of a connection. */
  readonly dropsOffline: boolean
  /** The profile as it came, for reports. */
  readonly raw: JsonObject
}
