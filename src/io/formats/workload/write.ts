import { eachSession, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'
import type { ExportAbout } from '../sessions/formats.ts'

const MS_PER_MINUTE = 60_000
/** Where the battery of a workload begins to take less; a run knows better curves, which this format has no place for. */
const TRANSITION_frac = 0.8

/** What a workload says of each session beyond what a recording must. */
type Complete = TraceSession & Required<Pick<TraceSession, 'maxPower_kW' | 'soc_frac' | 'capacity_kWh'>>

function isComplete(session: TraceSession): session is Complete {
  const { maxPower_kW, soc_frac, capacity_kWh } = session
  return maxPower_kW !== undefined && soc_frac !== undefined && capacity_kWh !== undefined
}

/** Outlets as they are needed: one for each vehicle that is at an EVSE at the same time. */
class Outlets {
  readonly powers_kW: number[] = []
  readonly #ofEvse = new Map<string, { readonly outlet: number; until_ms: number }[]>()

  /** Number of the outlet a session takes. Sessions come in the order of plugging in. */
  take({ evse = '', depart_ms, maxPower_kW }: Complete, plug_ms: number): number {
    const all = this.#ofEvse.get(evse) ?? []
    this.#ofEvse.set(evse, all)
    const free = all.find(({ until_ms }) => until_ms <= plug_ms)
    if (free) free.until_ms = depart_ms
    else all.push({ outlet: this.powers_kW.push(0) - 1, until_ms: depart_ms })
    const outlet = (free ?? all.at(-1))?.outlet ?? 0
    this.powers_kW[outlet] = Math.max(this.powers_kW[outlet] ?? 0, maxPower_kW)
    return outlet
  }
}

const columns = ['id', 'arriveMin', 'outlet', 'plugMin', 'unplugMin', 'capacityKwh', 'socArrive', 'evMaxKw']

/**
 * Writes sessions as a workload file; sessions whose battery, power or state of charge is not known are left out, and so
 * are those that end after the run. An outlet has the highest power that a vehicle agreed on there.
 */
export function* writeWorkload({ sessions }: Trace, about: ExportAbout): Generator<string> {
  const horizonMin = about.duration_s / 60
  const minute = (time_ms: number): number => (time_ms - about.start_ms) / MS_PER_MINUTE
  const plug_ms = (session: TraceSession): number => session.plug_ms ?? session.arrive_ms
  const kept = [...eachSession(sessions)].filter(isComplete).filter(({ depart_ms }) => minute(depart_ms) <= horizonMin)
  kept.sort((a, b) => plug_ms(a) - plug_ms(b))
  const outlets = new Outlets()
  const rows = kept.map((session, at) => {
    const { arrive_ms, depart_ms, capacity_kWh, soc_frac, maxPower_kW } = session
    const times = [
      minute(arrive_ms),
      outlets.take(session, plug_ms(session)),
      minute(plug_ms(session)),
      minute(depart_ms),
    ]
    return JSON.stringify([at, ...times, capacity_kWh, soc_frac, maxPower_kW])
  })
  const head = {
    name: about.name,
    version: 1,
    start: new Date(about.start_ms).toISOString(),
    horizonMin,
    outletsKw: outlets.powers_kW,
    transitionSoc: TRANSITION_frac,
    efficiency: 1,
    siteLimitKw: null,
    columns,
  }
  yield `${JSON.stringify(head).slice(0, -1)},"sessions":[`
  for (const [at, row] of rows.entries()) yield `${at === 0 ? '\n' : ',\n'}${row}`
  yield '\n]}\n'
}
