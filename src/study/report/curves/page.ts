import type { Language } from '../../../base/words/index.ts'
import { type Html, html } from '../html.ts'
import { pageOf } from '../shell.ts'
import { type Writer, writerOf } from '../writer.ts'
import { curveFigure } from './chart.ts'
import type { CurvePage, CurveSection } from './input.ts'

function headerOf({ kicker, title, facts }: CurvePage): Html {
  return html`<header>
<p class="kicker">${kicker}</p>
<h1>${title}</h1>
<dl class="facts">${facts.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>
</header>`
}

/** Rows of a name, a value and a word about it. */
function rowsOf(heading: string, rows: readonly (readonly string[])[]): Html {
  return html`<div class="scroll" role="group" aria-label="${heading}" tabindex="0"><table>
<caption>${heading}</caption>
<tbody>
${rows.map(
  ([name = '', value = '', note = '']) => html`<tr><th scope="row">${name}</th><td>${value}</td><td>${note}</td></tr>
`,
)}</tbody>
</table></div>`
}

function sectionOf({ id, heading, rows, chart, list }: CurveSection, writer: Writer): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${rows && rows.length > 0 ? rowsOf(heading, rows) : null}${chart ? curveFigure(chart, writer) : null}
${list ? html`<ul>${list.map((item) => html`<li>${item}</li>`)}</ul>` : null}
</section>`
}

/** A page of tables and charts about one thing, like that of a run: needs nothing else, the same input gives the same text. */
export function renderCurvePage(page: CurvePage, language: Language): string {
  const writer = writerOf(language)
  return pageOf({
    writer,
    title: page.title,
    engineVersion: page.engineVersion,
    start: page.sections[0]?.id ?? '',
    header: headerOf(page),
    sections: page.sections.map((section) => sectionOf(section, writer)),
  })
}
