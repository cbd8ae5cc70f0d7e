import { SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import { type Bounds, type Report, readNumber, shown, within } from './read.ts'
import type { WorkloadSession } from './types.ts'

const needed = ['arriveMin', 'outlet', 'plugMin', 'unplugMin', 'capacityKwh', 'socArrive', 'evMaxKw'] as const
type Needed = (typeof needed)[number]
/** Columns that follow from the others; they are allowed and not read, except for a check of the stay. */
const derived = ['id', 'stayMin', 'toFullKwh', 'energyKwh']

/** Index of each column that is read. */
type Columns = Readonly<Record<Needed, number>> & { readonly stayMin: number; readonly count: number }

interface Frame {
  readonly outlets: number
  readonly horizon_min: number
}

const bounds: Readonly<Record<Needed, Bounds>> = {
  arriveMin: { min: 0 },
  outlet: { min: 0 },
  plugMin: { min: 0 },
  unplugMin: { min: 0 },
  capacityKwh: { above: 0 },
  socArrive: { min: 0, max: 1 },
  evMaxKw: { above: 0 },
}

function readColumns(columns: unknown, report: Report): Columns | null {
  if (!Array.isArray(columns)) {
    report(columns === undefined ? [] : ['columns'], { code: 'workload.noColumns', params: { needed: [...needed] } })
    return null
  }
  let good = true
  for (const [at, name] of columns.entries()) {
    if (columns.indexOf(name) !== at) {
      report(['columns', at], { code: 'workload.duplicateColumn', params: { name: shown(name) } })
      good = false
    } else if (![...needed, ...derived].includes(name)) {
      const known = [...needed, ...derived]
      report(
        ['columns', at],
        { code: 'workload.unknownColumn', params: { name: shown(name), known } },
        undefined,
        'warning',
      )
    }
  }
  for (const name of needed.filter((wanted) => !columns.includes(wanted))) {
    report(['columns'], { code: 'workload.missingColumn', params: { name } })
    good = false
  }
  if (!good) return null
  const index = Object.fromEntries(needed.map((name) => [name, columns.indexOf(name)])) as Record<Needed, number>
  return { ...index, stayMin: columns.indexOf('stayMin'), count: columns.length }
}

/** What is read of a row, in the file's own minutes, and its number. */
type Row = Readonly<Record<Needed, number>> & { readonly row: number }

/** A rule between the cells of one row: what is wrong and the column to point at, or null. */
type Rule = (row: Row, frame: Frame) => readonly [Needed, Coded] | null

const rules: readonly Rule[] = [
  ({ row, outlet }, { outlets }) => {
    const there = Number.isInteger(outlet) && outlet < outlets
    return there ? null : ['outlet', { code: 'workload.outletRange', params: { row, outlet, last: outlets - 1 } }]
  },
  ({ row, plugMin: plug, arriveMin: arrive }) =>
    plug >= arrive ? null : ['plugMin', { code: 'workload.plugBeforeArrival', params: { row, plug, arrive } }],
  ({ row, plugMin: plug, unplugMin: unplug }) =>
    unplug > plug ? null : ['unplugMin', { code: 'workload.unplugBeforePlug', params: { row, unplug, plug } }],
  ({ row, unplugMin: unplug }, { horizon_min: end }) =>
    unplug <= end ? null : ['unplugMin', { code: 'workload.afterEnd', params: { row, unplug, end } }],
]

/** Reads rows one by one and reports what is wrong with them. */
class RowReader {
  readonly #columns: Columns
  readonly #frame: Frame
  readonly #report: Report

  constructor(columns: Columns, frame: Frame, report: Report) {
    this.#columns = columns
    this.#frame = frame
    this.#report = report
  }

  read(cells: unknown, row: number): Row | null {
    if (!Array.isArray(cells)) {
      return this.#wrong(row, { code: 'workload.rowNotArray', params: { row, found: shown(cells) } })
    }
    if (cells.length !== this.#columns.count) {
      const params = { row, found: cells.length, expected: this.#columns.count }
      return this.#wrong(row, { code: 'workload.rowLength', params })
    }
    const values = this.#cells(cells, row)
    return values !== null && this.#fits(values, cells[this.#columns.stayMin]) ? values : null
  }

  #wrong(row: number, problem: Coded, column?: number): null {
    this.#report(column === undefined ? ['sessions', row] : ['sessions', row, column], problem)
    return null
  }

  #cells(cells: readonly unknown[], row: number): Row | null {
    const values: Record<string, number> = { row }
    let good = true
    for (const name of needed) {
      const column = this.#columns[name]
      const value = cells[column]
      const inside = typeof value === 'number' && within(value, bounds[name])
      if (inside) values[name] = value
      else readNumber(value, bounds[name], ['sessions', row, column], this.#report)
      good &&= inside
    }
    return good ? (values as Row) : null
  }

  #fits(row: Row, stay: unknown): boolean {
    const wrong = rules.map((rule) => rule(row, this.#frame)).filter((found) => found !== null)
    for (const [name, problem] of wrong) this.#wrong(row.row, problem, this.#columns[name])
    const found = row.unplugMin - row.plugMin
    if (wrong.length > 0 || typeof stay !== 'number' || Math.abs(stay - found) <= 1e-6) return wrong.length === 0
    this.#wrong(row.row, { code: 'workload.stay', params: { row: row.row, stay, found } }, this.#columns.stayMin)
    return false
  }
}

/** Two sessions at one outlet must not overlap. */
function checkOverlaps(rows: readonly Row[], columns: Columns, report: Report): void {
  const last = new Map<number, Row>()
  for (const row of rows) {
    const before = last.get(row.outlet)
    if (before !== undefined && row.plugMin < before.unplugMin) {
      const { outlet, plugMin: plug } = row
      const params = { row: row.row, other: before.row, outlet, plug, unplug: before.unplugMin }
      report(['sessions', row.row, columns.plugMin], { code: 'workload.overlap', params })
    }
    if (before === undefined || row.unplugMin > before.unplugMin) last.set(row.outlet, row)
  }
}

/** Reads `columns` and `sessions` of a workload file; sessions come back in the order of plugging in. */
export function readSessions(
  fields: Readonly<Record<string, unknown>>,
  frame: Frame,
  report: Report,
): WorkloadSession[] {
  const columns = readColumns(fields['columns'], report)
  const sessions = fields['sessions']
  if (!Array.isArray(sessions)) {
    report(sessions === undefined ? [] : ['sessions'], { code: 'workload.noSessions', params: {} })
    return []
  }
  if (columns === null) return []
  const reader = new RowReader(columns, frame, report)
  const rows = sessions.map((cells, at) => reader.read(cells, at)).filter((row) => row !== null)
  rows.sort((a, b) => a.plugMin - b.plugMin || a.row - b.row)
  checkOverlaps(rows, columns, report)
  return rows.map(toSession)
}

function toSession(row: Row): WorkloadSession {
  return {
    arrive_s: row.arriveMin * SECONDS_PER_MINUTE,
    plug_s: row.plugMin * SECONDS_PER_MINUTE,
    unplug_s: row.unplugMin * SECONDS_PER_MINUTE,
    outlet: row.outlet,
    capacity_kWh: row.capacityKwh,
    soc_frac: row.socArrive,
    maxPower_kW: row.evMaxKw,
  }
}
