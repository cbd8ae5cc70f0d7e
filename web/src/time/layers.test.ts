import { expect, test } from 'vitest'
import { layersOf } from './layers.ts'

const times_ms = [0, 1, 2]

test('layers add up to what the hub draws, the largest first', () => {
  const power_kW = {
    grid: [10, 20, null],
    'cabinet a': [2, 3, null],
    'cabinet b': [5, 10, null],
    'circuit x': [7, 13, null],
  }
  const layers = layersOf({ times_ms, power_kW })
  expect(layers.map(({ key }) => key)).toEqual(['cabinet b', 'cabinet a', 'rest'])
  const sums = [0, 1].map((step) => layers.reduce((sum, layer) => sum + (layer.power_kW[step] ?? 0), 0))
  expect(sums).toEqual([10, 20])
  expect(layers.every((layer) => layer.power_kW[2] === null)).toBe(true)
})

test('of many cabinets the small ones are one layer', () => {
  const names = Array.from({ length: 20 }, (_, at) => `cabinet ${at}`)
  const power_kW: Record<string, number[]> = { grid: [210, 210, 210] }
  for (const [at, name] of names.entries()) power_kW[name] = [at + 1, at + 1, at + 1]
  const layers = layersOf({ times_ms, power_kW })
  expect(layers.map(({ key }) => key)).toEqual([...names.slice(13).reverse(), 'others'])
  expect(layers.at(-1)?.power_kW).toEqual([91, 91, 91])
})

test('a hub without cabinets is told by circuits, one where nothing was heard by nothing', () => {
  expect(layersOf({ times_ms, power_kW: { grid: [1, 1, 1], 'circuit a': [1, 1, 1] } }).map(({ key }) => key)).toEqual([
    'circuit a',
  ])
  expect(layersOf({ times_ms, power_kW: {} })).toEqual([])
})
