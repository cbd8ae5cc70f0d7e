import { eachSession, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'

const MS_PER_HOUR = 3_600_000

function moment(time_ms: number): string {
  return new Date(time_ms).toISOString()
}

interface Dimension {
  readonly type: string
  readonly volume: number
}

function period(start_ms: number, dimensions: readonly Dimension[]): object {
  return { start_date_time: moment(start_ms), dimensions }
}

function periodsOf(session: TraceSession): readonly object[] {
  const { arrive_ms, plug_ms = arrive_ms, depart_ms, energy_kWh, maxPower_kW, chargingEnd_ms } = session
  const energy = { type: 'ENERGY', volume: energy_kWh }
  const dimensions = maxPower_kW === undefined ? [energy] : [energy, { type: 'MAX_POWER', volume: maxPower_kW }]
  const charging = period(plug_ms, dimensions)
  if (chargingEnd_ms === undefined || chargingEnd_ms >= depart_ms) return [charging]
  const parked = { type: 'PARKING_TIME', volume: (depart_ms - chargingEnd_ms) / MS_PER_HOUR }
  return [charging, period(chargingEnd_ms, [parked])]
}

function record(session: TraceSession): object {
  const { id, arrive_ms, plug_ms = arrive_ms, depart_ms, energy_kWh, evse, connector } = session
  return {
    id,
    start_date_time: moment(plug_ms),
    end_date_time: moment(depart_ms),
    cdr_location: {
      ...(evse === undefined ? {} : { evse_uid: evse }),
      ...(connector === undefined ? {} : { connector_standard: connector }),
    },
    charging_periods: periodsOf(session),
    total_energy: energy_kWh,
    total_time: (depart_ms - plug_ms) / MS_PER_HOUR,
  }
}

/**
 * Writes sessions in the shape of OCPI charge detail records: what is known of them. Parties, tokens, tariffs and costs
 * are not there, so this is for analysis, not for billing. The connector is named as the recording names it.
 */
export function* writeOcpiCdrs({ sessions }: Trace): Generator<string> {
  yield '['
  let separator = '\n'
  for (const session of eachSession(sessions)) {
    yield `${separator}${JSON.stringify(record(session))}`
    separator = ',\n'
  }
  yield '\n]\n'
}
