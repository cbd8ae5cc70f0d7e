import type { DecisionEntry, DecisionRun } from '../../live/operate/index.ts'
import type { Database } from './database.ts'

const EVERY_ms = 1000
const MOST_WAITING = 50_000

interface Waiting {
  readonly run: DecisionRun
  readonly entry: DecisionEntry
}

/** The decision log: written once a second. */
export class Decisions {
  readonly #database: Database
  readonly #failed: (error: unknown) => void
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | null = null
  #lost = 0

  constructor(database: Database, failed: (error: unknown) => void) {
    this.#database = database
    this.#failed = failed
  }

  /** Entries given up because the disk took none for too long: the run cannot be replayed beyond them. */
  get lost(): number {
    return this.#lost
  }

  add(run: DecisionRun, entries: readonly DecisionEntry[]): void {
    for (const entry of entries) {
      if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ run, entry })
      else this.#lost++
    }
    this.#timer ??= setTimeout(() => this.flush(), EVERY_ms)
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#waiting.length === 0) return
    try {
      this.#database.transaction(() => this.#write())
      this.#waiting = []
    } catch (error) {
      this.#timer ??= setTimeout(() => this.flush(), EVERY_ms)
      this.#failed(error)
    }
  }

  #write(): void {
    const numbers = new Map<string, { run: number; next: number }>()
    const insert = this.#database.prepare('insert into decision (run, number, at_ms, bytes) values (?, ?, ?, ?)')
    for (const { run, entry } of this.#waiting) {
      const at = numbers.get(run.id) ?? this.#begin(run)
      numbers.set(run.id, at)
      insert.run(at.run, at.next++, entry.at_ms, entry.bytes)
    }
  }

  /** Number of a run and of its next entry; a new one is written down. */
  #begin({ id, started_ms, hub, settings, engineVersion, snapshot }: DecisionRun): { run: number; next: number } {
    this.#database.run(
      'insert or ignore into decisionRun (id, started_ms, hub, settings, engineVersion, snapshot) values (?, ?, ?, ?, ?, ?)',
      ...[id, started_ms, JSON.stringify(hub), JSON.stringify(settings), engineVersion, snapshot],
    )
    const found = this.#database.first(
      'select r.number as run, (select coalesce(max(d.number), 0) + 1 from decision d where d.run = r.number) as next from decisionRun r where r.id = ?',
      id,
    )
    return { run: Number(found?.['run']), next: Number(found?.['next']) }
  }
}
