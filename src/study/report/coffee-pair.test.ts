import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { matchFleet } from '../../hub/demand/index.ts'
import { compileHub } from '../../hub/plant/compile/index.ts'
import { ProfileTable } from '../../hub/plant/index.ts'
import { loadSite } from '../../hub/site/index.ts'
import { builtInCatalogue } from '../../hub/standards/index.ts'
import { bestPair } from './coffee-pair.ts'

function pairOf(example: string, coffee_min: number, edit = (text: string): string => text) {
  const text = edit(readFileSync(new URL(`../../../examples/${example}.yaml`, import.meta.url), 'utf8'))
  const checked = loadSite(text, example, builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  const hub = compileHub(checked.value)
  return bestPair(matchFleet(hub, new ProfileTable(), '2026-06-01'), hub, coffee_min)
}

it('a connection of 43 kW gives 10.75 kWh in a quarter of an hour, whatever the car', () => {
  const pair = pairOf('town-chademo', 15)
  expect(pair).toMatchObject({ peak_kW: 43, boundBy: 'site.limit' })
  expect(pair?.energy_kWh).toBeCloseTo(10.75, 9)
})

it('never more than the peak all the time, nor than the battery holds', () => {
  for (const example of ['us-highway', 'cn-expressway', 'eu-truck-stop']) {
    const short = pairOf(example, 5)
    const long = pairOf(example, 600)
    if (!short || !long) throw new Error('somebody can charge here')
    expect(short.energy_kWh).toBeLessThanOrEqual(short.peak_kW / 12 + 1e-9)
    expect(short.energy_kWh).toBeLessThan(long.energy_kWh)
    expect(long.energy_kWh).toBeLessThanOrEqual(0.9 * 700 + 1e-6)
  }
})

it('a taller connection lets the car and the post decide', () => {
  const pair = pairOf('town-chademo', 15, (text) => text.replace('import_kW: 43', 'import_kW: 300'))
  expect(pair?.peak_kW).toBeCloseTo(50, 0)
  expect(pair?.boundBy).not.toBe('site.limit')
})
