import { type Language, say } from '../../../base/words/index.ts'
import { localPeriod } from '../../../io/formats/run-tables/index.ts'
import { differenceWriter, figureLabel, verdictWords } from '../../../study/report/figures/index.ts'
import type { ComparedHub, Contrast, Difference, SiteChange } from '../../../study/simulate/many/index.ts'
import { type BatchOptions, runsLine } from './batch.ts'
import { type DemandSource, demandLines } from './demand-source.ts'
import { type SummaryLine, summaryTable } from './summary.ts'
import { textTable } from './text-table.ts'

/** A comparison as it is told. */
export interface Comparison {
  readonly hubs: readonly ComparedHub[]
  readonly contrasts: readonly Contrast[]
  /** Who comes to the first hub. */
  readonly source: DemandSource
  readonly options: BatchOptions
  readonly from: string
  readonly to: string
  /** Of the first hub. */
  readonly timezone: string
}

/** Longer values, such as the hours of a profile, are cut on the screen; JSON has them whole. */
const VALUE_LENGTH = 60

function shortened(value: string | null, language: Language): string {
  if (value === null) return say('compare.notStated', {}, language)
  const text = value.replaceAll('"', '').replace(/([:,])(?=\S)/g, '$1 ')
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text
}

function changeLines(changes: readonly SiteChange[], language: Language): string {
  if (changes.length === 0) return `  ${say('compare.noChanges', {}, language)}`
  const rows = changes.map(({ path, from, to }) => {
    return [`  ${path}`, `${shortened(from, language)} → ${shortened(to, language)}`]
  })
  return textTable(['left', 'left'], rows)
}

function differenceRow(row: Difference, language: Language): string[] {
  const { figure, base, other, difference } = row
  const writer = differenceWriter(row, language)
  const values = [writer.number(base?.mean), writer.number(other?.mean), writer.signed(difference?.mean)]
  return [figureLabel(figure, language), ...values, writer.half(difference), verdictWords(row, language)]
}

function contrastText({ base, other, changes, differences }: Contrast, language: Language): string {
  const title = say('compare.against', { other: other.label, base: base.label }, language)
  const heads = [
    '',
    base.label,
    other.label,
    `${other.label} − ${base.label}`,
    say('compare.interval', {}, language),
    '',
  ]
  const rows = differences.map((row) => differenceRow(row, language))
  const table = textTable(['left', 'right', 'right', 'right', 'right', 'left'], [heads, ...rows])
  return [title, changeLines(changes, language), '', table].join('\n')
}

/** The hubs, what differs between their files, and what differs between their runs. */
export function comparisonText(comparison: Comparison, language: Language): string {
  const { hubs, contrasts, source, options, timezone } = comparison
  const runs = hubs[0]?.outcomes.length ?? 0
  const head: SummaryLine[] = [
    ...hubs.map(({ label, file, hub }): SummaryLine => [label, `${hub.name} (${file})`]),
    [say('simulate.period', {}, language), say('compare.fromTo', localPeriod(comparison, timezone), language)],
    ...demandLines(source, hubs[0]?.outcomes[0]?.replayed ?? null, language),
    runsLine(runs, options, language),
  ]
  const blocks = runs === 0 ? [] : contrasts.map((contrast) => contrastText(contrast, language))
  return [summaryTable(head), ...blocks].join('\n\n')
}
