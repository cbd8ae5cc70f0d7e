import type { TraceSession } from './session.ts'
import { nameNames, numberNames, type SessionColumns } from './session-columns.ts'
import { type Kind, shared } from './shared.ts'
import { TextTable } from './text-table.ts'

/** Values by row, `none` where there is none. Takes no room before the first value comes. */
class Column<T extends Float64Array | Int32Array> {
  readonly #kind: Kind<T>
  readonly #none: number
  #values: T

  constructor(kind: Kind<T>, none: number) {
    this.#kind = kind
    this.#none = none
    this.#values = new kind(0)
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) this.#grow(row + 1)
    this.#values[row] = value
  }

  at(row: number): number {
    return this.#values[row] ?? this.#none
  }

  /** Its values in the order of `rows`; it is empty then. */
  handOver(rows: Uint32Array): T {
    const values = this.#values
    this.#values = new this.#kind(0)
    if (values.length === 0) return values
    const arranged = shared(this.#kind, rows.length)
    for (let at = 0; at < rows.length; at++) arranged[at] = values[rows[at] as number] ?? this.#none
    return arranged
  }

  #grow(length: number): void {
    const bigger = new this.#kind(Math.max(64, length, 2 * this.#values.length))
    bigger.fill(this.#none)
    bigger.set(this.#values)
    this.#values = bigger
  }
}

function record<Name extends string, T>(names: readonly Name[], of: (name: Name) => T): Readonly<Record<Name, T>> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, T>
}

const references = (): Column<Int32Array> => new Column(Int32Array, -1)

/** Sessions on their way into columns. */
export class SessionTable {
  readonly #ids = new TextTable()
  readonly #names = new TextTable()
  readonly #id = references()
  readonly #numbers = record(numberNames, () => new Column(Float64Array, Number.NaN))
  readonly #references = record(nameNames, references)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Enters a session; false when its id is there already. */
  add(session: TraceSession): boolean {
    const id = this.#ids.add(session.id)
    if (id < this.#length) return false
    const row = this.#length++
    this.#id.set(row, id)
    for (const name of numberNames) {
      const value = session[name]
      if (value !== undefined) this.#numbers[name].set(row, value)
    }
    for (const name of nameNames) {
      const text = session[name]
      if (text !== undefined) this.#references[name].set(row, this.#names.add(text))
    }
    return true
  }

  /** The columns by arrival, sessions of one moment as they came. They are handed over one by one: call this once, at the end. */
  columns(): SessionColumns {
    const rows = this.#byArrival()
    return {
      length: this.#length,
      id: this.#id.handOver(rows),
      ...record(numberNames, (name) => this.#numbers[name].handOver(rows)),
      ...record(nameNames, (name) => this.#references[name].handOver(rows)),
      ids: this.#ids.texts(),
      names: this.#names.texts(),
    }
  }

  #byArrival(): Uint32Array {
    const arrive = this.#numbers.arrive_ms
    const rows = Uint32Array.from({ length: this.#length }, (_, row) => row)
    if (rows.every((row) => row === 0 || arrive.at(row - 1) <= arrive.at(row))) return rows
    return rows.sort((a, b) => arrive.at(a) - arrive.at(b) || a - b)
  }
}
