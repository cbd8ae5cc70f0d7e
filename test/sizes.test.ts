import { expect, test } from 'vitest'
import { measure, quantile, sizeProblems } from '../scripts/sizes.ts'

const longBody = (lines: number) => Array.from({ length: lines - 2 }, (_, line) => `  step(${line})`).join('\n')
const longFunction = `function long() {\n${longBody(61)}\n}\n`
const short = 'function short() {\n  step()\n}\n'.repeat(15)

test('a function of 61 lines is told, unless its comment says why', () => {
  expect(sizeProblems([measure('a.ts', short + longFunction)])).toEqual(['a.ts:46 long has 61 lines; at most 60'])
  expect(sizeProblems([measure('a.ts', `${short}// size: hot loop\n${longFunction}`)])).toEqual([])
})

test('a file of 501 lines and five parameters are told', () => {
  expect(sizeProblems([measure('a.ts', 'step()\n'.repeat(501))])).toContain('a.ts has 501 lines; at most 500')
  const many = measure('a.ts', 'const f = (a, b, c, d, e) => a')
  expect(sizeProblems([many])).toEqual(['a.ts:1 f has 5 parameters; at most 4'])
})

test('assertions count, const ones and elements of arrays do not', () => {
  expect(measure('a.ts', 'const a = b as Code\nconst c = [1] as const\nconst d = c[0] as number').assertions).toBe(1)
})

test('nothing seen is a problem', () => {
  expect(sizeProblems([])).toEqual(['no source files seen'])
})

test('quantiles', () => {
  expect(quantile([5, 1, 3], 0.5)).toBe(3)
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(10)
  expect(quantile([], 0.5)).toBe(0)
})
