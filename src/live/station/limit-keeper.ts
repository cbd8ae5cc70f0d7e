import type { Clock } from '../clock/index.ts'
import type { EvseState } from './evse-state.ts'
import {
  type Circumstances,
  compositeOf,
  type Electrics,
  limitAt,
  type ProfileLimit,
  ProfileShelf,
  type Stretch,
} from './profiles/index.ts'
import type { StationHabits } from './setup.ts'
import type { World } from './world.ts'

export interface LimitKeeperSetup {
  readonly evses: readonly EvseState[]
  readonly habits: StationHabits
  readonly world: World
  readonly clock: Clock
  /** Time by the clock of the station, which is what schedules go by. */
  readonly now_ms: () => number
  readonly isOn: () => boolean
  /** Takes profiles, but does not heed them. */
  readonly heedsNone: boolean
  readonly transactionId: (evse: EvseState) => string | null
  readonly changed: (evse: number, limit: ProfileLimit) => void
}

/** Ways to share a cap of the station: up to their own limit all get the same. */
export function shareCap(cap_kW: number, own_kW: readonly number[]): readonly number[] {
  const order = own_kW.map((_, at) => at).sort((a, b) => (own_kW[a] ?? 0) - (own_kW[b] ?? 0))
  const shares = own_kW.map(() => 0)
  let left_kW = cap_kW
  for (const [place, at] of order.entries()) {
    const share_kW = Math.min(own_kW[at] ?? 0, left_kW / (order.length - place))
    shares[at] = share_kW
    left_kW -= share_kW
  }
  return shares
}

/** Keeps the profiles of a station and sees to it that no vehicle draws more than they allow. */
export class LimitKeeper {
  readonly shelf = new ProfileShelf()
  readonly #setup: LimitKeeperSetup
  readonly #allowed_kW: number[]
  readonly #voltage_V: number[]
  #offlineSince_ms: number | null
  #cancel = (): void => {}

  constructor(setup: LimitKeeperSetup) {
    this.#setup = setup
    this.#allowed_kW = setup.evses.map(() => 0)
    this.#voltage_V = setup.evses.map(() => setup.habits.voltage_V)
    this.#offlineSince_ms = setup.now_ms()
  }

  /** The connection is there again, or gone. */
  online(isOnline: boolean): void {
    const now_ms = this.#setup.now_ms()
    if (!isOnline) this.#offlineSince_ms ??= now_ms
    else if (this.#offlineSince_ms !== null) {
      this.shelf.dropLapsed((now_ms - this.#offlineSince_ms) / 1000)
      this.#offlineSince_ms = null
    }
    this.refresh()
  }

  /** What is measured tells what amperes are worth. */
  measured(evse: number, voltage_V: number): void {
    if (!(voltage_V > 0) || this.#voltage_V[evse - 1] === voltage_V) return
    this.#voltage_V[evse - 1] = voltage_V
    if (this.shelf.all.some(({ unit }) => unit === 'A')) this.refresh()
  }

  electrics(evse: number): Electrics {
    const { voltage_V, phases } = this.#setup.habits
    return { voltage_V: this.#voltage_V[evse - 1] ?? voltage_V, phases }
  }

  /** Brings all limits up to now, and comes back when one may change. */
  refresh(): void {
    const { evses, world, changed, clock, now_ms } = this.#setup
    const limits = evses.map((evse) => this.#limitOf(evse))
    const station = this.#stationLimit()
    const shares = shareCap(
      station.limit_kW,
      limits.map(({ limit_kW }) => limit_kW),
    )
    for (const [at, evse] of evses.entries()) {
      const limit_kW = shares[at] ?? 0
      if (this.#allowed_kW[at] === limit_kW) continue
      this.#allowed_kW[at] = limit_kW
      world.allow(evse.number, limit_kW)
      changed(evse.number, { ...(limits[at] ?? station), limit_kW })
    }
    this.#cancel()
    const next_ms = Math.min(station.until_ms, ...limits.map(({ until_ms }) => until_ms))
    if (next_ms < Number.POSITIVE_INFINITY) this.#cancel = clock.after(next_ms - now_ms() + 1, () => this.refresh())
  }

  allowed_kW(evse: number): number {
    return this.#allowed_kW[evse - 1] ?? 0
  }

  composite(evse: number, duration_s: number, start_ms: number): readonly Stretch[] {
    const state = this.#setup.evses[evse - 1]
    const ratings = this.#setup.evses.map(({ setup }) => setup.rating_kW)
    const rating_kW = state?.setup.rating_kW ?? ratings.reduce((sum_kW, rating) => sum_kW + rating, 0)
    const asked = { from_ms: start_ms, duration_s, electrics: this.electrics(evse), rating_kW }
    return compositeOf(this.#heeded, evse, this.#circumstances(state), asked)
  }

  get #heeded(): ProfileShelf['all'] {
    return this.#setup.heedsNone ? [] : this.shelf.all
  }

  #circumstances(evse: EvseState | undefined): Circumstances {
    const id = evse ? this.#setup.transactionId(evse) : null
    const transaction = evse?.transaction ? { id: id ?? '', started_ms: evse.transaction.started_ms } : null
    return { transaction, offlineSince_ms: this.#offlineSince_ms }
  }

  #limitOf(evse: EvseState): ProfileLimit {
    const isOn = this.#setup.isOn() && evse.transaction !== null && evse.canCharge
    if (!isOn) return { limit_kW: 0, purpose: null, profile: null, until_ms: Number.POSITIVE_INFINITY }
    const at = { now_ms: this.#setup.now_ms(), electrics: this.electrics(evse.number) }
    const limit = limitAt(this.#heeded, evse.number, this.#circumstances(evse), at)
    return { ...limit, limit_kW: Math.max(0, Math.min(limit.limit_kW, evse.setup.rating_kW)) }
  }

  #stationLimit(): ProfileLimit {
    const at = { now_ms: this.#setup.now_ms(), electrics: this.electrics(0) }
    return limitAt(this.#heeded, 0, this.#circumstances(undefined), at)
  }
}
