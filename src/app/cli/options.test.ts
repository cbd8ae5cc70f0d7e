import { describe, expect, it } from 'vitest'
import type { CommandInput } from './command-specs.ts'
import { OptionReader } from './options.ts'

const read = (input: CommandInput) => new OptionReader(input)

describe('option reader', () => {
  it('reads numbers as people type them', () => {
    expect(read({ days: ' 7 ' }).number('--days')).toBe(7)
    expect(read({ ambient: '-12.5' }).number('--ambient')).toBe(-12.5)
    expect(read({ siteLimit: '1.6e3' }).number('--site-limit')).toBe(1600)
    expect(read({}).number('--days')).toBeUndefined()
  })

  it.each(['', '7d', '1,5', '0x10', 'NaN', 'Infinity', '1e999', '--', '1_000'])('refuses %j as a number', (text) => {
    const reader = read({ days: text })
    expect(reader.number('--days')).toBeUndefined()
    expect(reader.problems.map(({ code }) => code)).toEqual(['cli.notANumber'])
  })

  it('tells every problem at once', () => {
    const reader = read({ days: '-1', seed: '1.5', policy: 'fair' })
    reader.number('--days', { min: 0.01, max: 3660 })
    reader.integer('--seed')
    reader.oneOf('--policy', ['max-min', 'fifo'])
    expect(reader.problems.map(({ code }) => code)).toEqual(['cli.outOfRange', 'cli.notAnInteger', 'cli.notOneOf'])
  })

  it('names options that exclude each other', () => {
    const reader = read({ days: '7', to: '2026-01-08' })
    reader.notTogether('--days', '--to')
    expect(reader.problems).toMatchObject([{ params: { first: '--days', second: '--to' } }])
  })

  it('gathers a list from one or many values', () => {
    expect(read({ adapter: ['a', 'b'] }).list('--adapter')).toEqual(['a', 'b'])
    expect(read({ adapter: 'a' }).list('--adapter')).toEqual(['a'])
    expect(read({}).list('--adapter')).toEqual([])
  })
})
