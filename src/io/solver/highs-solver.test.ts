import { afterAll, describe, expect, test } from 'vitest'
import type { LinearProgram } from '../../study/simulate/optimum/index.ts'
import { highsSolver } from './index.ts'

/** 3a + 2b, greatest with a − c = 0, a + b ≤ 4, a + 3b ≤ 7 and a ≤ 3: 11 at a = c = 3, b = 1. */
const small: LinearProgram = {
  worth: Float64Array.of(3, 2, 0),
  lower: Float64Array.of(0, 0, 0),
  upper: Float64Array.of(10, 10, 3),
  equalities: 1,
  bounds: Float64Array.of(0, 4, 7),
  starts: Int32Array.of(0, 2, 4, 6),
  columns: Int32Array.of(0, 2, 0, 1, 0, 1),
  values: Float64Array.of(1, -1, 1, 1, 1, 3),
}

/** A chain of many columns in which each may have half of what the one before it has and a bit more: slow to solve. */
function large(columns: number): LinearProgram {
  const rows = columns - 7
  return {
    worth: Float64Array.from({ length: columns }, (_, column) => 1 + ((column * 7919) % 101) / 100),
    lower: new Float64Array(columns),
    upper: new Float64Array(columns).fill(10),
    equalities: 0,
    bounds: new Float64Array(rows).fill(12),
    starts: Int32Array.from({ length: rows + 1 }, (_, row) => 7 * row),
    columns: Int32Array.from({ length: 7 * rows }, (_, at) => Math.floor(at / 7) + (at % 7)),
    values: Float64Array.from({ length: 7 * rows }, (_, at) => 1 + ((at * 104_729) % 97) / 50),
  }
}

const never = new AbortController().signal

describe('the solver', () => {
  const solver = highsSolver()
  afterAll(() => solver.close())

  test('finds columns and prices, one program after the other', async () => {
    for (let time = 0; time < 2; time++) {
      const solution = await solver.maximise(small, never)
      expect([...(solution?.x ?? [])].map((value) => value.toFixed(4))).toEqual(['3.0000', '1.0000', '3.0000'])
      expect([...(solution?.prices ?? [])].map((value) => Math.abs(value).toFixed(4))).toEqual([
        '1.0000',
        '2.0000',
        '0.0000',
      ])
      expect(solution?.prices[1]).toBeGreaterThan(0)
    }
  })

  test('says that there is no solution', async () => {
    const impossible = { ...small, bounds: Float64Array.of(0, 4, -1) }
    await expect(solver.maximise(impossible, never)).rejects.toThrow('status')
  })

  test('stops in the middle, and solves again afterwards', async () => {
    const stop = new AbortController()
    const asked = solver.maximise(large(200_000), stop.signal)
    setTimeout(() => stop.abort(), 300)
    expect(await asked).toBeNull()
    expect(await solver.maximise(small, stop.signal)).toBeNull()
    expect((await solver.maximise(small, never))?.x[0]).toBeCloseTo(3, 4)
  })
})
