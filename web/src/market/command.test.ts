import { expect, test } from 'vitest'
import { readAsked } from '../../../src/app/cli/market/asked.ts'
import { OptionReader } from '../../../src/app/cli/options.ts'
import { noLevers as modelLevers } from '../../../src/study/market/index.ts'
import { commandOf } from './command.ts'
import { type Levers, noLevers } from './no-levers.ts'

/** Options as the command line hands them on. */
function inputOf(command: string): Record<string, string | string[]> {
  const words = command.split(' ').slice(3)
  const input: Record<string, string | string[]> = {}
  for (let at = 0; at < words.length; at += 2) {
    const name = (words[at] ?? '').slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    const isMany = ['never', 'mandate', 'ban', 'access'].includes(name)
    input[name] = isMany ? [...(input[name] ?? []), words[at + 1] ?? ''] : (words[at + 1] ?? '')
  }
  return input
}

test('the command shown turns the same levers at the command line', () => {
  const levers: Levers = {
    ...{ never: ['ford', 'gm'], cap_frac: 0.45, opened: '2025-01-01', salesFactor: 1.25 },
    ...{ adapterCover_frac: 0.9, threshold_frac: 0.085, access: { ccs: 0.5, chademo: 0 } },
    rules: [
      { kind: 'mandate', connector: 'chademo', from: '2026-01-01', share_frac: 0.3 },
      { kind: 'mandate', connector: 'ccs1', from: '2027-01-01', share_frac: 1 },
      { kind: 'ban', connector: 'nacs', from: '2026-06-01' },
    ],
  }
  const command = commandOf({ scenario: 'us-nacs-domino', levers, last_year: 2035, draws: 100 })
  const read = new OptionReader(inputOf(command))
  expect(readAsked(read)).toMatchObject({ levers, draws: 100, to_yr: 2036 })
  expect(read.problems).toEqual([])
})

test('levers that were not turned are those of the model', () => {
  expect(noLevers).toEqual(modelLevers)
  const command = commandOf({ scenario: 'eu-ccs2-mandate', levers: noLevers, last_year: 2039, draws: 0 })
  expect(command).toBe('anyplug market eu-ccs2-mandate --to 2039')
})
