import { type Language, say } from '../../../base/words/index.ts'
import { type Difference, MAX_RUNS } from '../../simulate/many/index.ts'

/** What a difference says, in words; where none was seen, how many runs would tell. */
export function verdictWords({ verdict, difference, runsToTell }: Difference, language: Language): string {
  if (verdict === 'unseen') {
    return runsToTell === null
      ? say('compare.verdict.unseenEver', { most: MAX_RUNS }, language)
      : say('compare.verdict.unseen', { runs: runsToTell }, language)
  }
  if (verdict === 'other') return say(`compare.verdict.${(difference?.mean ?? 0) > 0 ? 'more' : 'less'}`, {}, language)
  return say(`compare.verdict.${verdict}`, {}, language)
}
