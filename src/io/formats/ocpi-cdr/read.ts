import type { Checked } from '../../../base/problems/index.ts'
import type { Trace, TraceSession } from '../../../hub/demand/trace/index.ts'
import { Fields } from '../json/fields.ts'
import { jsonRecords } from '../json/records.ts'
import { TraceCollector } from '../sessions/collector.ts'
import { MomentReader } from '../sessions/moments.ts'
import type { Place, TextSource, TraceOptions } from '../sessions/source.ts'

/** What the charging periods say: when power stopped flowing, the highest power, energy as the sum of its parts. */
interface Periods {
  readonly chargingEnd_ms: number | undefined
  readonly maxPower_kW: number | undefined
  readonly energy_kWh: number | undefined
}

interface Period {
  readonly start_ms: number
  volume(...types: readonly string[]): number | undefined
}

function periodOf(value: unknown, moments: MomentReader): Period {
  const fields = new Fields(value)
  const listed = fields.value('dimensions')
  const dimensions = Array.isArray(listed) ? listed.map((dimension) => new Fields(dimension)) : []
  return {
    start_ms: fields.moment_ms('start_date_time', moments),
    volume: (...types) => {
      const found = dimensions.find((dimension) => types.includes(String(dimension.value('type'))))
      const volume = found?.value('volume')
      return typeof volume === 'number' ? volume : undefined
    },
  }
}

function sum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0)
}

/** Charging ends where only periods of parking, without energy, follow. */
function readPeriods(fields: Fields, moments: MomentReader): Periods {
  const listed = fields.value('charging_periods')
  const periods = Array.isArray(listed) ? listed.map((period) => periodOf(period, moments)) : []
  const lastCharging = periods.findLastIndex((period) => (period.volume('ENERGY') ?? 0) > 0)
  const after = lastCharging < 0 ? undefined : periods[lastCharging + 1]
  const isParking = (after?.volume('PARKING_TIME') ?? 0) > 0
  const powers = periods.flatMap((period) => period.volume('MAX_POWER', 'POWER') ?? [])
  return {
    chargingEnd_ms: after && isParking && Number.isFinite(after.start_ms) ? after.start_ms : undefined,
    maxPower_kW: powers.length === 0 ? undefined : Math.max(...powers),
    energy_kWh: sum(periods.flatMap((period) => period.volume('ENERGY') ?? [])),
  }
}

function sessionOf(fields: Fields, moments: MomentReader): TraceSession {
  const { chargingEnd_ms, maxPower_kW, energy_kWh } = readPeriods(fields, moments)
  const depart_ms = fields.moment_ms('end_date_time', moments)
  const evse = fields.optionalText('cdr_location.evse_uid') ?? fields.optionalText('cdr_location.evse_id')
  const connector = fields.optionalText('cdr_location.connector_standard')
  const isTotalMissing = fields.value('total_energy') === undefined && energy_kWh !== undefined
  return {
    id: fields.text('id'),
    arrive_ms: fields.moment_ms('start_date_time', moments),
    depart_ms,
    energy_kWh: isTotalMissing ? energy_kWh : fields.number('total_energy'),
    ...(chargingEnd_ms === undefined ? {} : { chargingEnd_ms: Math.min(chargingEnd_ms, depart_ms) }),
    ...(maxPower_kW === undefined || maxPower_kW <= 0 ? {} : { maxPower_kW }),
    ...(evse === undefined ? {} : { evse }),
    ...(connector === undefined ? {} : { connector }),
  }
}

function take(value: unknown, place: Place, moments: MomentReader, collector: TraceCollector): void {
  const fields = new Fields(value)
  if (fields.value('credit') === true) collector.skip({ code: 'trace.creditRecord', params: {} }, place)
  else collector.take(sessionOf(fields, moments), fields.fault, place)
}

/**
 * Reads charge detail records of OCPI 2.2.1: a list, the pages a server answers with (`{data: [...]}`), or one record a
 * line. Times without a zone are UTC, as OCPI has them. Credit records are left out.
 */
export async function readOcpiCdrs(source: TextSource, options: TraceOptions): Promise<Checked<Trace>> {
  const collector = new TraceCollector(source.file, options)
  const moments = new MomentReader('UTC')
  for await (const records of jsonRecords(source, ['data'])) {
    for (const { value, place } of records) take(value, place, moments, collector)
  }
  return collector.finish(null)
}
