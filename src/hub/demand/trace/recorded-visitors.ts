import { invariant } from '../../../base/problems/index.ts'
import type { CompiledHub } from '../../plant/compile/index.ts'
import type { FleetRow } from '../../site/index.ts'
import type { FleetMatch } from '../fleet.ts'
import { type Candidates, candidatesOf, Traits } from '../traits.ts'
import type { Visitor, Visitors, VisitorsState } from '../visitor.ts'
import { Casting, evseNames } from './casting.ts'
import type { Trace, TraceSession } from './session.ts'
import { sessionAt } from './session-columns.ts'

const MS_PER_SECOND = 1000

/** Where a recording is replayed. */
export interface Stage {
  readonly hub: CompiledHub
  readonly fleet: readonly FleetMatch[]
  /** Hub by whose plugs vehicles are chosen, where it is another one: that of the recording, with the same fleet. */
  readonly castAt?: { readonly hub: CompiledHub; readonly fleet: readonly FleetMatch[] } | null
  readonly from_ms: number
  readonly end_ms: number
  readonly seed: number
}

/** How the vehicles of a replay were found, in sessions. */
export interface ReplayCounts {
  /** By the name of the vehicle, by its plug, by chance among the fleet. */
  readonly byName: number
  readonly byConnector: number
  readonly byChance: number
  /** Sessions that name an EVSE of this site, and such that name another one. */
  readonly knownEvse: number
  readonly unknownEvse: number
  /** Sessions with more energy than the largest battery they could be given. */
  readonly beyondBattery: number
}

/**
 * Recorded visitors: they come when they came, want what they got, and stay as long as they stayed from plugging in on.
 * A vehicle is known by its recorded name, else drawn among those of the fleet with the recorded plug, else among all
 * of it; always one whose battery holds the energy, if there is one. What the recording does not say is drawn as usual.
 */
export class RecordedVisitors implements Visitors {
  readonly #trace: Trace
  readonly #stage: Stage
  readonly #rows: readonly FleetRow[]
  readonly #traits: Traits
  readonly #evses: ReadonlyMap<string, number>
  readonly #casting: Casting
  readonly #counts = { byName: 0, byConnector: 0, byChance: 0, knownEvse: 0, unknownEvse: 0, beyondBattery: 0 }
  #next: number

  constructor(trace: Trace, stage: Stage) {
    this.#trace = trace
    this.#stage = stage
    this.#rows = stage.fleet.map(({ row }) => row)
    this.#traits = new Traits(stage.seed)
    this.#evses = evseNames(stage.hub)
    const { hub, fleet } = stage.castAt ?? stage
    this.#casting = new Casting(hub, fleet)
    this.#next = firstFrom(trace, stage.from_ms)
  }

  /** How the vehicles that came so far were found. */
  get counts(): ReplayCounts {
    return this.#counts
  }

  next_ms(): number {
    const time_ms = this.#trace.sessions.arrive_ms[this.#next] ?? Number.POSITIVE_INFINITY
    return time_ms < this.#stage.end_ms ? time_ms : Number.POSITIVE_INFINITY
  }

  next(): Visitor {
    const number = this.#next++
    const session = sessionAt(this.#trace.sessions, number)
    const evse = this.#evse(session)
    const row = this.#row(session)
    const kind = this.#rows[row]
    invariant(kind, `row ${row} is one of the fleet`)
    const need_frac = Math.min(1, session.energy_kWh / (kind.usable_kWh ?? Number.POSITIVE_INFINITY))
    const soc_frac = Math.min(session.soc_frac ?? this.#traits.soc_frac(kind), 1 - need_frac)
    const plug_ms = session.plug_ms ?? session.arrive_ms
    const waited_s = (plug_ms - session.arrive_ms) / MS_PER_SECOND
    const manners = this.#traits.manners(kind)
    return {
      ...{ number, row, evse, soc_frac },
      target_frac: soc_frac + need_frac,
      ...manners,
      // Who waited did not drive on, and would have borne some more.
      patience_s: manners.patience_s + waited_s,
      balksAt_frac: waited_s > 0 ? 1 : manners.balksAt_frac,
      overstay_s: Number.POSITIVE_INFINITY,
      maxStay_s: (session.depart_ms - plug_ms) / MS_PER_SECOND,
    }
  }

  get state(): VisitorsState {
    return [[this.#next, ...Object.values(this.#counts)], ...this.#traits.state]
  }

  set state([numbers = [], ...traits]: VisitorsState) {
    const [next = 0, byName = 0, byConnector = 0, byChance = 0, knownEvse = 0, unknownEvse = 0, beyondBattery = 0] =
      numbers
    this.#next = next
    Object.assign(this.#counts, { byName, byConnector, byChance, knownEvse, unknownEvse, beyondBattery })
    this.#traits.state = traits
  }

  #evse({ evse }: TraceSession): number | null {
    if (evse === undefined) return null
    const number = this.#evses.get(evse) ?? null
    this.#counts[number === null ? 'unknownEvse' : 'knownEvse'] += 1
    return number
  }

  #row(session: TraceSession): number {
    const { how, rows } = this.#casting.rows(session)
    this.#counts[how] += 1
    return this.#traits.row(this.#withBattery(rows, session.energy_kWh))
  }

  /** Rows that hold an energy; otherwise those with the largest battery. */
  #withBattery(rows: readonly number[], energy_kWh: number): Candidates {
    const usable_kWh = (row: number): number => this.#rows[row]?.usable_kWh ?? 0
    const holding = rows.filter((row) => usable_kWh(row) >= energy_kWh)
    if (holding.length > 0) return candidatesOf(this.#rows, holding)
    this.#counts.beyondBattery += 1
    const largest_kWh = Math.max(...rows.map(usable_kWh))
    return candidatesOf(
      this.#rows,
      rows.filter((row) => usable_kWh(row) === largest_kWh),
    )
  }
}

/** First session that arrives at a moment or later. */
function firstFrom({ sessions }: Trace, from_ms: number): number {
  let [low, high] = [0, sessions.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sessions.arrive_ms[middle] as number) < from_ms) low = middle + 1
    else high = middle
  }
  return low
}
