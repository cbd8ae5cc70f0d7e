import { expect, it } from 'vitest'
import { loadSite } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import { someStations } from './some-stations.ts'

it.each([1, 200, 201, 5000])('%i stations are a site that can be simulated', (count) => {
  const checked = loadSite(someStations('virtual', count), 'virtual', builtInCatalogue())
  expect(checked.ok && checked.value.stations.length).toBe(count)
  expect(checked.ok && checked.value.demand !== null).toBe(true)
})
