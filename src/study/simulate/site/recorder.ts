import type { FleetMatch, SiteDriver } from '../../../hub/demand/index.ts'
import { idAt, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import type { VisitPart } from './visits.ts'

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

/** What a vehicle that is sent on has behind it. */
interface Begun {
  readonly plugged_s: number
  readonly energy_kWh: number
  readonly power_kW: number
}

/** Turns sessions of a run, at their end, into recorded ones; the parts of a vehicle that was sent on are one, at its last place. */
export function recorder(input: RecorderInput): (ended: VisitPart) => void {
  const { hub, fleet, driver, from_ms, trace, onSession } = input
  const moment_ms = (time_s: number): number => Math.round(from_ms + time_s * MS_PER_SECOND)
  const begun = new Map<number, Begun>()
  return (ended) => {
    const guest = driver.guestAt(ended.place)
    const at = hub.connectors[ended.place]
    const match = guest ? fleet[guest.row] : undefined
    if (!guest || !at || !match) return
    const { plugged_s, energy_kWh, power_kW } = begun.get(ended.visit) ?? { ...ended, energy_kWh: 0, power_kW: 0 }
    const here_kW = match.choices.find(({ connector }) => connector === ended.place)?.power_kW ?? 0
    const whole = { plugged_s, energy_kWh: energy_kWh + ended.energy_kWh, power_kW: Math.max(power_kW, here_kW) }
    if (ended.moved) {
      begun.set(ended.visit, whole)
      return
    }
    begun.delete(ended.visit)
    onSession({
      id: trace ? idAt(trace.sessions, guest.number) : String(ended.visit),
      arrive_ms: moment_ms(ended.arrived_s),
      plug_ms: moment_ms(plugged_s),
      depart_ms: moment_ms(ended.unplugged_s),
      energy_kWh: whole.energy_kWh,
      ...(ended.done_s === null ? {} : { chargingEnd_ms: moment_ms(ended.done_s) }),
      ...(whole.power_kW === 0 ? {} : { maxPower_kW: whole.power_kW }),
      evse: at.evse.id,
      connector: at.connector.connector,
      vehicle: match.row.vehicle,
      soc_frac: guest.soc_frac,
      ...(match.row.usable_kWh === null ? {} : { capacity_kWh: match.row.usable_kWh }),
    })
  }
}
