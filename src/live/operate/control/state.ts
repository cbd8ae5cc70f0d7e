import type { Coded } from '../../../base/words/index.ts'
import type { ControlledEvse } from '../../../hub/controller/site/index.ts'
import { type Capabilities, unknownCapabilities } from './probe/capabilities.ts'
import type { Spelling } from './profiles/index.ts'

/** Where an EVSE of the controller's description is in OCPP; in the order of the description. */
export interface ControlledPlace {
  readonly stationId: string
  /** Number of the EVSE; of 1.6 the EVSE of its connectors. */
  readonly evse: number
  readonly isAc: boolean
  /** 1 for DC. */
  readonly phases: number
  /** Highest voltage between the poles, or between a phase and neutral. */
  readonly voltage_V: number
}

/** A command of the controller on its way. */
export interface Order {
  readonly number: number
  readonly limit_kW: number
  readonly until_s: number
  /** Session it is meant for. */
  readonly session: number
}

export interface RunningTransaction {
  /** On the wire. */
  readonly transactionId: string
  /** Its connector as 1.6 counts. */
  readonly wire: number
}

/** What is known of one controlled EVSE. */
export class EvseControl {
  readonly index: number
  readonly place: ControlledPlace
  readonly spec: ControlledEvse
  transaction: RunningTransaction | null = null
  /** Session as the controller counts: one a transaction. */
  session = 0
  lastSession = 0
  /** A limit that outlives its transaction may hold until then. */
  lingers_ms = Number.NEGATIVE_INFINITY
  /** A profile of the running transaction may be at the station: nothing below it counts. */
  hasProfile = false
  /** Dynamic profile of the running transaction: how long a limit holds after it was told. */
  dynamic_s: number | null = null
  pending: Order | null = null
  isBusy = false
  /** Number of the youngest command that was to be sent. */
  lastNumber = 0
  /** The last limit its station took in amperes, and the voltage it was counted with; null: watts. */
  inAmperes: { readonly order: Order; readonly voltage_V: number } | null = null
  /** NaN: not measured. */
  voltage_V = Number.NaN
  /** Register and time of the last reading, for meters that show no power. */
  energy_Wh = Number.NaN
  energyAt_ms = Number.NaN
  /** It has a standing limit at its station. */
  hasStanding = false
  /** Why its last limit was refused. */
  refusal: Coded | null = null
  /** Limits of this transaction that were refused, one after the other. */
  refusals = 0

  constructor(index: number, place: ControlledPlace, spec: ControlledEvse) {
    this.index = index
    this.place = place
    this.spec = spec
  }
}

/** What is known of one station with controlled EVSEs. */
export class StationControl {
  readonly stationId: string
  readonly evses: EvseControl[] = []
  capabilities: Capabilities = unknownCapabilities
  /** The way of saying limits that worked last. */
  spelling: Spelling | null = null
  /** It is connected, and its standing limits are in place. */
  isControlled = false
  /** Something of it was heard, now or in an earlier life. */
  isKnown = false
  /** Counts connections and starts: what was begun for an earlier one is given up. */
  turn = 0

  constructor(stationId: string) {
    this.stationId = stationId
  }

  evse(number: number): EvseControl | null {
    return this.evses.find(({ place }) => place.evse === number) ?? null
  }
}
