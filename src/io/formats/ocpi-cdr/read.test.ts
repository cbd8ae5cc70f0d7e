import { describe, expect, it } from 'vitest'
import { says, sessionsOf } from '../sessions/test-support.ts'

const record = {
  country_code: 'DE',
  party_id: 'XYZ',
  id: 'cdr-1',
  start_date_time: '2025-06-29T21:39:09Z',
  end_date_time: '2025-06-29T23:37:32',
  cdr_token: { uid: 'x', type: 'RFID', contract_id: 'y' },
  cdr_location: {
    id: 'L1',
    evse_uid: '3256',
    evse_id: 'DE*XYZ*E3256*1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2_COMBO',
  },
  currency: 'EUR',
  charging_periods: [
    {
      start_date_time: '2025-06-29T21:39:09Z',
      dimensions: [
        { type: 'ENERGY', volume: 30 },
        { type: 'MAX_POWER', volume: 120.5 },
      ],
    },
    {
      start_date_time: '2025-06-29T22:10:00Z',
      dimensions: [
        { type: 'ENERGY', volume: 11.5 },
        { type: 'MAX_POWER', volume: 60 },
      ],
    },
    { start_date_time: '2025-06-29T22:30:00Z', dimensions: [{ type: 'PARKING_TIME', volume: 1.125 }] },
  ],
  total_energy: 41.5,
  total_time: 1.973,
}
const session = {
  id: 'cdr-1',
  arrive_ms: Date.parse('2025-06-29T21:39:09Z'),
  depart_ms: Date.parse('2025-06-29T23:37:32Z'),
  chargingEnd_ms: Date.parse('2025-06-29T22:30:00Z'),
  energy_kWh: 41.5,
  maxPower_kW: 120.5,
  evse: '3256',
  connector: 'IEC_62196_T2_COMBO',
}

describe('OCPI charge detail records', () => {
  it.each([
    ['a list', JSON.stringify([record])],
    ['a page', JSON.stringify({ status_code: 1000, data: [record], timestamp: '2025-07-01T00:00:00Z' })],
    ['pages one after the other', [{ data: [record] }, { data: [] }].map((page) => JSON.stringify(page)).join('\n')],
    ['one a line', `${JSON.stringify(record)}\n`],
  ])('%s', async (_, text) => {
    expect(await sessionsOf('ocpi-cdr', text)).toEqual([session])
  })

  it('without a total, the sum of the periods', async () => {
    expect(await sessionsOf('ocpi-cdr', JSON.stringify([{ ...record, total_energy: undefined }]))).toEqual([session])
  })

  it('a pause is no end of charging', async () => {
    const charging_periods = [...record.charging_periods].reverse()
    const [one] = await sessionsOf('ocpi-cdr', JSON.stringify([{ ...record, charging_periods }]))
    expect(one?.chargingEnd_ms).toBeUndefined()
  })

  it.each([
    [{ total_energy: -1 }, 'trace.negativeEnergy'],
    [{ total_energy: 400 }, 'trace.abovePower'],
    [{ total_energy: undefined, charging_periods: [] }, 'trace.noValue'],
    [{ end_date_time: '2025-06-29T20:00:00Z' }, 'trace.endBeforeStart'],
    [{ credit: true, credit_reference_id: 'cdr-1' }, 'trace.creditRecord'],
    [{ id: undefined }, 'trace.noValue'],
    [{ id: 'cdr-1' }, 'trace.duplicateId'],
  ])('%j', async (change, code) => {
    const text = [record, { ...record, id: 'cdr-2', ...change }].map((one) => JSON.stringify(one)).join('\n')
    expect(await says('ocpi-cdr', text)).toEqual(['ok', `2:1 ${code}`])
  })
})
