import type { Contender } from './contest.ts'
import type { LinearProgram } from './ports.ts'
import type { Steps } from './steps.ts'

/** Rows of a program as they are written. */
class Rows {
  readonly bounds: number[] = []
  readonly starts: number[] = [0]
  readonly columns: number[] = []
  readonly values: number[] = []

  add(entries: readonly (readonly [column: number, value: number])[], bound: number): void {
    for (const [column, value] of entries) {
      this.columns.push(column)
      this.values.push(value)
    }
    this.bounds.push(bound)
    this.starts.push(this.columns.length)
  }
}

/** Where the columns of a contender stand: room left and energy of its steps by turns, room left at the end last. */
interface Placed {
  readonly contender: Contender
  readonly first: number
  readonly from: number
  readonly until: number
}

/** Room left when the step begins that is so many steps after the first of a contender. */
const roomColumn = ({ first }: Placed, offset: number): number => first + 2 * offset
const energyColumn = ({ first }: Placed, offset: number): number => first + 2 * offset + 1

function place(part: readonly Contender[], { starts }: Steps): Placed[] {
  let first = 0
  return part.map((contender) => {
    const [from, until] = [starts[contender.from] ?? 0, starts[contender.until] ?? 0]
    const placed = { contender, first, from, until }
    first += 2 * (until - from) + 1
    return placed
  })
}

/** A program over the steps of some contenders, and how to read a solution of it. */
export interface PartProgram {
  readonly program: LinearProgram
  /** Room left of each contender when each of its steps begins, and at its end. */
  readonly plans: (x: Float64Array) => Float64Array[]
}

/**
 * The most energy of some contenders, as a relaxation: what is possible at all fulfils every row.
 * - In a step, energy is at most rating × length: the upper bound of its column.
 * - On its curve a battery loses room no faster than room' = −room / taper; so in a step of length h it takes at most
 *   room × (1 − exp(−h / taper)), exactly what it takes when it is on its curve throughout.
 * - Together they take at most limit × length.
 */
export function programOf(part: readonly Contender[], steps: Steps, limit_kW: number): PartProgram {
  const placed = place(part, steps)
  const last = placed.at(-1)
  const count = last ? roomColumn(last, last.until - last.from) + 1 : 0
  const columns = { worth: new Float64Array(count), lower: new Float64Array(count), upper: new Float64Array(count) }
  for (const one of placed) writeColumns(one, columns, steps)
  const rows = new Rows()
  for (const one of placed) writeBalances(one, rows)
  const equalities = rows.bounds.length
  for (const one of placed) writeTapers(one, rows, steps)
  writeLimits(placed, rows, { steps, limit_kW })
  const program = {
    ...columns,
    equalities,
    bounds: Float64Array.from(rows.bounds),
    starts: Int32Array.from(rows.starts),
    columns: Int32Array.from(rows.columns),
    values: Float64Array.from(rows.values),
  }
  return { program, plans: (x) => placed.map((one) => planOf(one, x)) }
}

type Columns = Pick<LinearProgram, 'worth' | 'lower' | 'upper'>

function writeColumns(one: Placed, { worth, lower, upper }: Columns, { lengths_h }: Steps): void {
  const { charge, room_kWh } = one.contender
  for (let step = one.from; step < one.until; step++) {
    const column = energyColumn(one, step - one.from)
    worth[column] = 1
    upper[column] = charge.rating_kW * (lengths_h[step] ?? 0)
    upper[column + 1] = room_kWh
  }
  lower[one.first] = room_kWh
  upper[one.first] = room_kWh
}

function writeBalances(one: Placed, rows: Rows): void {
  for (let offset = 0; offset < one.until - one.from; offset++) {
    const room = roomColumn(one, offset)
    const after = roomColumn(one, offset + 1)
    rows.add(
      [
        [room, -1],
        [energyColumn(one, offset), 1],
        [after, 1],
      ],
      0,
    )
  }
}

function writeTapers(one: Placed, rows: Rows, { lengths_h }: Steps): void {
  for (let step = one.from; step < one.until; step++) {
    const offset = step - one.from
    const share = -Math.expm1(-(lengths_h[step] ?? 0) / one.contender.charge.taper_h)
    rows.add(
      [
        [roomColumn(one, offset), -share],
        [energyColumn(one, offset), 1],
      ],
      0,
    )
  }
}

function writeLimits(
  placed: readonly Placed[],
  rows: Rows,
  { steps, limit_kW }: { readonly steps: Steps; readonly limit_kW: number },
): void {
  const columnsOf = new Map<number, [column: number, value: number][]>()
  for (const one of placed) {
    for (let step = one.from; step < one.until; step++) {
      if (steps.binds[step] !== 1) continue
      const entries = columnsOf.get(step) ?? []
      columnsOf.set(step, entries)
      entries.push([energyColumn(one, step - one.from), 1])
    }
  }
  for (const [step, entries] of columnsOf) rows.add(entries, limit_kW * (steps.lengths_h[step] ?? 0))
}

function planOf(one: Placed, x: Float64Array): Float64Array {
  return Float64Array.from({ length: one.until - one.from + 1 }, (_, offset) => x[roomColumn(one, offset)] ?? 0)
}
