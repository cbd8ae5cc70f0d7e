import type { NodeResult } from '../simulate/index.ts'
import { place } from './axis.ts'
import type { Context } from './context.ts'
import { durationFigure } from './duration-chart.ts'
import { type Fragment, type Html, html, nameOf } from './html.ts'
import { closedTable, type TableColumn, table } from './table.ts'
import { none, type Writer } from './writer.ts'

/** Rows shown at once, and how few more are not worth a table of their own. */
const MOST_ROWS = 12
const FEW_MORE = 4

/** What people call a node; the grid connection has no name of its own. */
function nodeWords({ kind, id }: NodeResult, writer: Writer): string {
  if (kind === 'grid') return writer.say('report.load.grid')
  return writer.say(kind === 'circuit' ? 'report.limit.circuit' : 'report.limit.cabinet', { id })
}

function share_frac({ peak15min_kW, limit_kW }: NodeResult): number {
  return peak15min_kW === null || limit_kW === null ? 0 : peak15min_kW / limit_kW
}

/** Mean load as a bar on a track as long as the limit, with a mark at the highest quarter. */
function loadCell(node: NodeResult, writer: Writer): Fragment {
  const { load_frac } = node
  if (load_frac === null) return none
  const width = (frac: number): string => `${place(Math.min(Math.max(frac, 0), 1) * 100)}%`
  const mark = width(share_frac(node))
  return html`<svg class="mini" width="96" height="10" aria-hidden="true"><rect class="track" width="100%" height="10"/><rect class="bar" width="${width(load_frac)}" height="10"/><line class="peak" x1="${mark}" x2="${mark}" y1="-1" y2="11"/></svg><span class="share">${writer.percent(load_frac)}</span>`
}

function columnsOf(writer: Writer): readonly TableColumn<NodeResult>[] {
  const power = (value_kW: number | null): string => (value_kW === null ? none : writer.number(value_kW))
  return [
    { head: writer.say('report.load.node'), cell: (node) => nameOf(nodeWords(node, writer)) },
    { head: writer.say('report.load.mean'), cell: (node) => loadCell(node, writer), numeric: true },
    { head: writer.say('report.load.peak'), cell: ({ peak15min_kW }) => power(peak15min_kW), numeric: true },
    { head: writer.say('report.load.limit'), cell: ({ limit_kW }) => power(limit_kW), numeric: true },
    {
      head: writer.say('report.load.atLimit'),
      cell: ({ atLimit_frac }) => writer.percent(atLimit_frac),
      numeric: true,
    },
    {
      head: writer.say('report.column.energy'),
      cell: ({ energy_kWh }) => writer.number(energy_kWh, 1),
      numeric: true,
    },
  ]
}

/** Grid connection and circuits first, then the cabinets nearest to their limit. */
function ordered(nodes: readonly NodeResult[]): readonly NodeResult[] {
  const cabinets = nodes.filter(({ kind }) => kind === 'cabinet')
  return [
    ...nodes.filter(({ kind }) => kind !== 'cabinet'),
    ...cabinets.toSorted((a, b) => share_frac(b) - share_frac(a)),
  ]
}

function peakDaySentence({ result, writer, calendar }: Context): string {
  const { peakDay } = result
  if (peakDay === null || peakDay.energy_kWh === 0) return ''
  return writer.say('report.load.peakDay', {
    date: calendar.date(peakDay.date),
    energy: writer.energy(peakDay.energy_kWh),
  })
}

/** How full grid connection, circuits and cabinets were, and for how long. */
export function loadSection(context: Context): Html {
  const { result, writer } = context
  const rows = ordered(result.byNode)
  const caption = writer.say('report.load')
  const shown = rows.length <= MOST_ROWS + FEW_MORE ? rows.length : MOST_ROWS
  const first = table(caption, columnsOf(writer), rows.slice(0, shown))
  const rest = rows.slice(shown)
  const more = writer.say('report.load.more', { count: writer.number(rest.length) })
  return html`<section aria-labelledby="load">
<h2 id="load">${caption}</h2>
<p>${writer.say('report.load.intro')} ${peakDaySentence(context)}</p>
${first}
${rest.length === 0 ? null : closedTable(more, table(more, columnsOf(writer), rest))}
<h3>${writer.say('report.duration.title')}</h3>
<p>${writer.say('report.duration.intro')}</p>
${durationFigure(context)}
</section>`
}
