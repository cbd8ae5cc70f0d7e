import { invariant } from '../../../base/problems/index.ts'
import type { Language } from '../../../base/words/index.ts'
import type { ComparedHub } from '../../simulate/many/index.ts'
import { type Context, contextOf } from '../context.ts'
import { type Writer, writerOf } from '../writer.ts'
import type { ComparisonInput } from './input.ts'

/** What every part of the page is made from. */
export interface ComparisonContext {
  readonly input: ComparisonInput
  readonly writer: Writer
  /** The first run of each hub, as a report of it alone would have it. */
  readonly firstRuns: readonly FirstRun[]
}

export interface FirstRun {
  readonly hub: ComparedHub
  readonly context: Context
}

export function comparisonContext(input: ComparisonInput, language: Language): ComparisonContext {
  const site = { timezone: input.timezone }
  const firstRuns = input.hubs.map((hub) => {
    const result = hub.outcomes[0]?.result
    invariant(result, `the first run of ${hub.label} is whole`)
    return { hub, context: contextOf({ result, site, assumptions: [] }, language) }
  })
  invariant(firstRuns.length > 0, 'a comparison has hubs')
  return { input, writer: writerOf(language), firstRuns }
}
