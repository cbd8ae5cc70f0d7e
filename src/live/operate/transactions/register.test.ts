import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparePoints, energyOf, insertPoint, isLong, type RegisterPoint, thinOut, turningPoints } from './register.ts'

const MINUTE_ms = 60_000
const points = (...registers: readonly number[]): readonly RegisterPoint[] =>
  registers.map((energy_Wh, minute) => [1, minute * MINUTE_ms, energy_Wh])
const energy = (...registers: readonly number[]) => {
  const { energy_Wh, doubts } = energyOf(points(...registers), 150)
  return [energy_Wh, ...doubts]
}

describe('O21 energy of a register', () => {
  test.each<readonly [string, readonly number[], readonly (number | string)[]]>([
    ['nothing', [], [0]],
    ['one reading', [500], [0]],
    ['a rise', [1000, 2000, 3500], [2500]],
    ['standing still', [1000, 1000], [0]],
    ['a step back that is made good', [1000, 2000, 1900, 2500], [1500, 'doubt.registerBack']],
    ['a step back at the end', [1000, 2000, 1900], [1000, 'doubt.registerBack']],
    ['a new start from zero', [1000, 2000, 0, 700], [1700, 'doubt.registerReset']],
    ['a spike', [1000, 2000, 9_000_000, 3000], [2000, 'doubt.registerJump']],
    ['kWh for Wh', [1000_000, 1001_000, 1002, 1003], [1001, 'doubt.registerReset']],
    ['Wh for kWh', [1000, 1001_000], [0, 'doubt.registerJump']],
  ])('%s', (_, registers, expected) => {
    expect(energy(...registers)).toEqual(expected)
  })

  test('an hour at full power is no jump, two are', () => {
    const hour = (energy_Wh: number) =>
      energyOf(
        [
          [0, 0, 0],
          [2, 60 * MINUTE_ms, energy_Wh],
        ],
        150,
      )
    expect(hour(150_000).doubts).toEqual([])
    expect(hour(300_000)).toMatchObject({ energy_Wh: 0, doubts: ['doubt.registerJump'] })
  })

  test('is never negative, never more than the register rose', () => {
    const registers = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1 })
    fc.assert(
      fc.property(registers, (values) => {
        const { energy_Wh } = energyOf(points(...values), 5000)
        const rises = values.slice(1).map((value, index) => Math.max(0, value - (values[index] ?? 0)))
        expect(energy_Wh).toBeGreaterThanOrEqual(0)
        expect(energy_Wh).toBeLessThanOrEqual(rises.reduce((sum, rise) => sum + rise, 0))
      }),
    )
  })
})

test('begin stands first and end last, whatever their times', () => {
  const sorted: RegisterPoint[] = []
  const all: readonly RegisterPoint[] = [
    [1, 50, 3],
    [2, 10, 9],
    [0, 90, 1],
    [1, 20, 2],
    [1, 50, 3],
  ]
  expect(all.map((point) => insertPoint(sorted, point))).toEqual([true, true, true, true, false])
  expect(sorted).toEqual([
    [0, 90, 1],
    [1, 20, 2],
    [1, 50, 3],
    [2, 10, 9],
  ])
  expect(sorted).toEqual([...sorted].sort(comparePoints))
})

test('turning points give the same energy', () => {
  const registers = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(registers, (values) => {
      const all = points(...values)
      expect(energyOf(turningPoints(all, 5000), 5000).energy_Wh).toBe(energyOf(all, 5000).energy_Wh)
    }),
  )
})

test('a long transaction keeps few readings', () => {
  const all = Array.from({ length: 400 }, (_, minute): RegisterPoint => [1, minute * MINUTE_ms, minute * 100])
  const before = energyOf(all, 150)
  thinOut(all, 150)
  expect(isLong(all)).toBe(false)
  expect(energyOf(all, 150)).toEqual(before)
  const saw = Array.from({ length: 400 }, (_, minute): RegisterPoint => [1, minute * MINUTE_ms, (minute % 2) * 100])
  thinOut(saw, 150)
  expect(isLong(saw)).toBe(false)
})
