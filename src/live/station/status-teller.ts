import type { Clock } from '../clock/index.ts'
import type { CallOutcome } from '../ocpp/index.ts'
import type { PlugAt, PlugStatus } from './dialect.ts'
import type { EvseState } from './evse-state.ts'

/** A status that was not answered is told again. */
const AGAIN_ms = 10_000

export interface StatusTellerSetup {
  readonly clock: Clock
  readonly evses: readonly EvseState[]
  readonly isOnline: () => boolean
  readonly tell: (at: PlugAt, status: PlugStatus) => Promise<CallOutcome>
}

/** Tells the management system how the plugs are: each change, all after every connection, and again until it is heard. */
export class StatusTeller {
  readonly #setup: StatusTellerSetup
  readonly #told = new Map<string, PlugStatus>()

  constructor(setup: StatusTellerSetup) {
    this.#setup = setup
  }

  /** A new connection: what was told is forgotten. */
  tellAll(): void {
    this.#told.clear()
    for (const evse of this.#setup.evses) this.changed(evse)
  }

  changed(evse: EvseState): void {
    evse.setup.connectors.forEach((_, at) => {
      this.tell({ evse: evse.number, connector: at + 1 }, false)
    })
  }

  tell(at: PlugAt, isForced: boolean): void {
    const { evses, isOnline, tell, clock } = this.#setup
    const status = evses[at.evse - 1]?.statusOf(at.connector)
    const key = `${at.evse} ${at.connector}`
    if (!isOnline() || status === undefined || (!isForced && this.#told.get(key) === status)) return
    this.#told.set(key, status)
    void tell(at, status).then(({ kind }) => {
      if (kind === 'result' || kind === 'closed' || this.#told.get(key) !== status) return
      this.#told.delete(key)
      clock.after(AGAIN_ms, () => this.tell(at, false))
    })
  }
}
