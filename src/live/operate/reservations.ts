import type { Desk } from './desk.ts'
import type { ReservationRecord } from './ports.ts'

/** Places that are kept free for somebody. */
export class Reservations {
  readonly #desk: Desk
  readonly #byId = new Map<number, ReservationRecord>()
  #lastId = 0

  constructor(desk: Desk, stored: readonly ReservationRecord[]) {
    this.#desk = desk
    for (const reservation of stored) {
      this.#lastId = Math.max(this.#lastId, reservation.id)
      if (isOpen(reservation)) this.#hold(reservation)
    }
  }

  /** Those that are asked for or held. */
  all(): readonly ReservationRecord[] {
    return [...this.#byId.values()]
  }

  find(id: number): ReservationRecord | null {
    return this.#byId.get(id) ?? null
  }

  /** Writes down that one is asked for, before the station is asked. */
  async ask(wish: Omit<ReservationRecord, 'id' | 'state'>): Promise<ReservationRecord> {
    const reservation: ReservationRecord = { ...wish, id: ++this.#lastId, state: 'asked' }
    await this.#write(reservation)
    this.#hold(reservation)
    return reservation
  }

  /** What became of one; nothing happens when it is not known or over. */
  async become(id: number, state: ReservationRecord['state']): Promise<void> {
    const reservation = this.#byId.get(id)
    if (!reservation || reservation.state === state) return
    const changed = { ...reservation, state }
    if (isOpen(changed)) this.#byId.set(id, changed)
    else this.#byId.delete(id)
    await this.#write(changed)
  }

  #hold(reservation: ReservationRecord): void {
    const { id, expires_ms } = reservation
    this.#byId.set(id, reservation)
    this.#desk.after(expires_ms - this.#desk.now_ms(), () => this.#expire(id))
  }

  /** A timer may ring early where the time is longer than a timer can take. */
  #expire(id: number): void {
    const reservation = this.#byId.get(id)
    if (!reservation) return
    if (reservation.expires_ms > this.#desk.now_ms()) this.#hold(reservation)
    else this.become(id, 'expired').catch(() => {})
  }

  async #write(reservation: ReservationRecord): Promise<void> {
    const at_ms = this.#desk.now_ms()
    await this.#desk.append([{ kind: 'reservation', at_ms, reservation }])
    this.#desk.emit({ kind: 'reservation', stationId: reservation.stationId, at_ms, reservation })
  }
}

const isOpen = ({ state }: ReservationRecord): boolean => state === 'asked' || state === 'held'
