import { expect, test } from 'vitest'
import { barChart, largestBars } from './bars.ts'

const bar = (label: string, value: number) => ({ label, value, text: String(value) })
const chart = (...bars: { label: string; value: number; text: string }[]) =>
  barChart({ id: 'a', title: 't', description: 'd', bars }).text

test('the largest bar fills the width, the others in proportion', () => {
  const widths = [...chart(bar('a', 400), bar('b', 100), bar('c', 0)).matchAll(/class="bar".*?width="([\d.]+)%"/g)]
  expect(widths.map((match) => match[1])).toEqual(['100', '25', '0'])
})

test('bars of nothing have no width', () => {
  expect(chart(bar('a', 0))).toContain('width="0%"')
})

test('a long name is shortened, a Chinese one after half as many characters', () => {
  expect(chart(bar('x'.repeat(300), 1))).toContain(`\u2068${'x'.repeat(34)}…\u2069`)
  expect(chart(bar('站'.repeat(300), 1))).toContain(`\u2068${'站'.repeat(17)}…\u2069`)
})

test('bars beyond the most are summed up in the last one', () => {
  const bars = Array.from({ length: 20 }, (_, index) => bar(`b${index}`, 20 - index))
  const shown = largestBars(bars, 12, (rest) =>
    bar(
      `${rest.length} others`,
      rest.reduce((sum, { value }) => sum + value, 0),
    ),
  )
  expect(shown).toHaveLength(12)
  expect(shown.at(-1)).toMatchObject({ label: '9 others', value: 45 })
  expect(shown.reduce((sum, { value }) => sum + value, 0)).toBe(210)
})
