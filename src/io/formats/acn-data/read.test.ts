import { describe, expect, it } from 'vitest'
import { says, sessionsOf } from '../sessions/test-support.ts'

const item = {
  _id: '5bc90cb9f9af8b0d7fe77cd2',
  clusterID: '0039',
  connectionTime: 'Wed, 25 Apr 2018 11:08:04 GMT',
  disconnectTime: 'Wed, 25 Apr 2018 13:20:10 GMT',
  doneChargingTime: 'Wed, 25 Apr 2018 13:21:10 GMT',
  kWhDelivered: 7.932,
  sessionID: '2_39_78_362_2018-04-25 11:08:04.400812',
  siteID: '0002',
  spaceID: 'CA-496',
  stationID: '2-39-78-362',
  timezone: 'America/Los_Angeles',
  userID: null,
  userInputs: [{ kWhRequested: 40, minutesAvailable: 200, requestedDeparture: 'Wed, 25 Apr 2018 14:28:04 GMT' }],
}

const page = (...items: object[]): string => JSON.stringify({ _meta: { page: 1 }, _items: items }, null, 1)
const changed = (change: object): object => ({ ...item, sessionID: 'other', ...change })

describe('ACN-Data', () => {
  it('reads what was delivered; charging never ends after the session', async () => {
    const sessions = await sessionsOf('acn-data', page(item))
    expect(sessions).toEqual([
      {
        id: item.sessionID,
        arrive_ms: Date.parse('2018-04-25T11:08:04Z'),
        depart_ms: Date.parse('2018-04-25T13:20:10Z'),
        chargingEnd_ms: Date.parse('2018-04-25T13:20:10Z'),
        energy_kWh: 7.932,
        evse: '2-39-78-362',
      },
    ])
    expect(await sessionsOf('acn-data', JSON.stringify([item]))).toEqual(sessions)
  })

  it.each([
    [{ kWhDelivered: -1 }, 'trace.negativeEnergy'],
    [{ kWhDelivered: '7.9' }, 'trace.notNumber'],
    [{ kWhDelivered: null }, 'trace.noValue'],
    [{ kWhDelivered: 9000 }, 'trace.aboveBattery'],
    [{ disconnectTime: null }, 'trace.noValue'],
    [{ disconnectTime: 'Wed, 25 Apr 2018 11:08:04 GMT' }, 'trace.zeroLength'],
    [{ connectionTime: 'Wed, 25 Apr 2018 25:08:04 GMT' }, 'trace.notMoment'],
    [{ connectionTime: '2018-04-25 11:08:04' }, 'trace.zoneUnclear'],
    [{ connectionTime: 1524654484 }, 'trace.notMoment'],
    [{ sessionID: item.sessionID }, 'trace.duplicateId'],
    [{ sessionID: {} }, 'trace.notText'],
  ])('%j', async (change, code) => {
    expect(await says('acn-data', page(item, changed(change)))).toEqual(['ok', `27:3 ${code}`])
  })

  it('a file that is none, or is cut off', async () => {
    expect(await says('acn-data', '')).toEqual(['trace.noSessions'])
    expect(await says('acn-data', page(item).slice(0, 300))).toEqual(['13:2 workload.truncated'])
    expect(await says('acn-data', '<html>')).toEqual(['1:1 trace.noRecords'])
    expect(await says('acn-data', '[7]')).toEqual(['trace.nothingUsable', '1:2 trace.notRecord'])
  })
})
