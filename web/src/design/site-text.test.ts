import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formOf, withCount, withField, withStation } from './site-text.ts'

const example = readFileSync(new URL('../../../examples/us-highway.yaml', import.meta.url), 'utf8')

test('the form shows what the file says', () => {
  expect(formOf(example)).toMatchObject({ name: 'Desert Junction', import_kW: 1500, sessions_perDay: 300 })
  expect(formOf(example).stations).toContainEqual({ id: 'post', product: 'ea_350', count: 6 })
})

test('a change keeps every comment', () => {
  const comments = (text: string) => text.match(/#.*$/gm)?.map((comment) => comment.trim())
  const changed = withField(withCount(withStation(example, 'ea_350'), 'post', 3), 'grid/import_kW', 900)
  expect(comments(changed)).toEqual(comments(example))
  const { import_kW, stations } = formOf(changed)
  expect(import_kW).toBe(900)
  expect(stations).toContainEqual({ id: 'post', product: 'ea_350', count: 3 })
  expect(stations).toContainEqual({ id: 'ea-350', product: 'ea_350', count: 1 })
})

test('a second station of a product gets an id of its own, none takes a station out', () => {
  const twice = withStation(withStation(example, 'ea_350'), 'ea_350')
  expect(formOf(twice).stations.map(({ id }) => id)).toContain('ea-350-2')
  expect(formOf(withCount(twice, 'post', 0)).stations.map(({ id }) => id)).not.toContain('post')
})

test('what cannot be read is left as it is', () => {
  const broken = 'name: "open\n  - x'
  expect(withField(broken, 'name', 'A')).toBe(broken)
})
