import { describe, expect, it } from 'vitest'
import { RandomStream } from './random.ts'

const many = 40_000

function sample(draw: (stream: RandomStream) => number): { mean: number; sd: number; min: number; max: number } {
  const stream = new RandomStream(3, 'test')
  const values = Array.from({ length: many }, () => draw(stream))
  const mean = values.reduce((sum, value) => sum + value, 0) / many
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many)
  return { mean, sd, min: Math.min(...values), max: Math.max(...values) }
}

describe('random stream', () => {
  it('draws exponential values with their mean, within four standard errors', () => {
    const { mean, sd, min } = sample((stream) => stream.exponential(7))
    expect(Math.abs(mean - 7)).toBeLessThan((4 * 7) / Math.sqrt(many))
    expect(Math.abs(sd - 7)).toBeLessThan(0.25)
    expect(min).toBeGreaterThanOrEqual(0)
  })

  it('goes on where its state was taken', () => {
    const stream = new RandomStream(5, 'a')
    stream.uniform()
    const state = stream.state
    const expected = [stream.uniform(), stream.uniform()]
    const other = new RandomStream(6, 'b')
    other.state = state
    expect([other.uniform(), other.uniform()]).toEqual(expected)
  })

  it('gives each purpose its own numbers', () => {
    expect(new RandomStream(1, 'a').uniform()).not.toBe(new RandomStream(1, 'b').uniform())
  })
})

describe('first numbers', () => {
  it('of neighbouring seeds are not correlated', () => {
    const seeds = 4000
    const first = Array.from({ length: seeds }, (_, seed) => new RandomStream(seed, 'arrivals').uniform() - 0.5)
    const product = first.slice(1).reduce((sum, value, at) => sum + value * (first[at] ?? 0), 0)
    // Variance of a uniform number is 1/12; four standard errors of the correlation.
    expect(Math.abs((12 * product) / seeds)).toBeLessThan(4 / Math.sqrt(seeds))
  })
})
