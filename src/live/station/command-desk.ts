import type { Answer, JsonObject, OcppVersion } from '../ocpp/index.ts'
import type { Device, ProfileAnswer, ReserveAsked, ReserveStatus, StartAsked } from './device.ts'
import type { Dialect, PlugAt } from './dialect.ts'
import type { EvseState } from './evse-state.ts'
import type { Request } from './outbox.ts'
import { type Criteria, type Profile, type RateUnit, rate, refusalOf, type Stretch } from './profiles/index.ts'
import { connectorRows, type SettingRow, settingRows } from './settings.ts'
import type { VirtualStation } from './station.ts'

/** After the answer to a reset, so that it is heard. */
const BEFORE_RESET_ms = 1000

/** Actions whose answers may be lost: what a controller sends all day. */
const canBeLost: readonly string[] = ['SetChargingProfile', 'ClearChargingProfile', 'UpdateDynamicSchedule']

/** Carries out what a management system asks of a station. */
export class CommandDesk implements Device {
  readonly connectors: Device['connectors']
  readonly settings: readonly SettingRow[]
  readonly #station: VirtualStation
  #resetsWhenIdle = false

  constructor(station: VirtualStation) {
    this.#station = station
    this.connectors = station.evses.map(({ setup }) => setup.connectors)
    this.settings = [
      ...settingRows(station.settings, station.habits, this.connectors.flat().length),
      ...connectorRows(
        station.evses.map(({ setup }) => setup),
        () => this.version,
      ),
    ]
  }

  get version(): OcppVersion {
    return this.#station.version
  }

  get waiting(): number {
    return this.#station.waiting
  }

  get localListVersion(): number {
    return this.#station.localList.version
  }

  /** Answers a CALL; null: not at all, by fault. */
  answer(dialect: Dialect, action: string, payload: JsonObject): Answer | null {
    const mayBeLost = canBeLost.includes(action)
    if (mayBeLost && this.#station.isLost()) return null
    const answer = dialect.answer(this, action, payload)
    return mayBeLost && this.#station.isLost() ? null : answer
  }

  /** A transaction has ended. */
  idle(): void {
    if (this.#resetsWhenIdle && this.#station.evses.every(({ isIdle }) => isIdle)) this.#resetSoon()
  }

  now_ms(): number {
    return this.#station.now_ms()
  }

  setProfile(profile: Profile): ProfileAnswer {
    const { faults, habits, limits, evses } = this.#station
    if (faults.profiles === 'mute') return { kind: 'mute' }
    if (faults.profiles === 'refuse') return { kind: 'refused', refusal: null }
    const abilities = {
      ...{ version: this.version, evses: evses.length, phases: habits.phases, units: habits.units },
      ...{ maxStackLevel: habits.maxStackLevel, maxPeriods: habits.maxPeriods, maxProfiles: habits.maxProfiles },
      transactionAt: (evse: number) => this.transactionAt(evse),
    }
    const refusal = refusalOf({ profile, abilities, installed: limits.shelf.all, isStrict: habits.isStrict })
    if (refusal) {
      this.#station.tell('profileRefused', { evse: profile.evse, because: refusal.because })
      return { kind: 'refused', refusal }
    }
    limits.shelf.install(profile, this.version)
    limits.refresh()
    if (profile.kind === 'dynamic' && profile.pull_s !== null) this.#pullLater(profile, profile.pull_s)
    return { kind: 'accepted' }
  }

  findProfiles(criteria: Criteria): readonly Profile[] {
    return this.#station.limits.shelf.find(criteria)
  }

  clearProfiles(criteria: Criteria): number {
    const cleared = this.#station.limits.shelf.clear(criteria)
    this.#station.limits.refresh()
    return cleared
  }

  updateProfile(id: number, limit: number): boolean {
    const { limits } = this.#station
    const isUpdated = limits.shelf.update(id, limit, this.now_ms())
    limits.refresh()
    return isUpdated
  }

  composite(evse: number, duration_s: number): { start_ms: number; stretches: readonly Stretch[] } {
    const start_ms = Math.floor(this.now_ms() / 1000) * 1000
    return { start_ms, stretches: this.#station.limits.composite(evse, duration_s, start_ms) }
  }

  rateOf(limit_kW: number, unit: RateUnit): number {
    return rate(limit_kW, unit, this.#station.limits.electrics(0))
  }

  remoteStart({ evse, token, remoteStartId, profile }: StartAsked): boolean {
    const state = this.#startAt(evse)
    if (!state) return false
    if (state.plugged) this.#station.sessions.begin(state, token, { remoteStartId, profile })
    else this.#station.sessions.await(state, { token, remoteStartId, profile })
    return true
  }

  remoteStop(isMeant: (id: string, wireId: number | null) => boolean): boolean {
    const state = this.#station.evses.find(
      ({ transaction }) => transaction && isMeant(transaction.id, transaction.wireId),
    )
    if (!state) return false
    this.#station.sessions.end(state, { trigger: 'remoteStop', reason: 'remote' })
    this.#station.over(state.number)
    return true
  }

  transactionAt(evse: number): string | null {
    const state = this.#station.evses[evse - 1]
    return state ? this.#station.transactionId(state) : null
  }

  reset(evse: number | null, isAtOnce: boolean): 'accepted' | 'scheduled' | 'rejected' {
    if (evse !== null) return this.#resetEvse(evse)
    if (!isAtOnce && this.#station.evses.some(({ isIdle }) => !isIdle)) {
      this.#resetsWhenIdle = true
      return 'scheduled'
    }
    this.#resetSoon()
    return 'accepted'
  }

  unlock({ evse, connector }: PlugAt): 'unlocked' | 'ongoing' | 'unknown' {
    const state = this.#station.evses[evse - 1]
    if (!state || connector < 1 || connector > state.setup.connectors.length) return 'unknown'
    return state.transaction ? 'ongoing' : 'unlocked'
  }

  /** An EVSE has one state for all its connectors. What is running goes on to its end first. */
  setAvailable(
    { evse }: { readonly evse: number | null },
    isOperative: boolean,
  ): 'accepted' | 'scheduled' | 'rejected' {
    const { evses } = this.#station
    const meant = evse === null || evse === 0 ? evses : evses.filter(({ number }) => number === evse)
    if (meant.length === 0) return 'rejected'
    for (const state of meant) {
      state.operativeNext = isOperative || state.isIdle ? null : isOperative
      if (state.operativeNext === null) state.isOperative = isOperative
      this.#station.refresh(state)
    }
    return meant.some(({ operativeNext }) => operativeNext !== null) ? 'scheduled' : 'accepted'
  }

  reserve({ id, evse, idToken, expires_ms }: ReserveAsked): ReserveStatus {
    const { evses } = this.#station
    const meant = evse === 0 ? evses : evses.filter(({ number }) => number === evse)
    const free = meant.find(
      (state) => state.canCharge && !state.plugged && (!state.reservation || state.reservation.id === id),
    )
    if (!free) return this.#whyNot(meant)
    this.cancelReservation(id)
    const reservation = { id, idToken, expires_ms }
    free.reservation = reservation
    this.#station.refresh(free)
    this.#station.clock.after(expires_ms - this.now_ms(), () => this.#expire(free, reservation))
    return 'accepted'
  }

  cancelReservation(id: number): boolean {
    const state = this.#station.evses.find(({ reservation }) => reservation?.id === id)
    if (!state) return false
    state.reservation = null
    this.#station.refresh(state)
    return true
  }

  setLocalList(version: number, isFull: boolean, verdicts: ReadonlyMap<string, boolean | null>): boolean {
    return this.#station.localList.take(version, isFull, verdicts)
  }

  setSetting(row: SettingRow, value: string): boolean {
    const isSet = row.set(value)
    if (isSet && row.key === 'HeartbeatInterval') this.#station.armHeartbeat()
    return isSet
  }

  trigger(message: 'boot' | 'heartbeat' | 'status' | 'meter' | 'transaction', at: Partial<PlugAt>): boolean {
    const meant = this.#station.evses.filter(
      ({ number }) => at.evse === undefined || at.evse === 0 || number === at.evse,
    )
    if (meant.length === 0) return false
    // The answer goes out first.
    queueMicrotask(() => this.#carryOut(message, meant))
    return message !== 'transaction' || meant.some(({ transaction }) => transaction)
  }

  follow(requests: readonly Request[]): void {
    queueMicrotask(() => {
      for (const request of requests) void this.#station.send(request)
    })
  }

  #carryOut(message: Parameters<Device['trigger']>[0], meant: readonly EvseState[]): void {
    const station = this.#station
    if (message === 'boot') station.bootAgain()
    else if (message === 'heartbeat') station.heartbeat()
    else for (const evse of meant) this.#tellOf(message, evse)
  }

  #tellOf(message: 'status' | 'meter' | 'transaction', evse: EvseState): void {
    const station = this.#station
    if (message === 'status') {
      evse.setup.connectors.forEach((_, at) => {
        station.tellStatus(evse.number, at + 1)
      })
    } else if (evse.transaction) station.sessions.sample(evse, 'trigger')
    else if (message === 'meter') {
      const reading = station.meter.read(evse.number, station.now_ms())
      void station.call((dialect) => dialect.meterValues({ evse: evse.number, connector: 1 }, reading))
    }
  }

  #startAt(evse: number | null): EvseState | null {
    const { evses } = this.#station
    const meant = evses.filter((state) => (evse === null || state.number === evse) && state.canCharge && state.isIdle)
    return meant.find(({ plugged }) => plugged) ?? meant.find(({ reservation }) => !reservation) ?? meant[0] ?? null
  }

  #resetEvse(evse: number): 'accepted' | 'rejected' {
    const state = this.#station.evses[evse - 1]
    if (!state) return 'rejected'
    if (state.transaction) {
      this.#station.sessions.end(state, { trigger: 'reset', reason: 'reset' })
      this.#station.over(evse)
    }
    return 'accepted'
  }

  #resetSoon(): void {
    this.#resetsWhenIdle = false
    this.#station.clock.after(BEFORE_RESET_ms, () => this.#station.reboot())
  }

  #whyNot(meant: readonly EvseState[]): ReserveStatus {
    if (meant.length === 0) return 'rejected'
    if (meant.every(({ isFaulted }) => isFaulted)) return 'faulted'
    return meant.every(({ isOperative }) => !isOperative) ? 'unavailable' : 'occupied'
  }

  #expire(state: EvseState, reservation: EvseState['reservation']): void {
    if (state.reservation !== reservation) return
    state.reservation = null
    this.#station.refresh(state)
  }

  /** A dynamic profile that wants to be asked for is asked for (2.1, PullDynamicScheduleUpdate), as long as it is there. */
  #pullLater({ id }: Profile, pull_s: number): void {
    const station = this.#station
    station.clock.after(pull_s * 1000, () => {
      const [profile] = this.findProfiles({ ids: [id] })
      if (profile?.kind !== 'dynamic' || profile.pull_s !== pull_s) return
      void station.send({ action: 'PullDynamicScheduleUpdate', payload: { chargingProfileId: id } }).then((outcome) => {
        const limit = outcome.kind === 'result' ? limitIn(outcome.payload) : null
        if (limit !== null) this.updateProfile(id, limit)
        this.#pullLater(profile, pull_s)
      })
    })
  }
}

function limitIn({ scheduleUpdate }: JsonObject): number | null {
  const limit = (scheduleUpdate as JsonObject | undefined)?.['limit']
  return typeof limit === 'number' ? limit : null
}
