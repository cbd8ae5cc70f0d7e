import { type FileHandle, mkdir, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { LostVisitor } from '../../../hub/demand/index.ts'
import type { EvseResult, Quarter } from '../../../study/simulate/index.ts'
import type { SiteRun, Watch } from '../../../study/simulate/site/index.ts'
import { notWritable } from '../files.ts'
import {
  type Column,
  evseColumns,
  type Field,
  lostColumns,
  quarterColumns,
  type SessionRow,
  sessionColumns,
} from './csv-tables.ts'
import { LocalTime } from './local-time.ts'

/** RFC 4180: lines end with CR LF. A text that a spreadsheet would take for a formula gets an apostrophe. */
const form = { newline: '\r\n', escapeFormulae: true, header: false } as const

/** Rows as lines, each with its end. */
export function csvLines(rows: readonly (readonly Field[])[]): string {
  return rows.length === 0 ? '' : Papa.unparse(rows as Field[][], form) + form.newline
}

/** A file of rows, which are gathered until they are written. */
class Table<Row> {
  readonly #file: FileHandle
  #columns: readonly Column<Row>[] = []
  #rows: Field[][] = []

  constructor(file: FileHandle) {
    this.#file = file
  }

  begin(columns: readonly Column<Row>[]): void {
    this.#columns = columns
    this.#rows.push(columns.map(([name]) => name))
  }

  add(row: Row): void {
    this.#rows.push(this.#columns.map(([, field]) => field(row)))
  }

  async write(): Promise<void> {
    const text = csvLines(this.#rows)
    this.#rows = []
    await this.#file.write(text)
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

async function openTable<Row>(folder: string, name: string): Promise<Table<Row>> {
  return new Table<Row>(await open(join(folder, name), 'w'))
}

/** Makes a folder beside what is there. Not `recursive`: in a folder that takes none, such as /proc, Node never returns. */
async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found === null) await mkdir(folder)
}

/** The tables of one run as files of a folder. Memory stays flat when they are written now and then. */
export class CsvFolder {
  readonly #folder: string
  readonly #sessions: Table<SessionRow>
  readonly #quarters: Table<Quarter>
  readonly #lost: Table<LostVisitor>
  readonly #evses: Table<EvseResult>
  readonly watch: Watch = {
    ended: (session) => this.#sessions.add({ ...session, open: false }),
    quarter: (quarter) => this.#quarters.add(quarter),
    lost: (visitor) => this.#lost.add(visitor),
  }

  private constructor(
    folder: string,
    sessions: Table<SessionRow>,
    quarters: Table<Quarter>,
    [lost, evses]: readonly [Table<LostVisitor>, Table<EvseResult>],
  ) {
    this.#folder = folder
    this.#sessions = sessions
    this.#quarters = quarters
    this.#lost = lost
    this.#evses = evses
  }

  /** Makes the folder if need be (its parent must be there) and empties its four tables; other files in it stay as they are. */
  static async open(folder: string): Promise<Checked<CsvFolder>> {
    try {
      await makeFolder(folder)
      const sessions = await openTable<SessionRow>(folder, 'sessions.csv')
      const quarters = await openTable<Quarter>(folder, 'quarters.csv')
      const lost = await openTable<LostVisitor>(folder, 'turned-away.csv')
      const evses = await openTable<EvseResult>(folder, 'evses.csv')
      return { ok: true, value: new CsvFolder(folder, sessions, quarters, [lost, evses]), warnings: [] }
    } catch (error) {
      return { ok: false, problems: [notWritable(folder, error)] }
    }
  }

  /** Call before the run starts. */
  begin(siteRun: SiteRun, timezone: string, from_ms: number): void {
    const setting = { siteRun, from_ms, time: new LocalTime(timezone) }
    this.#sessions.begin(sessionColumns(setting))
    this.#quarters.begin(quarterColumns(setting))
    this.#lost.begin(lostColumns(setting))
    this.#evses.begin(evseColumns)
  }

  /** Writes what has come together; null, or the problem. */
  async write(): Promise<Problem | null> {
    try {
      for (const table of this.#tables) await table.write()
      return null
    } catch (error) {
      return notWritable(this.#folder, error)
    }
  }

  /** Adds what is known at the end only. */
  end({ run }: SiteRun, evses: readonly EvseResult[]): void {
    for (const session of run.openSessions()) this.#sessions.add({ ...session, open: true })
    for (const evse of evses) this.#evses.add(evse)
  }

  async close(): Promise<void> {
    for (const table of this.#tables) await table.close()
  }

  get #tables(): readonly Pick<Table<never>, 'write' | 'close'>[] {
    return [this.#sessions, this.#quarters, this.#lost, this.#evses]
  }
}
