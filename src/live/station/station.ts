import { invariant } from '../../base/problems/index.ts'
import type { Coded } from '../../base/words/index.ts'
import { ClockScope } from '../clock/index.ts'
import type { CallOutcome, JsonObject, OcppVersion } from '../ocpp/index.ts'
import { CommandDesk } from './command-desk.ts'
import type { Dialect } from './dialect.ts'
import type { StationEvent } from './events.ts'
import { EvseState } from './evse-state.ts'
import { happenAgain } from './happen-again.ts'
import { LimitKeeper } from './limit-keeper.ts'
import { Link } from './link.ts'
import { LocalList } from './local-list.ts'
import { Meter } from './meter.ts'
import type { Note, Token, Transaction } from './notes.ts'
import { Outbox, type Request } from './outbox.ts'
import type { Profile } from './profiles/index.ts'
import { Sessions } from './sessions.ts'
import { type Settings, settingsOf, TRANSACTION_ATTEMPTS, TRANSACTION_RETRY_s } from './settings.ts'
import { defaultHabits, type Faults, type StationHabits, type StationSetup } from './setup.ts'
import { StationClock } from './station-clock.ts'
import { StatusTeller } from './status-teller.ts'
import { Dialect2 } from './versions/v2.ts'
import { Dialect16 } from './versions/v16.ts'
import type { Visitor } from './world.ts'

const MS_PER_SECOND = 1000
/** Time for the last messages before a station starts anew. */
const FAREWELL_ms = 2000

type Told<K extends StationEvent['kind']> = Omit<Extract<StationEvent, { kind: K }>, 'at_ms' | 'stationId' | 'kind'>

/**
 * A charging station that exists in software only: a real OCPP client of version 1.6, 2.0.1 or 2.1, with the logic of a
 * device behind it. What is at its plugs is told by a `World`. Its rules are in SPEC.md.
 */
export class VirtualStation {
  readonly stationId: string
  /** Its alarms end with the station. */
  readonly clock: ClockScope
  readonly evses: readonly EvseState[]
  readonly habits: StationHabits
  readonly faults: Faults
  readonly settings: Settings
  readonly localList = new LocalList()
  readonly limits: LimitKeeper
  readonly sessions: Sessions
  readonly meter: Meter
  readonly #setup: StationSetup
  readonly #clock: StationClock
  readonly #link: Link
  readonly #outbox: Outbox
  readonly #statuses: StatusTeller
  readonly #desk: CommandDesk
  #isOn = false
  #isAway = false
  #cancelHeartbeat = (): void => {}

  constructor(setup: StationSetup) {
    const { faults = {} } = setup
    const clock = new ClockScope(setup.clock)
    this.#setup = setup
    this.clock = clock
    this.stationId = setup.stationId
    this.habits = { ...defaultHabits, ...setup.habits }
    this.faults = faults
    this.settings = settingsOf(this.habits)
    this.evses = setup.evses.map((evse, at) => new EvseState(at + 1, evse))
    this.#clock = new StationClock(clock, faults)
    this.limits = this.#newLimits()
    this.meter = this.#newMeter()
    this.sessions = this.#newSessions()
    this.#statuses = new StatusTeller({
      ...{ clock, evses: this.evses, isOnline: () => this.isOnline },
      tell: (at, status) =>
        this.call((dialect) => dialect.status(at, status, this.now_ms(), this.#evse(at.evse).trouble)),
    })
    this.#outbox = this.#newOutbox()
    this.#desk = new CommandDesk(this)
    this.#link = this.#newLink()
  }

  /** Accepted by the management system and connected to it. */
  get isOnline(): boolean {
    return this.#link.isAccepted
  }

  get version(): OcppVersion {
    return this.#link.dialect?.version ?? this.#setup.versions[0] ?? '1.6'
  }

  /** Transaction messages that wait to be sent. */
  get waiting(): number {
    return this.#outbox.waiting
  }

  /** Time by the clock of the station. */
  now_ms(): number {
    return this.#clock.now_ms()
  }

  start(): void {
    const { disconnectEvery_s, disconnectFor_s = 60, powerLossEvery_s, powerLossFor_s = 60 } = this.faults
    this.#isOn = true
    this.#link.up('powerUp')
    const again = (mean_s: number | undefined, happen: () => void): void => {
      happenAgain({ clock: this.clock, chance: this.#setup.chance, mean_s, happen })
    }
    again(disconnectEvery_s, () => this.disconnect(disconnectFor_s))
    again(powerLossEvery_s, () => this.losePower(powerLossFor_s))
  }

  /** Ends for good: transactions go on unheard. */
  stop(): void {
    this.clock.end()
    this.#link.down()
  }

  plugIn(evse: number, connector: number, visitor: Visitor): void {
    const state = this.#evse(evse)
    invariant(state.plugged === null, `EVSE ${evse} of ${this.stationId} is free`)
    this.tell('plugged', { evse, idToken: visitor.idToken })
    this.sessions.plugIn(state, connector, visitor)
  }

  unplug(evse: number): void {
    this.sessions.unplug(this.#evse(evse))
    this.#settleAvailability(this.#evse(evse))
    this.tell('unplugged', { evse })
  }

  /** The connection goes, and comes back after so long; charging goes on. */
  disconnect(for_s: number): void {
    if (!this.#isOn || this.#isAway) return
    this.#isAway = true
    this.#link.down()
    this.clock.after(for_s * MS_PER_SECOND, () => {
      this.#isAway = false
      if (this.#isOn) this.#link.up('unknown')
    })
  }

  /** Power goes: nothing flows, nobody is told. What was running has ended when it comes back. */
  losePower(for_s: number): void {
    this.#goDark(for_s, 'powerUp', () => this.endAll({ trigger: 'abnormal', reason: 'powerLoss' }))
  }

  /** Ends all that is running, tells so, and starts anew. */
  reboot(): void {
    this.endAll({ trigger: 'reset', reason: 'reset' })
    this.clock.after(FAREWELL_ms, () => this.#goDark(this.habits.reboot_s, 'remoteReset', () => {}))
  }

  endAll(end: Parameters<Sessions['end']>[1]): void {
    for (const evse of this.evses) {
      if (!evse.transaction) continue
      this.sessions.end(evse, end)
      this.#setup.world.over(evse.number)
    }
  }

  /** An EVSE cannot charge any more, or can again. */
  setFaulted(evse: number, isFaulted: boolean): void {
    const state = this.#evse(evse)
    if (state.isFaulted === isFaulted) return
    state.isFaulted = isFaulted
    if (isFaulted && state.transaction) {
      this.sessions.end(state, { trigger: 'abnormal', reason: 'fault' })
      this.#setup.world.over(evse)
    }
    this.refresh(state)
  }

  /** Something is wrong at a plug, which goes on with less; null: no longer. */
  setTrouble(evse: number, connector: number, trouble: string | null): void {
    const state = this.#evse(evse)
    if (state.trouble === trouble) return
    state.trouble = trouble
    void this.call((dialect) => dialect.trouble({ evse, connector }, trouble, this.now_ms()))
    if (this.version === '1.6') this.tellStatus(evse, connector)
  }

  /** What is behind the plugs may send its driver away. */
  over(evse: number): void {
    this.#setup.world.over(evse)
  }

  /** The status of an EVSE, or its limit, may be another one now. */
  refresh(evse: EvseState): void {
    this.limits.refresh()
    this.#statuses.changed(evse)
  }

  tellStatus(evse: number, connector: number): void {
    this.#statuses.tell({ evse, connector }, true)
  }

  heartbeat(): void {
    void this.send({ action: 'Heartbeat', payload: {} }).then((outcome) => {
      const now_ms = outcome.kind === 'result' ? this.#link.dialect?.readTime_ms(outcome.payload) : null
      if (typeof now_ms === 'number') this.#clock.set(now_ms)
    })
  }

  armHeartbeat(): void {
    this.#cancelHeartbeat()
    const { heartbeat_s } = this.settings
    if (heartbeat_s <= 0) return
    this.#cancelHeartbeat = this.clock.after(heartbeat_s * MS_PER_SECOND, () => {
      this.heartbeat()
      this.armHeartbeat()
    })
  }

  bootAgain(): void {
    this.#link.bootAgain('triggered')
  }

  /** Sends a message in the words of the version that is spoken; `closed` while there is no connection. */
  call(words: (dialect: Dialect) => Request | null): Promise<CallOutcome> {
    const { dialect } = this.#link
    const request = dialect && this.isOnline ? words(dialect) : null
    return request ? this.#link.call(request) : Promise.resolve({ kind: 'closed' })
  }

  send(request: Request): Promise<CallOutcome> {
    return this.call(() => request)
  }

  /** Id of the transaction at an EVSE as the management system knows it; null: none, or not known there yet. */
  transactionId(evse: EvseState): string | null {
    const { transaction } = evse
    if (!transaction) return null
    if (this.version !== '1.6') return transaction.id
    return transaction.wireId === null ? null : String(transaction.wireId)
  }

  /** Whether something that can be lost is lost. */
  isLost(): boolean {
    const { lost_frac = 0 } = this.faults
    return lost_frac > 0 && this.#setup.chance() < lost_frac
  }

  tell<K extends StationEvent['kind']>(kind: K, told: Told<K>): void {
    const about = { kind, at_ms: Math.round(this.clock.now_ms()), stationId: this.stationId }
    this.#setup.listen?.({ ...about, ...told } as unknown as StationEvent)
  }

  #evse(number: number): EvseState {
    const evse = this.evses[number - 1]
    invariant(evse, `${this.stationId} has an EVSE ${number}`)
    return evse
  }

  #newLimits(): LimitKeeper {
    const { clock } = this
    return new LimitKeeper({
      ...{ evses: this.evses, habits: this.habits, world: this.#setup.world, clock },
      now_ms: () => this.now_ms(),
      isOn: () => this.#isOn,
      heedsNone: this.faults.profiles === 'ignore',
      transactionId: (evse) => this.transactionId(evse),
      changed: (evse, { limit_kW, profile }) => this.tell('limit', { evse, limit_kW, profile }),
    })
  }

  #newMeter(): Meter {
    return new Meter({
      ...{ world: this.#setup.world, habits: this.habits },
      shows: (measurand) => this.settings.measurands.includes(measurand),
      measured: (evse, voltage_V) => this.limits.measured(evse, voltage_V),
      allowed_kW: (evse) => this.limits.allowed_kW(evse),
    })
  }

  #newSessions(): Sessions {
    const { world, chance } = this.#setup
    const phases = this.evses.map(() => chance())
    return new Sessions({
      ...{ clock: this.clock, world, meter: this.meter },
      now_ms: () => this.now_ms(),
      meter_s: () => this.settings.meter_s,
      connectionTimeout_s: () => this.settings.connectionTimeout_s,
      phaseOf: (evse) => phases[evse - 1] ?? 0,
      verdict: (token) => this.#verdict(token),
      isOnline: () => this.isOnline,
      isReadingLost: () => this.isLost(),
      note: (note) => this.#outbox.add(note),
      changed: (evse) => this.refresh(evse),
      begun: (evse, profile) => this.#begun(evse, profile),
      ended: (evse, transaction, energy_Wh) => this.#ended(evse, transaction, energy_Wh),
      refused: ({ number }, because) => this.tell('refused', { evse: number, because }),
    })
  }

  #newOutbox(): Outbox {
    return new Outbox({
      clock: this.clock,
      most: this.habits.outboxMost,
      attempts: TRANSACTION_ATTEMPTS,
      retry_s: TRANSACTION_RETRY_s,
      message: (note) => this.#link.dialect?.message(note) ?? null,
      call: (request) => this.#link.call(request),
      answered: (note, payload) => this.#answered(note, payload),
      dropped: ({ kind, transaction }, outcome) => {
        const params = { message: kind, transaction: transaction.id, outcome: outcome?.kind ?? 'full' }
        this.#trouble({ code: 'station.dropped', params })
      },
    })
  }

  #newLink(): Link {
    const { url, stationId, password, versions, clock, chance, limits } = this.#setup
    const alarms = this.clock
    const { vendor, model, firmware, retry_s, longestRetry_s } = this.habits
    const connectors = this.evses.map(({ setup }) => setup.connectors)
    return new Link({
      ...{ url, stationId, password, versions, clock, alarms, chance, limits, retry_s, longestRetry_s },
      dialect: (version) => (version === '1.6' ? new Dialect16(connectors) : new Dialect2(version)),
      boot: (dialect, reason) => dialect.boot({ vendor, model, firmware, serial: stationId }, reason),
      accepted: (interval_s, now_ms) => this.#accepted(interval_s, now_ms),
      lost: () => this.#lost(),
      connected: (version) => this.tell('connected', { version }),
      failed: (because, again_s) => this.tell('notConnected', { because, again_s }),
      event: ({ code, params }) => this.#trouble({ code, params }),
      call: (action, payload) => this.#desk.answer(this.#dialect, action, payload),
      send: () => {},
    })
  }

  get #dialect(): Dialect {
    const { dialect } = this.#link
    invariant(dialect, 'a connection has a version')
    return dialect
  }

  #accepted(interval_s: number | null, now_ms: number | null): void {
    if (now_ms !== null) this.#clock.set(now_ms)
    if (interval_s !== null && interval_s > 0) this.settings.heartbeat_s = interval_s
    this.tell('accepted', {})
    this.limits.online(true)
    this.armHeartbeat()
    this.#statuses.tellAll()
    this.#outbox.open(true)
  }

  #lost(): void {
    this.#cancelHeartbeat()
    this.#outbox.open(false)
    this.limits.online(false)
    this.tell('disconnected', {})
  }

  #goDark(for_s: number, reason: 'powerUp' | 'remoteReset', back: () => void): void {
    if (!this.#isOn) return
    this.#isOn = false
    for (const evse of this.evses) evse.awaited = null
    this.limits.refresh()
    this.#link.down()
    this.clock.after(for_s * MS_PER_SECOND, () => {
      this.#isOn = true
      back()
      this.tell('rebooted', {})
      if (!this.#isAway) this.#link.up(reason)
      for (const evse of this.evses) this.sessions.arrive(evse)
      this.limits.refresh()
    })
  }

  /** The list of the station, the management system, and without a connection what is set for that. */
  async #verdict(token: Token): Promise<boolean> {
    const listed = this.settings.usesLocalList ? this.localList.verdict(token.idToken) : null
    if (listed !== null) return listed
    const outcome = await this.call((dialect) => dialect.authorize(token))
    if (outcome.kind === 'closed') return this.settings.letsUnknownOffline
    return outcome.kind === 'result' && this.#dialect.readVerdict(outcome.payload) === true
  }

  #begun(evse: EvseState, profile: Profile | null): void {
    const { number, plugged } = evse
    if (profile) this.limits.shelf.install({ ...profile, evse: number, transactionId: null }, this.version)
    this.tell('started', { evse: number, transaction: evse.transaction?.id ?? '' })
    this.refresh(evse)
    const departure_ms = plugged?.visitor.departure_ms ?? null
    if (departure_ms !== null) void this.call((dialect) => dialect.needs(number, departure_ms))
  }

  #ended({ number }: EvseState, transaction: Transaction, energy_Wh: number): void {
    this.limits.shelf.endTransaction(number)
    this.tell('ended', { evse: number, transaction: transaction.id, energy_kWh: energy_Wh / 1000 })
    for (const evse of this.evses) this.#settleAvailability(evse)
    this.#desk.idle()
  }

  #settleAvailability(evse: EvseState): void {
    if (evse.operativeNext === null || !evse.isIdle) return
    evse.isOperative = evse.operativeNext
    evse.operativeNext = null
    this.refresh(evse)
  }

  /** A token that turns out not to be good any more ends its transaction. */
  #answered(note: Note, payload: JsonObject): void {
    const { transaction, kind } = note
    this.#dialect.learn(transaction, payload)
    const evse = this.#evse(transaction.evse)
    if (kind === 'started') this.limits.refresh()
    if (kind === 'ended' || evse.transaction !== transaction) return
    if (this.#dialect.readVerdict(payload) !== false) return
    this.sessions.end(evse, { trigger: 'deauthorized', reason: 'deauthorized' })
    this.tell('refused', {
      evse: evse.number,
      because: { code: 'station.refused.token', params: { token: transaction.token.idToken } },
    })
    this.#setup.world.over(evse.number)
  }

  #trouble(because: Coded): void {
    this.tell('trouble', { because })
  }
}
