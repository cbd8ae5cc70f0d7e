import type { FleetMatch, SiteDriver } from '../../../hub/demand/index.ts'
import { idAt, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import type { EndedSession } from '../sessions.ts'

const MS_PER_SECOND = 1000

/** What it takes to write down a session as it would have been recorded. */
export interface RecorderInput {
  readonly hub: CompiledHub
  readonly fleet: readonly FleetMatch[]
  readonly driver: SiteDriver
  readonly from_ms: number
  /** The recording that is replayed: its ids are kept. */
  readonly trace: Trace | undefined
  readonly onSession: (session: TraceSession) => void
}

/** Turns sessions of a run, at their end, into recorded ones. */
export function recorder(input: RecorderInput): (ended: EndedSession) => void {
  const { hub, fleet, driver, from_ms, trace, onSession } = input
  const moment_ms = (time_s: number): number => Math.round(from_ms + time_s * MS_PER_SECOND)
  return (ended) => {
    const guest = driver.guestAt(ended.place)
    const at = hub.connectors[ended.place]
    const match = guest ? fleet[guest.row] : undefined
    if (!guest || !at || !match) return
    const power_kW = match.choices.find(({ connector }) => connector === ended.place)?.power_kW
    onSession({
      id: trace ? idAt(trace.sessions, guest.number) : String(guest.number + 1),
      arrive_ms: moment_ms(ended.plugged_s - ended.waited_s),
      plug_ms: moment_ms(ended.plugged_s),
      depart_ms: moment_ms(ended.unplugged_s),
      energy_kWh: ended.energy_kWh,
      ...(ended.done_s === null ? {} : { chargingEnd_ms: moment_ms(ended.done_s) }),
      ...(power_kW === undefined ? {} : { maxPower_kW: power_kW }),
      evse: at.evse.id,
      connector: at.connector.connector,
      vehicle: match.row.vehicle,
      soc_frac: guest.soc_frac,
      ...(match.row.usable_kWh === null ? {} : { capacity_kWh: match.row.usable_kWh }),
    })
  }
}
