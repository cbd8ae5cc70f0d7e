import { invariant } from '../../../base/problems/index.ts'
import type { SessionList, TraceSession } from './session.ts'
import { TextTable } from './text-table.ts'

/** Numbers by row, NaN where there is none. Takes no room before the first number comes. */
class NumberColumn {
  #values = new Float64Array(0)

  set(row: number, value: number): void {
    if (row >= this.#values.length) this.#grow(row + 1)
    this.#values[row] = value
  }

  at(row: number): number {
    return this.#values[row] ?? Number.NaN
  }

  /** Puts row `order[n]` at place n. */
  arrange(order: Uint32Array): void {
    if (this.#values.length > 0) this.#values = Float64Array.from(order, (row) => this.at(row))
  }

  #grow(length: number): void {
    const bigger = new Float64Array(Math.max(64, length, 2 * this.#values.length)).fill(Number.NaN)
    bigger.set(this.#values)
    this.#values = bigger
  }
}

const numbers = [
  'arrive_ms',
  'depart_ms',
  'energy_kWh',
  'plug_ms',
  'chargingEnd_ms',
  'maxPower_kW',
  'soc_frac',
  'capacity_kWh',
] as const
const names = ['evse', 'connector', 'vehicle'] as const

type Column = (typeof numbers)[number] | (typeof names)[number] | 'id'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

function columns(): Readonly<Record<Column, NumberColumn>> {
  const entries = ['id' as const, ...numbers, ...names].map((name) => [name, new NumberColumn()] as const)
  return Object.fromEntries(entries) as Record<Column, NumberColumn>
}

/** Sessions as columns of numbers: about 40 to 100 bytes a session and the letters of its id. */
export class SessionTable implements SessionList {
  readonly #ids = new TextTable()
  readonly #names = new TextTable()
  readonly #columns = columns()
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Enters a session; false when its id is there already. */
  add(session: TraceSession): boolean {
    const id = this.#ids.add(session.id)
    if (id < this.#length) return false
    const row = this.#length++
    this.#columns.id.set(row, id)
    for (const name of numbers) {
      const value = session[name]
      if (value !== undefined) this.#columns[name].set(row, value)
    }
    for (const name of names) {
      const text = session[name]
      if (text !== undefined) this.#columns[name].set(row, this.#names.add(text))
    }
    return true
  }

  /** Puts the sessions in the order of arrival, those of one moment as they came. */
  sort(): this {
    const arrive = this.#columns.arrive_ms
    const order = Uint32Array.from({ length: this.#length }, (_, row) => row)
    if (order.every((row) => row === 0 || arrive.at(row - 1) <= arrive.at(row))) return this
    order.sort((a, b) => arrive.at(a) - arrive.at(b) || a - b)
    for (const column of Object.values(this.#columns)) column.arrange(order)
    return this
  }

  at(row: number): TraceSession {
    invariant(row >= 0 && row < this.#length, `session ${row} of ${this.#length}`)
    const session: Mutable<TraceSession> = {
      id: this.#ids.at(this.#columns.id.at(row)),
      arrive_ms: this.arrive_ms(row),
      depart_ms: this.depart_ms(row),
      energy_kWh: this.energy_kWh(row),
    }
    for (const name of numbers) {
      const value = this.#columns[name].at(row)
      if (!Number.isNaN(value)) session[name] = value
    }
    for (const name of names) {
      const number = this.#columns[name].at(row)
      if (!Number.isNaN(number)) session[name] = this.#names.at(number)
    }
    return session
  }

  arrive_ms(row: number): number {
    return this.#columns.arrive_ms.at(row)
  }

  depart_ms(row: number): number {
    return this.#columns.depart_ms.at(row)
  }

  energy_kWh(row: number): number {
    return this.#columns.energy_kWh.at(row)
  }

  *[Symbol.iterator](): Iterator<TraceSession> {
    for (let row = 0; row < this.#length; row++) yield this.at(row)
  }
}
