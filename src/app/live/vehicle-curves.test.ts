import { expect, test } from 'vitest'
import { loadSite } from '../../hub/site/index.ts'
import { builtInCatalogue, match, powerAt_kW, prepareMatch } from '../../hub/standards/index.ts'
import { vehicleCurves } from './vehicle-curves.ts'

const text = `version: 1
name: hub
timezone: America/New_York
location: { latitude_deg: 40, longitude_deg: -75, country: US }
currency: USD
grid: { import_kW: 900 }
stations: [{ id: post, product: ea_350 }]
`

test('a vehicle of the catalogue has the curve its own record gives, below its own peak', () => {
  const catalogue = builtInCatalogue()
  const site = loadSite(text, 'hub.yaml', catalogue)
  if (!site.ok) throw new Error('no site')
  const { curves, curveOf } = vehicleCurves(site.value)
  const vehicle = catalogue.vehicles.get('hyundai-ioniq5-2021')
  const post = catalogue.chargers.get('ea_350')
  if (!vehicle || !post) throw new Error('not in the catalogue')
  const { curve, maxPower_kW } = match({ vehicle, post }, prepareMatch(catalogue)).own
  const points = curves[curveOf(vehicle.id)] ?? []
  for (const soc_frac of [0.1, 0.35, 0.6, 0.85]) {
    const own_kW = Math.min(maxPower_kW ?? Number.NaN, powerAt_kW(curve ?? [], soc_frac))
    expect(powerAt_kW(points, soc_frac)).toBeCloseTo(own_kW, 6)
  }
  expect(curveOf('nobody')).toBe(-1)
})
