import { randomUUID } from 'node:crypto'
import type { Coded } from '../../base/words/index.ts'
import type { Clock } from '../clock/index.ts'
import type { EvseState } from './evse-state.ts'
import type { Meter } from './meter.ts'
import type { ChargingState, Note, Reading, StopReason, Token, Transaction, Trigger } from './notes.ts'
import type { Profile } from './profiles/index.ts'
import type { Visitor, World } from './world.ts'

/** What the sessions of a station need of it. */
export interface SessionsSetup {
  readonly clock: Clock
  readonly world: World
  readonly meter: Meter
  /** Time by the clock of the station. */
  readonly now_ms: () => number
  readonly meter_s: () => number
  readonly connectionTimeout_s: () => number
  /** Part of the interval by which the meter of an EVSE is later than the full one, 0 to 1. */
  readonly phaseOf: (evse: number) => number
  /** Whether a token may charge; the answer may take its time. */
  readonly verdict: (token: Token) => Promise<boolean>
  readonly isOnline: () => boolean
  readonly isReadingLost: () => boolean
  readonly note: (note: Note) => void
  /** Plugs or limits of an EVSE may be others now. */
  readonly changed: (evse: EvseState) => void
  readonly begun: (evse: EvseState, profile: Profile | null) => void
  readonly ended: (evse: EvseState, transaction: Transaction, energy_Wh: number) => void
  readonly refused: (evse: EvseState, because: Coded) => void
}

interface End {
  readonly trigger: Trigger
  readonly reason: StopReason
}

function obstacleOf({ canCharge, reservation }: EvseState, { idToken }: Token): Coded | null {
  if (!canCharge) return { code: 'station.refused.unavailable', params: {} }
  if (!reservation || reservation.idToken === idToken) return null
  return { code: 'station.refused.reserved', params: { id: reservation.id } }
}

/** From the plug that goes in to the plug that comes out: who may charge, transactions and what is told of them. */
export class Sessions {
  readonly #setup: SessionsSetup

  constructor(setup: SessionsSetup) {
    this.#setup = setup
  }

  plugIn(evse: EvseState, connector: number, visitor: Visitor): void {
    evse.plugged = { connector, visitor }
    evse.isThrough = false
    this.#setup.changed(evse)
    this.arrive(evse)
  }

  /** Somebody is plugged in and nothing has become of it yet. */
  arrive(evse: EvseState): void {
    const { plugged, awaited } = evse
    if (!plugged || evse.transaction || evse.isThrough) return
    const { idToken, tokenType } = plugged.visitor
    const token = awaited?.token ?? { idToken, tokenType }
    const obstacle = obstacleOf(evse, token)
    if (obstacle) this.#refuse(evse, obstacle)
    else if (awaited) this.begin(evse, token, awaited)
    else void this.#setup.verdict(token).then((isAccepted) => this.#judged(evse, plugged, isAccepted))
  }

  begin(
    evse: EvseState,
    token: Token,
    { remoteStartId, profile }: { readonly remoteStartId: number | null; readonly profile: Profile | null },
  ): void {
    const reading = this.#setup.meter.read(evse.number, this.#setup.now_ms())
    const transaction: Transaction = {
      id: randomUUID(),
      wireId: null,
      token,
      evse: evse.number,
      connector: evse.plugged?.connector ?? 1,
      started_ms: this.#setup.now_ms(),
      start_Wh: reading.energy_Wh,
      remoteStartId,
      reservationId: evse.reservation?.id ?? null,
      nextSeqNo: 0,
      state: 'connected',
      isOver: false,
    }
    evse.transaction = transaction
    evse.awaited = null
    evse.reservation = null
    const trigger = remoteStartId === null ? 'authorized' : 'remoteStart'
    this.#tell(transaction, { kind: 'started', trigger, reading, reason: null })
    this.#setup.begun(evse, profile)
    this.#armMeter(evse)
  }

  /** The transaction of an EVSE ends now; nothing where none is running. */
  end(evse: EvseState, { trigger, reason }: End): void {
    const { transaction } = evse
    if (!transaction) return
    const { meter, now_ms, changed, ended } = this.#setup
    const reading = meter.read(evse.number, now_ms())
    evse.cancelMeter()
    evse.transaction = null
    evse.isThrough = true
    transaction.state = reason === 'vehicle' ? 'idle' : 'connected'
    transaction.isOver = true
    this.#tell(transaction, { kind: 'ended', trigger, reading, reason })
    ended(evse, transaction, reading.energy_Wh - transaction.start_Wh)
    changed(evse)
  }

  unplug(evse: EvseState): void {
    this.end(evse, { trigger: 'departed', reason: 'vehicle' })
    evse.plugged = null
    evse.isThrough = false
    this.#setup.changed(evse)
  }

  /** A reading now, told with this trigger. */
  sample(evse: EvseState, trigger: 'periodic' | 'trigger'): void {
    const { transaction } = evse
    if (!transaction) return
    const { meter, now_ms, isReadingLost, changed } = this.#setup
    const reading = meter.read(evse.number, now_ms())
    const state = this.#stateAt(evse, reading)
    if (state !== transaction.state) {
      transaction.state = state
      this.#tell(transaction, { kind: 'updated', trigger: 'state', reading: null, reason: null })
      changed(evse)
    }
    if (trigger === 'trigger' || !isReadingLost()) {
      this.#tell(transaction, { kind: 'updated', trigger, reading, reason: null })
    }
  }

  /** Waits for a vehicle on behalf of somebody who is elsewhere. */
  await(evse: EvseState, awaited: NonNullable<EvseState['awaited']>): void {
    evse.awaited = awaited
    const { clock, connectionTimeout_s } = this.#setup
    clock.after(connectionTimeout_s() * 1000, () => {
      if (evse.awaited === awaited) evse.awaited = null
    })
  }

  #stateAt({ number }: EvseState, { power_W }: Reading): ChargingState {
    if (power_W > 0) return 'charging'
    return this.#setup.meter.allowed_kW(number) > 0 ? 'suspendedVehicle' : 'suspendedStation'
  }

  #judged(evse: EvseState, plugged: EvseState['plugged'], isAccepted: boolean): void {
    if (evse.plugged !== plugged || !plugged || evse.transaction) return
    const { idToken, tokenType } = plugged.visitor
    if (isAccepted && evse.canCharge) this.begin(evse, { idToken, tokenType }, { remoteStartId: null, profile: null })
    else this.#refuse(evse, { code: 'station.refused.token', params: { token: idToken } })
  }

  /** The next reading, at a full interval by the clock, later by the EVSE's own part of it. */
  #armMeter(evse: EvseState): void {
    const interval_ms = this.#setup.meter_s() * 1000
    if (interval_ms <= 0) return
    const phase_ms = interval_ms * this.#setup.phaseOf(evse.number)
    const now_ms = this.#setup.clock.now_ms()
    const next_ms = (Math.floor((now_ms - phase_ms) / interval_ms) + 1) * interval_ms + phase_ms
    evse.cancelMeter = this.#setup.clock.after(next_ms - now_ms, () => {
      this.sample(evse, 'periodic')
      if (evse.transaction) this.#armMeter(evse)
    })
  }

  #refuse(evse: EvseState, because: Coded): void {
    evse.isThrough = true
    this.#setup.refused(evse, because)
    this.#setup.changed(evse)
    this.#setup.world.over(evse.number)
  }

  #tell(
    transaction: Transaction,
    { kind, trigger, reading, reason }: Pick<Note, 'kind' | 'trigger' | 'reading' | 'reason'>,
  ): void {
    const { now_ms, isOnline, note } = this.#setup
    note({
      ...{ kind, trigger, reading, reason, transaction },
      seqNo: transaction.nextSeqNo++,
      at_ms: reading?.at_ms ?? now_ms(),
      state: transaction.state,
      isOffline: !isOnline(),
    })
  }
}
