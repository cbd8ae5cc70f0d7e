import { expect, test } from 'vitest'
import { loadSite } from '../../hub/site/index.ts'
import { builtInCatalogue } from '../../hub/standards/index.ts'
import { hasEvse, placeOf, stationPlans, wireOf } from './plans.ts'
import type { StationPlan } from './views.ts'

const evse = (...connectors: readonly string[]) => ({ connectors, rating_kW: null })
const plan: StationPlan = { stationId: 'S', evses: [evse('ccs2', 'chademo'), evse('ccs2'), evse('mcs', 'ccs2')] }

test('connectors of 1.6 count on over the EVSEs of a station', () => {
  const places = [1, 2, 3, 4, 5].map((wire) => placeOf(plan, wire))
  expect(places).toEqual([
    { evse: 1, connector: 1 },
    { evse: 1, connector: 2 },
    { evse: 2, connector: 1 },
    { evse: 3, connector: 1 },
    { evse: 3, connector: 2 },
  ])
  expect(places.map((place) => place && wireOf(plan, place))).toEqual([1, 2, 3, 4, 5])
  expect([0, -1, 6].map((wire) => placeOf(plan, wire))).toEqual([null, null, null])
})

test('a station nobody planned has one connector an EVSE, and not without end', () => {
  expect([placeOf(null, 3), placeOf(null, 65)]).toEqual([{ evse: 3, connector: 1 }, null])
  expect(wireOf(null, { evse: 3, connector: 1 })).toBe(3)
  expect([hasEvse(plan, 3), hasEvse(plan, 4), hasEvse(null, 64), hasEvse(null, 65)]).toEqual([true, false, true, false])
})

test('an EVSE of the site whose connectors charge at once is as many of OCPP', () => {
  const text = `version: 1
name: Two ways
timezone: UTC
location: { latitude_deg: 50, longitude_deg: 10, country: DE }
currency: EUR
grid: { import_kW: 500 }
stations:
  - id: one
    evses:
      - connectors:
          - { connector: ccs2, maxCurrent_A: 400, maxVoltage_V: 920, maxPower_kW: 150 }
          - { connector: chademo, maxCurrent_A: 125, maxVoltage_V: 500, maxPower_kW: 50 }
  - id: both
    evses:
      - live: 2
        connectors:
          - { connector: ccs2, maxCurrent_A: 400, maxVoltage_V: 920, maxPower_kW: 150 }
          - { connector: chademo, maxCurrent_A: 125, maxVoltage_V: 500, maxPower_kW: 50 }
`
  const site = loadSite(new TextEncoder().encode(text), 'site.yaml', builtInCatalogue())
  if (!site.ok) throw new Error(JSON.stringify(site.problems))
  expect(stationPlans(site.value)).toEqual([
    { stationId: 'one', evses: [{ connectors: ['ccs2', 'chademo'], rating_kW: 150 }] },
    {
      stationId: 'both',
      evses: [
        { connectors: ['ccs2'], rating_kW: 150 },
        { connectors: ['chademo'], rating_kW: 50 },
      ],
    },
  ])
})
