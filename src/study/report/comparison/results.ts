import type { Contrast, Difference } from '../../simulate/many/index.ts'
import { differenceWriter, type FigureWriter, figureLabel, verdictWords } from '../figures/index.ts'
import { type Html, html } from '../html.ts'
import { type TableColumn, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { ComparisonContext } from './context.ts'
import { intervalChart } from './intervals.ts'

function differenceColumns({ base, other }: Contrast, writer: Writer): readonly TableColumn<Difference>[] {
  const numeric = (head: string, tell: (write: FigureWriter, row: Difference) => string): TableColumn<Difference> => ({
    head,
    cell: (row) => tell(differenceWriter(row, writer.language), row),
    numeric: true,
  })
  return [
    { head: writer.say('report.baseline.figure'), cell: ({ figure }) => figureLabel(figure, writer.language) },
    numeric(base.label, (write, row) => write.number(row.base?.mean)),
    numeric(other.label, (write, row) => write.number(row.other?.mean)),
    numeric(`${other.label} − ${base.label}`, (write, row) => write.signed(row.difference?.mean)),
    numeric(writer.say('compare.interval'), (write, row) => write.half(row.difference)),
    { head: writer.say('compare.report.verdict'), cell: (row) => verdictWords(row, writer.language) },
  ]
}

/** How many figures came out how, as one sentence. */
function countSentence({ base, other, differences }: Contrast, writer: Writer): string {
  const count = (...verdicts: Difference['verdict'][]): number =>
    differences.filter(({ verdict }) => verdicts.includes(verdict)).length
  return writer.say('compare.report.counts', {
    ...{ other: other.label, base: base.label },
    all: differences.length,
    better: count('better'),
    worse: count('worse'),
    unseen: count('unseen', 'untold'),
    same: count('same'),
  })
}

function legend(writer: Writer): Html {
  const items = ['better', 'worse', 'unseen'] as const
  return html`<ul class="legend">${items.map(
    (
      kind,
    ) => html`<li><svg class="swatch ${kind}" width="22" height="12" aria-hidden="true"><line class="interval-line" x1="0" x2="22" y1="6" y2="6"/></svg>${writer.say(`compare.report.legend.${kind}`)}</li>
`,
  )}</ul>`
}

/** That both met the same vehicles, or that they did not. */
function crowdMarkup({ base, other, crowd }: Contrast, { writer, input }: ComparisonContext): Html {
  if (crowd.length > 0) {
    const params = { base: base.label, other: other.label }
    return html`<p class="notice">${writer.say('compare.report.otherCrowd', params)}</p>`
  }
  const params = { runs: writer.number(base.outcomes.length), seed: `${input.seed}` }
  return html`<p>${writer.say('compare.report.paired', params)}</p>`
}

function contrastSection(contrast: Contrast, index: number, context: ComparisonContext): Html {
  const { writer } = context
  const { base, other } = contrast
  const id = `contrast-${index + 1}`
  const title = writer.say('compare.against', { other: other.label, base: base.label })
  const chart = intervalChart(contrast, id, writer)
  const values = table(title, differenceColumns(contrast, writer), contrast.differences)
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p>${countSentence(contrast, writer)}</p>
${crowdMarkup(contrast, context)}
${chart === null ? null : html`<figure>${legend(writer)}${chart}</figure>`}
${values}
</section>
`
}

/** What differs between every further hub and the first, and how sure that is. */
export function resultSections(context: ComparisonContext): readonly Html[] {
  return context.input.contrasts.map((contrast, index) => contrastSection(contrast, index, context))
}
