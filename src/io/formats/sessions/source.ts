import type { Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'

/** A text that comes in pieces, however long it is. */
export interface TextSource {
  /** Name in problems. */
  readonly file: string
  readonly chunks: AsyncIterable<string> | Iterable<string>
  /** Size in bytes, where it is known beforehand. */
  readonly size?: number
}

/** What a file does not say about itself. */
export interface TraceOptions {
  /** IANA zone of local times. */
  readonly timezone?: string
  readonly energyUnit?: EnergyUnit
  /** Which column holds what, for CSV. */
  readonly columns?: ColumnMap
  /** Only sessions that arrive from here on and before the end are kept: the memory of a long file. */
  readonly from_ms?: number
  readonly end_ms?: number
  /** Battery of a vehicle by the name the file gives it; null: not known. Needed where a file states shares of a battery only. */
  readonly capacity_kWh?: (vehicle: string) => number | null
}

export const energyUnits = ['kWh', 'Wh'] as const
export type EnergyUnit = (typeof energyUnits)[number]

/** Columns of a CSV file by what they hold: the header, or two headers (date and time) joined by "+". */
export interface ColumnMap {
  readonly columns: Readonly<Partial<Record<ColumnName, string>>>
  /** Single character; absent: found from the header. */
  readonly delimiter?: string
  /** `comma`: 1.234,5 is 1234.5. */
  readonly decimal?: 'point' | 'comma'
  /** How to read 1/2/2026; absent: found from the first rows, if they tell. */
  readonly dates?: DateOrder
}

export type DateOrder = 'mdy' | 'dmy'

/** What a column can hold, in the order of messages. */
export const columnNames = [
  'id',
  'arrive',
  'plug',
  'depart',
  'duration',
  'chargingEnd',
  'chargingTime',
  'energy',
  'power',
  'evse',
  'connector',
  'vehicle',
  'soc',
  'capacity',
  'timezone',
] as const
export type ColumnName = (typeof columnNames)[number]

/** Where a row or record begins; lines and columns count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
  /** Number of the record in its list, from 0. */
  readonly index?: number
}

/** Why a file cannot be read as a recording at all. Thrown inside this room only; `readTrace` answers it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ code }) => code).join())
    this.problems = problems
  }
}

/** A fault of a file at a place; line 0: of the file as a whole. */
export function unreadable(
  file: string,
  reason: Coded,
  place: Place = { line: 0, column: 0 },
  fix?: Coded,
): Unreadable {
  const at = { file, line: place.line, column: place.column }
  return new Unreadable([{ severity: 'error', ...reason, at, ...(fix ? { fix } : {}) }])
}

/** Pieces of UTF-8 as text; bytes that are none end it with a fault. */
export async function* decoded(file: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let offset = 0
  const text = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch {
      throw unreadable(file, { code: 'document.notUtf8', params: { offset } })
    }
  }
  for await (const piece of pieces) {
    yield text(piece)
    offset += piece.length
  }
  yield text()
}
