import { type Checked, invariant, type Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import {
  type SessionColumns,
  SessionTable,
  type SkippedRow,
  type Trace,
  type TraceSession,
} from '../../../hub/demand/trace/index.ts'
import { implausible, RoughMedian } from './plausible.ts'
import { isSkipReason, type SkipReason } from './reasons.ts'
import { type EnergyUnit, type Place, type TraceOptions, unreadable } from './source.ts'

/** Rows left out that are shown one by one; the others are counted. */
const MAX_SHOWN = 20
/** About a gigabyte as columns. */
const MAX_SESSIONS = 10_000_000
/** Half of all sessions above the first or below the second: the unit is another one. Trucks take 400 kWh as a rule. */
const MAX_MEDIAN_kWh = 1500
const MIN_MEDIAN_kWh = 0.05
const kWhPer: Readonly<Record<EnergyUnit, number>> = { kWh: 1, Wh: 0.001 }
const MS_PER_DAY = 86_400_000
/** A stretch without arrivals is told from so many days on, if it is also so many times the usual distance. */
const GAP_days = 2
const GAP_DISTANCES = 20

/** Places that cost something to find are found when they are shown. */
type Where = Place | (() => Place)

function placeOf(where: Where): Place {
  return typeof where === 'function' ? where() : where
}

interface Skipped {
  count: number
  readonly examples: (SkippedRow & { readonly path: string })[]
}

/** Gathers the sessions of a file, leaves out what cannot be, and says in the end what it is worth. */
export class TraceCollector {
  readonly #file: string
  readonly #options: TraceOptions
  readonly #unit: EnergyUnit
  readonly #isUnitSure: boolean
  readonly #sessions = new SessionTable()
  readonly #skipped = new Map<SkipReason, Skipped>()
  readonly #median = new RoughMedian()
  #shown = 0
  #outside = 0
  #repeated = 0

  /** `unit`: of the energy, where the format fixes it; otherwise it is that of the options, and looked at with doubt. */
  constructor(file: string, options: TraceOptions, unit?: EnergyUnit) {
    this.#file = file
    this.#options = options
    this.#unit = unit ?? options.energyUnit ?? 'kWh'
    this.#isUnitSure = unit !== undefined
  }

  /** Takes a session, its energy in the unit of the file, or leaves it out for the fault that was found in its row. */
  take(session: TraceSession, fault: Coded | null, place: Where): void {
    if (fault !== null) this.skip(fault, place)
    else this.#takeSound(session, place)
  }

  #takeSound(session: TraceSession, place: Where): void {
    const energy_kWh = session.energy_kWh * kWhPer[this.#unit]
    this.#median.add(energy_kWh)
    const converted = energy_kWh === session.energy_kWh ? session : { ...session, energy_kWh }
    const wrong = implausible(converted)
    const { from_ms = Number.NEGATIVE_INFINITY, end_ms = Number.POSITIVE_INFINITY } = this.#options
    if (wrong !== null) this.skip(wrong, place)
    else if (session.arrive_ms < from_ms || session.arrive_ms >= end_ms) this.#outside += 1
    else this.#add(converted, place)
  }

  /** Leaves a row out. */
  skip(reason: Coded, where: Where): void {
    const { code, params } = reason
    invariant(isSkipReason(code), `${code} is a reason to leave a row out`)
    const skipped = this.#skipped.get(code) ?? { count: 0, examples: [] }
    this.#skipped.set(code, skipped)
    skipped.count += 1
    if (this.#shown >= MAX_SHOWN) return
    this.#shown += 1
    const { line, column, index } = placeOf(where)
    const path = index === undefined ? '' : `[${index}]`
    skipped.examples.push({ params, at: { file: this.#file, line, column }, path })
  }

  /** Counts a row with a time that came twice, because clocks were set back. */
  noteRepeated(): void {
    this.#repeated += 1
  }

  /** The recording with what was left out as warnings; or why it is none. */
  finish(timezone: string | null): Checked<Trace> {
    const unit = this.#isUnitSure ? null : this.#unitProblem()
    if (unit) return { ok: false, problems: [unit] }
    if (this.#sessions.length === 0) return { ok: false, problems: [this.#emptiness(), ...this.#warnings()] }
    const skipped = [...this.#skipped].map(([reason, { count, examples }]) => ({ reason, count, examples }))
    const value = { sessions: this.#sessions.columns(), timezone, skipped }
    return { ok: true, value, warnings: [...this.#warnings(), ...this.#notes(value.sessions)] }
  }

  #add(session: TraceSession, place: Where): void {
    if (this.#sessions.length >= MAX_SESSIONS) {
      const fix: Coded = { code: 'trace.fix.period', params: {} }
      throw unreadable(this.#file, { code: 'trace.tooMany', params: { max: MAX_SESSIONS } }, placeOf(place), fix)
    }
    const isNew = this.#sessions.add(session)
    if (!isNew) this.skip({ code: 'trace.duplicateId', params: { id: session.id } }, place)
  }

  #unitProblem(): Problem | null {
    const median = this.#median.value
    const at = { file: this.#file, line: 0, column: 0 }
    if (median > MAX_MEDIAN_kWh) {
      const fix: Coded = { code: 'trace.fix.unit', params: {} }
      return { severity: 'error', code: 'trace.unitTooLarge', params: { median }, at, fix }
    }
    if (!(median < MIN_MEDIAN_kWh)) return null
    return { severity: 'error', code: 'trace.unitTooSmall', params: { median, unit: this.#unit }, at }
  }

  #emptiness(): Problem {
    const count = [...this.#skipped.values()].reduce((sum, skipped) => sum + skipped.count, 0)
    const at = { file: this.#file, line: 0, column: 0 }
    if (this.#outside > 0) {
      return { severity: 'error', code: 'trace.nothingInPeriod', params: { count: this.#outside }, at }
    }
    if (count > 0) return { severity: 'error', code: 'trace.nothingUsable', params: { count }, at }
    return { severity: 'error', code: 'trace.noSessions', params: {}, at }
  }

  /** Examples in the order of the file, then the counts of what they do not show. */
  #warnings(): Problem[] {
    const examples = [...this.#skipped].flatMap(([code, skipped]) =>
      skipped.examples.map(({ params, at, path }): Problem => {
        return { severity: 'warning', code, params, at, ...(path === '' ? {} : { path }) }
      }),
    )
    examples.sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0))
    const counts = [...this.#skipped].flatMap(([code, skipped]) =>
      skipped.count === skipped.examples.length
        ? []
        : [this.#note({ code: `${code}.count`, params: { count: skipped.count } })],
    )
    return [...examples, ...counts]
  }

  #notes(sessions: SessionColumns): Problem[] {
    const notes: Coded[] = []
    if (this.#repeated > 0) notes.push({ code: 'trace.repeated', params: { count: this.#repeated } })
    const gap = longestGap(sessions)
    if (gap !== null) notes.push(gap)
    return notes.map((note) => this.#note(note))
  }

  #note(note: Coded): Problem {
    return { severity: 'warning', ...note, at: { file: this.#file, line: 0, column: 0 } }
  }
}

/** The longest stretch without arrivals, where it is out of the ordinary. */
function longestGap({ arrive_ms }: SessionColumns): Coded | null {
  const time_ms = (row: number): number => arrive_ms[row] as number
  const last = arrive_ms.length - 1
  let [longest_ms, at] = [0, 0]
  for (let next = 1; next <= last; next++) {
    const distance_ms = time_ms(next) - time_ms(next - 1)
    if (distance_ms > longest_ms) [longest_ms, at] = [distance_ms, next]
  }
  const usual_ms = (time_ms(last) - time_ms(0)) / Math.max(1, last)
  if (longest_ms < GAP_days * MS_PER_DAY || longest_ms < GAP_DISTANCES * usual_ms) return null
  const [from_ms, to_ms] = [time_ms(at - 1), time_ms(at)]
  const params = {
    days: longest_ms / MS_PER_DAY,
    from: new Date(from_ms).toISOString(),
    to: new Date(to_ms).toISOString(),
  }
  return { code: 'trace.gap', params }
}
