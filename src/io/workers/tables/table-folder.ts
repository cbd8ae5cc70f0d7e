import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { invariant, type Problem } from '../../../base/problems/index.ts'
import type { LostVisitor } from '../../../hub/demand/index.ts'
import type { EvseResult, Quarter } from '../../../study/simulate/index.ts'
import type { RunTables } from '../../../study/simulate/many/index.ts'
import type { SiteRun, Watch } from '../../../study/simulate/site/index.ts'
import {
  type Column,
  evseColumns,
  type Field,
  LocalTime,
  lostColumns,
  quarterColumns,
  type SessionRow,
  sessionColumns,
} from '../../formats/run-tables/index.ts'
import { makeFolder, notWritable } from './files.ts'
import { csvLines } from './lines.ts'

type Labels = RunTables['labels']

/** A file of rows, which are gathered until they are written; labels stand in front of every row. */
class Table<Row> {
  readonly #file: FileHandle
  readonly #labels: readonly Column<Row>[]
  #columns: readonly Column<Row>[] = []
  #rows: Field[][] = []

  constructor(file: FileHandle, labels: Labels) {
    this.#file = file
    this.#labels = Object.entries(labels).map(([name, value]): Column<Row> => [name, () => value])
  }

  begin(own: readonly Column<Row>[]): void {
    const columns = [...this.#labels, ...own]
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

const names = ['sessions.csv', 'quarters.csv', 'turned-away.csv', 'evses.csv'] as const

/** The files of a folder, emptied; none stays open where one cannot be. */
async function openFiles(folder: string): Promise<readonly FileHandle[]> {
  const files: FileHandle[] = []
  try {
    for (const name of names) files.push(await open(join(folder, name), 'w'))
    return files
  } catch (error) {
    for (const file of files) await file.close()
    throw error
  }
}

/** A folder, and what tells its rows from those of other runs. */
export type Where = Pick<RunTables, 'folder'> & Partial<RunTables>

/** The tables of one run as files of a folder. Memory stays flat when they are written now and then. */
export class TableFolder {
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

  private constructor({ folder, labels = {} }: Where, [sessions, quarters, lost, evses]: readonly FileHandle[]) {
    invariant(sessions && quarters && lost && evses, 'four files are open')
    this.#folder = folder
    this.#sessions = new Table(sessions, labels)
    this.#quarters = new Table(quarters, labels)
    this.#lost = new Table(lost, labels)
    this.#evses = new Table(evses, labels)
  }

  /** Makes the folder if need be (its parent must be there) and empties its four tables; other files in it stay as they are. */
  static async open(where: Where): Promise<{ readonly tables: TableFolder } | { readonly problem: Problem }> {
    try {
      await makeFolder(where.folder)
      return { tables: new TableFolder(where, await openFiles(where.folder)) }
    } catch (error) {
      return { problem: notWritable(where.folder, error) }
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
  end(siteRun: SiteRun, evses: readonly EvseResult[]): void {
    for (const session of siteRun.openSessions()) this.#sessions.add({ ...session, open: true })
    for (const evse of evses) this.#evses.add(evse)
  }

  async close(): Promise<void> {
    for (const table of this.#tables) await table.close()
  }

  get #tables(): readonly Pick<Table<never>, 'write' | 'close'>[] {
    return [this.#sessions, this.#quarters, this.#lost, this.#evses]
  }
}
