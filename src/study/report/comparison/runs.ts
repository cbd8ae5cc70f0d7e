import { estimates, type FigureEstimate } from '../../simulate/many/index.ts'
import type { Context } from '../context.ts'
import { FigureWriter, figureLabel, figureUnit } from '../figures/index.ts'
import { type Html, html } from '../html.ts'
import { type TableColumn, table } from '../table.ts'
import type { Writer } from '../writer.ts'

/** Columns of means and what runs spread by. */
export function estimateColumns(writer: Writer): readonly TableColumn<FigureEstimate>[] {
  const { language } = writer
  const numeric = (
    code: 'compare.mean' | 'compare.interval' | 'compare.sd' | 'compare.min' | 'compare.max',
    tell: (write: FigureWriter, row: FigureEstimate) => string,
  ): TableColumn<FigureEstimate> => ({
    head: writer.say(code),
    cell: (row) => tell(new FigureWriter(row.figure, row.estimate, language), row),
    numeric: true,
  })
  return [
    { head: writer.say('report.baseline.figure'), cell: ({ figure }) => figureLabel(figure, language) },
    numeric('compare.mean', (write, { estimate }) => write.number(estimate?.mean)),
    numeric('compare.interval', (write, { estimate }) => write.half(estimate)),
    numeric('compare.sd', (write, { estimate }) => write.number(estimate?.sd)),
    numeric('compare.min', (write, { estimate }) => write.number(estimate?.min)),
    numeric('compare.max', (write, { estimate }) => write.number(estimate?.max)),
  ]
}

/** How sure the figures are, where there are runs with other seeds. */
export function runsSection({ input, writer }: Context): Html | null {
  const { runs } = input
  if (runs === undefined) return null
  const caption = writer.say('compare.report.runs', { runs: writer.number(runs.length) })
  return html`<section aria-labelledby="runs">
<h2 id="runs">${caption}</h2>
<p>${writer.say('compare.report.runsIntro', { runs: writer.number(runs.length) })}</p>
${table(caption, estimateColumns(writer), estimates(runs))}
</section>`
}

/** The interval of a figure, to stand beside its value of one run; nothing without further runs. */
export function intervalNote({ input, writer }: Context, name: string): Html | null {
  const row = input.runs && estimates(input.runs).find(({ figure }) => figure.name === name)
  if (!row?.estimate || row.estimate.high === null) return null
  const write = new FigureWriter(row.figure, row.estimate, writer.language)
  const params = {
    runs: writer.number(row.estimate.runs),
    mean: write.number(row.estimate.mean),
    half: write.half(row.estimate),
    unit: figureUnit(row.figure, writer.language),
  }
  return html`<span class="interval">${writer.say('compare.report.interval', params)}</span>`
}
