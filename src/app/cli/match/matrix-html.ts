import { type Code, type Language, say } from '../../../base/words/index.ts'
import type { MatchResult } from '../../../hub/standards/index.ts'
import { bindingOf, type Matrix, marks, shortPower } from './matrix.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)
}

const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1a1d21;--line:#d5d9de;--yes:#cdeccf;--limited:#fbe6b0;--no:#eceef0;--muted:#5b636d;--focus:#1558d6}
@media (prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e8eaed;--line:#394048;--yes:#1d4d26;--limited:#5a4408;--no:#22272c;--muted:#a3acb5;--focus:#8ab4f8}}
body{margin:1.5rem;background:var(--bg);color:var(--fg);font:15px/1.4 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0 0 .25rem}
.frame{overflow:auto;max-height:85vh;border:1px solid var(--line)}
table{border-collapse:separate;border-spacing:0}
th,td{border-right:1px solid var(--line);border-bottom:1px solid var(--line);padding:.25rem .4rem;text-align:left;vertical-align:top}
thead th{position:sticky;top:0;background:var(--bg);z-index:1;font-size:.8rem;min-width:6.5rem}
tbody th,thead th:first-child{position:sticky;left:0;background:var(--bg);z-index:2;min-width:11rem}
thead th:first-child{z-index:3}
td{font-variant-numeric:tabular-nums}
td small{display:block;color:var(--fg);opacity:.85;font-size:.72rem;max-width:9rem}
td:focus{outline:3px solid var(--focus);outline-offset:-3px}
.yes{background:var(--yes)}.limited{background:var(--limited)}.no{background:var(--no)}
.legend{display:flex;gap:1rem;list-style:none;padding:0;flex-wrap:wrap}
.legend li{padding:.15rem .6rem;border:1px solid var(--line)}
p{color:var(--muted);margin:.2rem 0 1rem}
@media print{.frame{max-height:none;overflow:visible}}
`

/** Arrow keys, Home and End move through the cells; only one cell is in the tab order. */
const script = `
const rows=[...document.querySelectorAll('tbody tr')].map(r=>[...r.cells].slice(1));
const steps={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};
document.querySelector('tbody').addEventListener('keydown',e=>{
const y=rows.findIndex(r=>r.includes(e.target)),x=y<0?-1:rows[y].indexOf(e.target);
if(x<0)return;const s=steps[e.key];
const to=s?rows[y+s[0]]?.[x+s[1]]:e.key==='Home'?rows[y][0]:e.key==='End'?rows[y].at(-1):null;
if(!to)return;e.preventDefault();e.target.tabIndex=-1;to.tabIndex=0;to.focus();
to.scrollIntoView({block:'nearest',inline:'nearest'})});
`

function reasonOf(result: MatchResult, language: Language): string {
  const binding = bindingOf(result)
  return binding === null ? '' : say(`${binding}.name`, {}, language)
}

/** Everything about a pair in one tooltip: verdict, power, what holds it back and the sentences behind it. */
function titleOf(result: MatchResult, [vehicle, post]: readonly [string, string], language: Language): string {
  const verdict = say(`match.verdict.${result.verdict}`, {}, language)
  const power =
    result.fits && result.power_kW !== null ? [say('match.power', { power_kW: result.power_kW }, language)] : []
  const reason = result.limits[0]
    ? [
        say('match.matrix.binding', { source: reasonOf(result, language) }, language),
        say(result.limits[0].source, result.limits[0].params, language),
      ]
    : []
  const remedies = result.obstacles.flatMap(({ remedy }) =>
    remedy ? [say('match.heading.remedy', { remedy: say(remedy.code, remedy.params, language) }, language)] : [],
  )
  return [`${vehicle} · ${post}`, [verdict, ...power].join(' '), ...reason, ...remedies].join('\n')
}

function cell(result: MatchResult, names: readonly [string, string], first: boolean, language: Language): string {
  const title = escaped(titleOf(result, names, language))
  const power = shortPower(result, language)
  const unit = result.kind === 'plug' && result.fits ? ' kW' : ''
  const text = `${marks[result.verdict]} ${escaped(power)}${unit}`
  const reason = `<small>${escaped(reasonOf(result, language))}</small>`
  return `<td class="${result.verdict}" tabindex="${first ? 0 : -1}" title="${title}">${text}${reason}</td>`
}

function head(matrix: Matrix, language: Language): string {
  const posts = matrix.posts.map(({ id, name }) => `<th scope="col" title="${escaped(id)}">${escaped(name)}</th>`)
  return `<thead><tr><th scope="col">${escaped(say('match.matrix.vehicle', {}, language))}</th>${posts.join('')}</tr></thead>`
}

function body(matrix: Matrix, language: Language): string {
  const rows = matrix.vehicles.map(({ id, name }, row) => {
    const cells = (matrix.rows[row] ?? []).map((result, column) =>
      cell(result, [name, matrix.posts[column]?.name ?? ''], row === 0 && column === 0, language),
    )
    return `<tr><th scope="row" title="${escaped(id)}">${escaped(name)}</th>${cells.join('')}</tr>`
  })
  return `<tbody>\n${rows.join('\n')}\n</tbody>`
}

function legend(language: Language): string {
  const items = (['yes', 'limited', 'no'] as const).map((verdict) => {
    const text = say(`match.verdict.${verdict}`, {}, language)
    return `<li class="${verdict}">${marks[verdict]} ${escaped(text)}</li>`
  })
  const label = escaped(say('match.matrix.legend' satisfies Code, {}, language))
  return `<ul class="legend" aria-label="${label}">${items.join('')}</ul>`
}

/** One self-contained page: no requests, light and dark, usable by keyboard, verdicts by mark and word as well as colour. */
export function asHtml(matrix: Matrix, language: Language): string {
  const title = escaped(say('match.matrix.title', {}, language))
  const first = matrix.rows[0]?.[0]
  const params = {
    vehicles: matrix.vehicles.length,
    posts: matrix.posts.length,
    date: first?.date ?? null,
    ambient_degC: first?.ambient_degC ?? null,
  }
  const subtitle = escaped(say('match.matrix.subtitle', params, language))
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${subtitle}</p>${legend(language)}
<div class="frame"><table>${head(matrix, language)}${body(matrix, language)}</table></div></main>
<script>${script}</script></body></html>`
}
