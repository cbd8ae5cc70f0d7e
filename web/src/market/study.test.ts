import { expect, test } from 'vitest'
import { noLevers } from './no-levers.ts'
import { type MarketQuestion, marketAnswer, phaseAnswer, scenarioNames } from './study.ts'

const questionOf = (scenario: string): MarketQuestion => ({ scenario, levers: noLevers, last_year: 2035, draws: 0 })

/** Numbers in an answer that a page would write as NaN or as infinite. */
function strange(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => strange(one, `${path}.${key}`))
}

const names = scenarioNames()

test('every scenario can be chosen, and each region that has none goes as it goes', () => {
  expect(names.length).toBeGreaterThanOrEqual(18)
  expect(new Set(names.map(({ id }) => id)).size).toBe(names.length)
  expect(names.filter(({ isPlain }) => isPlain).map(({ region }) => region)).toEqual(
    expect.arrayContaining(['de', 'kr']),
  )
})

test.each(names.map(({ id }) => id))('%s is told in whole numbers and shares, until the year asked for', (id) => {
  const answer = marketAnswer(questionOf(id))
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  const { told } = answer
  expect(told.years.at(-1)?.year).toBe(2035)
  expect(told.uses).toHaveLength(told.years.length)
  expect(strange(told)).toEqual([])
  // What crosses to the page is plain data.
  expect(structuredClone(told)).toEqual(told)
})

test('levers of another region are told, not played; no map where nobody changes inlet', () => {
  const wrong = { ...questionOf('eu-ccs2-mandate'), levers: { ...noLevers, never: ['ford'] } }
  const answer = marketAnswer(wrong)
  expect(answer.ok ? [] : answer.problems.map(({ code }) => code)).toEqual(['market.problem.unknown.maker'])
  expect(phaseAnswer(wrong)).toBeNull()
  expect(phaseAnswer(questionOf('eu-ccs2-mandate'))).toBeNull()
})
