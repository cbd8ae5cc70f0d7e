import type { PlugStatus } from './dialect.ts'
import type { ChargingState, Token, Transaction } from './notes.ts'
import type { Profile } from './profiles/index.ts'
import type { EvseSetup } from './setup.ts'
import type { Visitor } from './world.ts'

export interface Reservation {
  readonly id: number
  readonly idToken: string
  readonly expires_ms: number
}

/** A start from afar that waits for somebody to plug in. */
export interface AwaitedStart {
  readonly token: Token
  readonly remoteStartId: number | null
  readonly profile: Profile | null
}

const statusOfState: Readonly<Record<ChargingState, PlugStatus>> = {
  connected: 'preparing',
  charging: 'charging',
  suspendedVehicle: 'suspendedVehicle',
  suspendedStation: 'suspendedStation',
  idle: 'finishing',
}

/** What is going on at an EVSE. */
export class EvseState {
  readonly number: number
  readonly setup: EvseSetup
  plugged: { readonly connector: number; readonly visitor: Visitor } | null = null
  transaction: Transaction | null = null
  /** The session has had its transaction. */
  isThrough = false
  reservation: Reservation | null = null
  awaited: AwaitedStart | null = null
  isOperative = true
  /** What it is to become once nothing is running; null: as it is. */
  operativeNext: boolean | null = null
  isFaulted = false
  /** What is wrong, though it goes on charging; null: nothing. */
  trouble: string | null = null
  cancelMeter = (): void => {}

  constructor(number: number, setup: EvseSetup) {
    this.number = number
    this.setup = setup
  }

  get canCharge(): boolean {
    return this.isOperative && !this.isFaulted
  }

  get isIdle(): boolean {
    return this.transaction === null
  }

  statusOf(connector: number): PlugStatus {
    if (this.isFaulted) return 'faulted'
    if (this.plugged?.connector === connector) {
      if (this.transaction) return statusOfState[this.transaction.state]
      if (this.isOperative) return this.isThrough ? 'finishing' : 'preparing'
    }
    if (!this.isOperative) return 'unavailable'
    return this.reservation && !this.plugged ? 'reserved' : 'available'
  }
}
