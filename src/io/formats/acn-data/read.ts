import type { Checked } from '../../../base/problems/index.ts'
import type { Trace, TraceSession } from '../../../hub/demand/trace/index.ts'
import { Fields } from '../json/fields.ts'
import { jsonRecords } from '../json/records.ts'
import { TraceCollector } from '../sessions/collector.ts'
import { MomentReader } from '../sessions/moments.ts'
import type { TextSource, TraceOptions } from '../sessions/source.ts'

function sessionOf(fields: Fields, moments: MomentReader): TraceSession {
  const arrive_ms = fields.moment_ms('connectionTime', moments)
  const depart_ms = fields.moment_ms('disconnectTime', moments)
  const done_ms = fields.optionalMoment_ms('doneChargingTime', moments)
  const evse = fields.optionalText('stationID') ?? fields.optionalText('spaceID')
  return {
    id: fields.text('sessionID'),
    arrive_ms,
    depart_ms,
    energy_kWh: fields.number('kWhDelivered'),
    ...(done_ms === undefined ? {} : { chargingEnd_ms: Math.min(done_ms, depart_ms) }),
    ...(evse === undefined ? {} : { evse }),
  }
}

/**
 * Reads ACN-Data as the Caltech API serves it: `{_items: [...]}` or a bare list; dates in RFC 1123, energy in kWh. What
 * drivers asked for (`userInputs`) is not read: the energy is what was delivered.
 */
export async function readAcnData(source: TextSource, options: TraceOptions): Promise<Checked<Trace>> {
  const collector = new TraceCollector(source.file, options)
  const moments = new MomentReader(options.timezone)
  let timezone: string | null = null
  for await (const records of jsonRecords(source, ['_items'])) {
    for (const { value, place } of records) {
      const fields = new Fields(value)
      collector.take(sessionOf(fields, moments), fields.fault, place)
      timezone ??= typeof fields.value('timezone') === 'string' ? fields.text('timezone') : null
    }
  }
  return collector.finish(timezone)
}
