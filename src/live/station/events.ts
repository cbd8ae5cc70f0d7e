import type { Coded } from '../../base/words/index.ts'
import type { OcppVersion } from '../ocpp/index.ts'

interface AtStation {
  readonly at_ms: number
  readonly stationId: string
}

interface AtEvse extends AtStation {
  readonly evse: number
}

/** What a virtual station tells of itself. */
export type StationEvent =
  | (AtStation & { readonly kind: 'connected'; readonly version: OcppVersion })
  | (AtStation & { readonly kind: 'accepted' | 'disconnected' | 'rebooted' })
  | (AtStation & { readonly kind: 'notConnected'; readonly because: Coded; readonly again_s: number })
  | (AtEvse & { readonly kind: 'plugged'; readonly idToken: string })
  | (AtEvse & { readonly kind: 'unplugged' })
  | (AtEvse & { readonly kind: 'refused'; readonly because: Coded })
  | (AtEvse & { readonly kind: 'started'; readonly transaction: string })
  | (AtEvse & { readonly kind: 'ended'; readonly transaction: string; readonly energy_kWh: number })
  | (AtEvse & { readonly kind: 'limit'; readonly limit_kW: number; readonly profile: number | null })
  /** A charging profile was refused. */
  | (AtEvse & { readonly kind: 'profileRefused'; readonly because: Coded })
  /** Something went wrong on the wire or was done wrong on purpose. */
  | (AtStation & { readonly kind: 'trouble'; readonly because: Coded })
