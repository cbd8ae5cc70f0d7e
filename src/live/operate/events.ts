import type { Coded } from '../../base/words/index.ts'
import type { OcppVersion } from '../ocpp/index.ts'
import type {
  AlarmRecord,
  CommandRecord,
  ReservationRecord,
  StationRecord,
  TokenRecord,
  TransactionRecord,
} from './ports.ts'
import type { ChargingNeeds, ConnectorStatus, EvseReading } from './views.ts'

interface AtStation {
  readonly stationId: string
  readonly at_ms: number
}

interface AtEvse extends AtStation {
  readonly evse: number
}

/** What happened, for whoever subscribes: the controller, the log, the streams of the API. Times are ours, not the station's. */
export type OperationEvent =
  | (AtStation & { readonly kind: 'connected'; readonly version: OcppVersion })
  | (AtStation & { readonly kind: 'disconnected' })
  /** It (re)started: what it was told before may be gone. */
  | (AtStation & { readonly kind: 'booted'; readonly station: StationRecord; readonly reason: string | null })
  | (AtStation & { readonly kind: 'station'; readonly station: StationRecord | null })
  | (AtEvse & {
      readonly kind: 'status'
      readonly connector: number
      readonly status: ConnectorStatus
      readonly error: string | null
    })
  | (AtEvse & { readonly kind: 'plugged'; readonly session: number })
  | (AtEvse & { readonly kind: 'unplugged' })
  | (AtEvse & { readonly kind: 'started' | 'updated' | 'ended'; readonly transaction: TransactionRecord })
  /** `evse` 0: at the supply of the station. */
  | (AtEvse & { readonly kind: 'reading'; readonly reading: EvseReading })
  | (AtEvse & { readonly kind: 'needs'; readonly needs: ChargingNeeds })
  /** The station tells of charging profiles or limits by itself: the message as it came. */
  | (AtEvse & { readonly kind: 'limits'; readonly action: string; readonly payload: unknown })
  | { readonly kind: 'token'; readonly at_ms: number; readonly idToken: string; readonly token: TokenRecord | null }
  | (AtStation & { readonly kind: 'reservation'; readonly reservation: ReservationRecord })
  | { readonly kind: 'alarm'; readonly at_ms: number; readonly alarm: AlarmRecord }
  | { readonly kind: 'command'; readonly at_ms: number; readonly command: CommandRecord }
  /** Something that could not be believed or was not as it should be; the message was answered all the same. */
  | (AtEvse & { readonly kind: 'doubt'; readonly doubt: Coded })
  /** Something on the wire: bad frames, repetitions, late answers. */
  | (AtStation & { readonly kind: 'wire'; readonly level: 'info' | 'warning' | 'error'; readonly event: Coded })

export type Listener = (event: OperationEvent) => void
