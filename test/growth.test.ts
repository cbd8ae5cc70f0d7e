import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { committedFigures, growthPicture, pictureFile, work } from '../scripts/plot-growth.ts'

const figures = committedFigures()

test('the picture of the benchmarks shows the figures beside it', () => {
  expect(readFileSync(pictureFile, 'utf8')).toBe(growthPicture(figures))
})

test('cost grows no faster than sessions times active EVSEs', () => {
  expect(figures.years.map(({ evses }) => evses)).toEqual([8, 16, 32, 64, 128])
  for (const [at, year] of figures.years.entries()) {
    const before = figures.years[at - 1]
    if (before) expect(year.cpu_s / before.cpu_s).toBeLessThan(work(year) / work(before))
  }
})
