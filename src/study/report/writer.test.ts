import { expect, test } from 'vitest'
import { writerOf } from './writer.ts'

const english = writerOf('en')
const chinese = writerOf('zh')
/** No-break space: a number and its unit stay together. */
const nb = '\u00a0'

test.each([
  [english.number(1234.56, 1), '1,234.6'],
  [english.number(7, 1), '7.0'],
  [english.number(Number.NaN, 1), '–'],
  [english.number(-0, 0), '0'],
  [english.signed(-2.5, 1), '−2.5'],
  [english.signed(2.5, 1), '+2.5'],
  [english.signed(0, 1), '0.0'],
  [english.percent(0.1234), '12.3%'],
  [english.percent(Number.POSITIVE_INFINITY), '–'],
  [english.power(1600), `1,600${nb}kW`],
  [english.energy(72.31), `72.3${nb}kWh`],
  [english.minutes(0), `0${nb}min`],
  [chinese.minutes(14.2), `14.2${nb}分钟`],
  [english.duration(86_400), '1 day'],
  [english.duration(600), '10 minutes'],
  [english.duration(5400), '1.5 hours'],
  [chinese.duration(7 * 86_400), '7天'],
])('%s', (written, expected) => {
  expect(written).toBe(expected)
})
