import { describe, expect, it } from 'vitest'
import { says, sessionsOf } from '../sessions/test-support.ts'

const event = (time: string, event_type: string, update: object = {}, vehicle_id = 'bus_1') => {
  return { signal_time: time, start_time: `2025-03-01T${time}:00+01:00`, vehicle_id, event_type, update }
}
const arrival = (time: string, soc_delta: number, more: object = {}) =>
  event(time, 'arrival', { connected_charging_station: 'CS_bus_1', soc_delta, ...more })

/** A bus with 300 kWh that is at its plug at midnight with half of it. */
const scenario = (events: object[], more: object = {}) => ({
  scenario: { start_time: '2025-03-01T00:00:00+01:00', interval: 15, n_intervals: 96 },
  components: {
    grid_connectors: { GC1: { max_power: 1000 } },
    charging_stations: { CS_bus_1: { max_power: 150, parent: 'GC1' } },
    vehicle_types: {
      bus: {
        name: 'bus',
        capacity: 300,
        charging_curve: [
          [0, 150],
          [0.8, 150],
          [1, 20],
        ],
        battery_efficiency: 0.9,
      },
    },
    vehicles: { bus_1: { vehicle_type: 'bus', connected_charging_station: 'CS_bus_1', soc: 0.5, desired_soc: 0.9 } },
    ...more,
  },
  events: { vehicle_events: events },
})
const text = (events: object[], more: object = {}): string => JSON.stringify(scenario(events, more))
const at = (time: string): number => Date.parse(`2025-03-01T${time}:00+01:00`)

describe('a scenario of SpiceEV', () => {
  it('is followed from event to event, whatever their order in the file', async () => {
    const events = [
      event('06:00', 'departure'),
      event('18:00', 'departure'),
      arrival('12:00', -0.4, { desired_soc: 0.8 }),
    ]
    const stays = await sessionsOf('spiceev', text([events[2] ?? {}, events[0] ?? {}, events[1] ?? {}]))
    expect(stays.map(({ energy_kWh }) => energy_kWh)).toEqual([
      expect.closeTo((0.4 * 300) / 0.9, 9),
      expect.closeTo((0.3 * 300) / 0.9, 9),
    ])
    expect(stays).toMatchObject([
      {
        arrive_ms: at('00:00'),
        depart_ms: at('06:00'),
        soc_frac: 0.5,
        evse: 'CS_bus_1',
        vehicle: 'bus',
        capacity_kWh: 300,
      },
      { arrive_ms: at('12:00'), depart_ms: at('18:00'), soc_frac: 0.5, id: 'bus_1/2' },
    ])
    expect(stays[0]?.maxPower_kW).toBeCloseTo(150 / 0.9, 9)
  })

  it('at the end vehicles leave when they said; one that did not say is left out', async () => {
    const planned = arrival('12:00', -0.4, { estimated_time_of_departure: '2025-03-02T05:00:00+01:00' })
    expect(await sessionsOf('spiceev', text([event('06:00', 'departure'), planned]))).toHaveLength(2)
    const never = text([event('06:00', 'departure'), arrival('12:00', -0.4)])
    expect(await says('spiceev', never)).toEqual(['ok', expect.stringMatching(/^1:\d+ trace.neverLeaves$/)])
  })

  it('arrivals away from a plug are no sessions', async () => {
    const away = event('12:00', 'arrival', { soc_delta: -0.4 })
    expect(
      await sessionsOf('spiceev', text([event('06:00', 'departure'), away, event('14:00', 'departure')])),
    ).toHaveLength(1)
  })

  it.each([
    ['no vehicle events', { ...scenario([]), events: {} }, 'trace.noPart'],
    ['no types', scenario([], { vehicle_types: undefined }), 'trace.noPart'],
    ['no capacity', scenario([], { vehicle_types: { bus: { charging_curve: [[0, 1]] } } }), 'trace.noPart'],
    ['no curve', scenario([], { vehicle_types: { bus: { capacity: 300 } } }), 'trace.noPart'],
    ['no start', { ...scenario([]), scenario: {} }, 'trace.noValue'],
  ])('%s', async (_, bad, code) => {
    expect(await says('spiceev', JSON.stringify(bad))).toEqual([code])
  })

  it('unknown vehicles and types, texts that are none', async () => {
    const good = event('06:00', 'departure')
    expect(await says('spiceev', text([good, event('07:00', 'departure', {}, 'tram_7')]))).toEqual([
      'ok',
      expect.stringContaining('trace.unknownVehicle'),
    ])
    const tram = { bus_1: scenario([]).components.vehicles.bus_1, tram: { vehicle_type: 'tram' } }
    expect(await says('spiceev', text([good], { vehicles: tram }))).toEqual([
      'ok',
      expect.stringContaining('trace.unknownVehicle'),
    ])
    expect(await says('spiceev', text([good]).slice(0, -9))).toEqual([expect.stringContaining('workload.truncated')])
    expect(await says('spiceev', '{"scenario" 7}')).toEqual([expect.stringContaining('document.syntax')])
  })
})

describe('trips of SpiceEV', () => {
  const head = 'departure_time,arrival_time,vehicle_type,soc,vehicle_id\n'
  const rows = `2025-03-01 04:00:00,2025-03-01 16:00:00,van,0.25,van_1
2025-03-02 04:00:00,2025-03-02 15:00:00,van,0.5,van_1
2025-03-01 05:00:00,2025-03-01 17:00:00,van,0.4,van_2
2025-03-02 05:00:00,2025-03-02 17:00:00,van,0.4,van_2
`
  const options = { timezone: 'Europe/Berlin', capacity_kWh: (kind: string) => (kind === 'van' ? 80 : null) }

  it('a vehicle charges between two trips; after its last one nobody knows', async () => {
    const stays = await sessionsOf('spiceev-trips', head + rows, options)
    expect(stays.map(({ arrive_ms, depart_ms, energy_kWh }) => [arrive_ms, depart_ms, energy_kWh])).toEqual([
      [Date.parse('2025-03-01T15:00:00Z'), Date.parse('2025-03-02T03:00:00Z'), 60],
      [Date.parse('2025-03-01T16:00:00Z'), Date.parse('2025-03-02T04:00:00Z'), 48],
    ])
    expect(await says('spiceev-trips', head + rows, options)).toEqual([
      'ok',
      '3:1 trace.neverLeaves',
      '5:1 trace.neverLeaves',
    ])
  })

  it('what is missing is told', async () => {
    expect(await says('spiceev-trips', 'departure_time,distance\nx,1\n', options)).toEqual(['1:1 trace.missingColumns'])
    expect(await says('spiceev-trips', head + rows)).toEqual(['1:1 trace.noTimezone'])
    const unknown = await says('spiceev-trips', head + rows.replaceAll('van,', 'tram,'), options)
    expect(unknown.filter((one) => one.endsWith('batteryUnknown'))).toHaveLength(2)
  })
})
