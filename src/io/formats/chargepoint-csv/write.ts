import { eachSession, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'

const columns: readonly (readonly [header: string, cell: (session: TraceSession) => string | number | undefined])[] = [
  ['id', ({ id }) => id],
  ['arrive', ({ arrive_ms }) => moment(arrive_ms)],
  ['plug', ({ plug_ms }) => moment(plug_ms)],
  ['depart', ({ depart_ms }) => moment(depart_ms)],
  ['chargingEnd', ({ chargingEnd_ms }) => moment(chargingEnd_ms)],
  ['energy_kWh', ({ energy_kWh }) => energy_kWh],
  ['maxPower_kW', ({ maxPower_kW }) => maxPower_kW],
  ['evse', ({ evse }) => evse],
  ['connector', ({ connector }) => connector],
  ['vehicle', ({ vehicle }) => vehicle],
  ['soc_frac', ({ soc_frac }) => soc_frac],
  ['capacity_kWh', ({ capacity_kWh }) => capacity_kWh],
]

function moment(time_ms: number | undefined): string {
  return time_ms === undefined ? '' : new Date(time_ms).toISOString()
}

function quoted(value: string | number | undefined): string {
  const text = String(value ?? '')
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Writes sessions as CSV, everything that is known of them, moments in UTC. */
export function* writeSessionsCsv({ sessions }: Trace): Generator<string> {
  yield `${columns.map(([header]) => header).join()}\n`
  for (const session of eachSession(sessions)) yield `${columns.map(([, cell]) => quoted(cell(session))).join()}\n`
}
