import { SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import { type Report, readNumber, shown } from './read.ts'
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

const bounds: Readonly<Record<Needed, { min?: number; above?: number; max?: number }>> = {
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

/** What is read of a row, in the file's own minutes. */
type Row = Readonly<Record<Needed, number>>

function readCells(row: readonly unknown[], at: number, columns: Columns, report: Report): Row | null {
  const values: Record<string, number> = {}
  let good = true
  for (const name of needed) {
    const cell = columns[name]
    const value = row[cell]
    const { min = -Infinity, above = -Infinity, max = Infinity } = bounds[name]
    if (typeof value === 'number' && value >= min && value > above && value <= max && value < Infinity) {
      values[name] = value
    } else {
      readNumber(value, bounds[name], ['sessions', at, cell], report)
      good = false
    }
  }
  return good ? (values as Record<Needed, number>) : null
}

/** Rules between the cells of one row. */
function checkRow(
  row: Row,
  cells: readonly unknown[],
  at: number,
  columns: Columns,
  frame: Frame,
  report: Report,
): boolean {
  const { arriveMin, plugMin, unplugMin, outlet } = row
  const where = (name: Needed) => ['sessions', at, columns[name]]
  const stay = cells[columns.stayMin]
  const before = report
  let good = true
  const wrong: Report = (...given) => {
    good = false
    before(...given)
  }
  if (!Number.isInteger(outlet) || outlet >= frame.outlets) {
    const last = frame.outlets - 1
    wrong(where('outlet'), { code: 'workload.outletRange', params: { row: at, outlet, last } })
  }
  if (plugMin < arriveMin)
    wrong(where('plugMin'), {
      code: 'workload.plugBeforeArrival',
      params: { row: at, plug: plugMin, arrive: arriveMin },
    })
  if (unplugMin <= plugMin)
    wrong(where('unplugMin'), { code: 'workload.unplugBeforePlug', params: { row: at, plugMin, unplugMin } })
  if (unplugMin > frame.horizon_min) {
    wrong(where('unplugMin'), {
      code: 'workload.afterEnd',
      params: { row: at, unplug: unplugMin, end: frame.horizon_min },
    })
  }
  if (typeof stay === 'number' && unplugMin > plugMin && Math.abs(stay - (unplugMin - plugMin)) > 1e-6) {
    wrong(['sessions', at, columns.stayMin], {
      code: 'workload.stay',
      params: { row: at, stay, found: unplugMin - plugMin },
    })
  }
  return good
}

function readRow(row: unknown, at: number, columns: Columns, frame: Frame, report: Report): Row | null {
  if (!Array.isArray(row)) {
    report(['sessions', at], { code: 'workload.rowNotArray', params: { row: at, found: shown(row) } })
    return null
  }
  if (row.length !== columns.count) {
    report(['sessions', at], {
      code: 'workload.rowLength',
      params: { row: at, found: row.length, expected: columns.count },
    })
    return null
  }
  const values = readCells(row, at, columns, report)
  return values !== null && checkRow(values, row, at, columns, frame, report) ? values : null
}

/** Two sessions at one outlet must not overlap. */
function checkOverlaps(rows: readonly (Row & { at: number })[], columns: Columns, report: Report): void {
  const last = new Map<number, Row & { at: number }>()
  for (const row of rows) {
    const before = last.get(row.outlet)
    if (before !== undefined && row.plugMin < before.unplugMin) {
      const params = { row: row.at, other: before.at, outlet: row.outlet, plug: row.plugMin, unplug: before.unplugMin }
      report(['sessions', row.at, columns.plugMin], { code: 'workload.overlap', params })
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
  const rows: (Row & { at: number })[] = []
  for (const [at, cells] of sessions.entries()) {
    const row = readRow(cells, at, columns, frame, report)
    if (row !== null) rows.push({ ...row, at })
  }
  rows.sort((a, b) => a.plugMin - b.plugMin || a.at - b.at)
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
