import { parse } from 'parse5'
import { expect, test } from 'vitest'
import type { CurvePage } from './index.ts'
import { renderCurvePage } from './index.ts'

const page: CurvePage = {
  kicker: 'Cable',
  title: 'A <b> & "c"',
  facts: [['made of', 'copper']],
  engineVersion: '0.0.0',
  sections: [
    { id: 'rows', heading: 'Rows', rows: [['current', '500 A', 'bound']] },
    {
      id: 'curves',
      heading: 'Curves',
      chart: {
        id: 'chart',
        title: 'Curves',
        description: 'two lines',
        xLabel: 'minutes',
        yLabel: 'degrees',
        curves: [
          {
            label: 'falls below zero',
            points: [
              [0, 10],
              [10, -20],
            ],
          },
          {
            label: 'rises',
            points: [
              [0, 10],
              [10, 80],
            ],
          },
        ],
        levels: [{ value: 90, label: 'limit 90' }],
        table: { summary: 'values', heads: ['x', 'y'], rows: [['0', '10']] },
      },
    },
    { id: 'list', heading: 'List', list: ['one', 'two <i>'] },
  ],
}

test('a page with rows, curves and a list is well formed and escapes what it is given', () => {
  const text = renderCurvePage(page, 'en')
  const errors: string[] = []
  parse(text, { onParseError: ({ code }) => errors.push(code) })
  expect(errors).toEqual([])
  expect(text).toContain('A &lt;b&gt; &amp; &quot;c&quot;')
  expect(text).toContain('two &lt;i&gt;')
  expect(text).not.toContain('NaN')
  expect(renderCurvePage(page, 'en')).toBe(text)
})

test('curves keep inside their panel, from left to right, below zero as well', () => {
  const paths = [...renderCurvePage(page, 'en').matchAll(/<path class="series-\d line" d="M([^"]+)"/g)]
  expect(paths).toHaveLength(2)
  for (const [, path = ''] of paths) {
    const points = path.split('L').map((point) => point.split(',').map(Number))
    expect(points.map(([x]) => x)).toEqual([0, 1000])
    for (const [, y = Number.NaN] of points) {
      expect(y).toBeGreaterThanOrEqual(26)
      expect(y).toBeLessThanOrEqual(286)
    }
  }
})

test('a level is told by its words, in a page of another language too', () => {
  const text = renderCurvePage(page, 'zh')
  expect(text).toContain('limit 90')
  expect(text).toContain('lang="zh-CN"')
})
