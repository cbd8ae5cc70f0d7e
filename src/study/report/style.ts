/**
 * Colours on light and on dark ground. They are of the Okabe-Ito set, which stays apart for all kinds of colour vision; letters on
 * their ground keep a contrast of 4.5 to 1 or more.
 */
export const palette = `
:root {
  color-scheme: light dark;
  --ground: #fff;
  --ink: #1b1f24;
  --quiet: #57606a;
  --hair: #d5dae0;
  --faint: #eef1f4;
  --power: #0063a3;
  --range: #a9cfe9;
  --occupied: #a5d3c3;
  --occupied-ink: #00694d;
  --strong: #b14300;
  --bar: #0063a3;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b;
    --ink: #e7eaee;
    --quiet: #a3acb7;
    --hair: #353c45;
    --faint: #20252b;
    --power: #6cbcf0;
    --range: #24506e;
    --occupied: #1f5546;
    --occupied-ink: #6fd0b1;
    --strong: #f29a57;
    --bar: #4a9fd6;
  }
}
`

/** Look of the page; on paper the curves differ by lightness and dash as well. */
export const style = `${palette}* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto;
  max-width: 1120px;
  padding: 40px 24px 64px;
  background: var(--ground);
  color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC",
    "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 19px; line-height: 1.3; font-weight: 650; margin: 0 0 12px; }
h3 { font-size: 15px; font-weight: 650; margin: 0 0 12px; }
section { margin-top: 56px; }
section > p { max-width: 72ch; }
p + ul, ul + p { margin-top: 12px; }
p + .figures, .figures + .scroll, .figures + h3, p + .scroll, p + details, p + figure, figure + .scroll { margin-top: 16px; }
.scroll + h3 { margin-top: 28px; }
a { color: var(--power); }
:focus-visible { outline: 2px solid var(--power); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 24px; top: 8px; background: var(--ground); }
.kicker { color: var(--quiet); margin-bottom: 4px; }
.none, .notice { color: var(--quiet); }
.notice { border-left: 3px solid var(--strong); padding-left: 12px; margin-bottom: 20px; color: var(--ink); }
.unit { color: var(--quiet); }

.facts { display: flex; flex-wrap: wrap; gap: 12px 32px; }
header .facts { margin-top: 24px; padding-top: 16px; border-top: 1px solid var(--hair); }
dt { color: var(--quiet); font-size: 13px; }
.facts dd { font-weight: 500; }
.pair .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 16px 24px; }
.pair .facts dd { font-size: 19px; }

.cards {
  display: grid;
  grid-template-columns: repeat(3, 1fr);
  gap: 1px;
  background: var(--hair);
  border-block: 1px solid var(--hair);
}
.cards > div { background: var(--ground); padding: 18px 24px 20px 0; }
.cards > div:not(:nth-child(3n + 1)) { padding-left: 24px; }
.cards dd { font-size: 14px; line-height: 1.45; }
.figure { display: block; margin: 2px 0 6px; color: var(--quiet); font-size: 15px; }
.interval { display: block; margin-bottom: 2px; color: var(--quiet); font-size: 13px; }
.figure b { color: var(--ink); font-size: 32px; line-height: 1.2; font-weight: 600; letter-spacing: -0.02em; }

svg { display: block; overflow: visible; }
svg text { font-size: 12px; fill: var(--quiet); }
.plot { margin: 0 8px 0 52px; }
.plot > svg, .bars { pointer-events: none; }
.plot svg svg { overflow: hidden; }
.grid { stroke: var(--hair); stroke-width: 1; shape-rendering: crispEdges; opacity: 0.7; }
.base { stroke: var(--quiet); stroke-width: 1; shape-rendering: crispEdges; }
svg text.panel-name { fill: var(--ink); font-weight: 600; font-size: 13px; }
.swatch .fill { fill: none; }
.swatch .stroke { stroke: none; }
path, .stroke { vector-effect: non-scaling-stroke; fill: none; }
.mean.stroke, .mean .stroke { stroke: var(--power); stroke-width: 1.5; }
.range.fill, .range .fill { fill: var(--range); }
.occupied.fill, .occupied .fill { fill: var(--occupied); }
.waiting.fill, .waiting .fill { fill: var(--strong); }
.limit.stroke, .limit .stroke { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 7 4; }
.line { fill: none; stroke-width: 1.75; vector-effect: non-scaling-stroke; }
.series-1 { stroke: var(--power); }
.series-2 { stroke: var(--strong); stroke-dasharray: 9 4; }
.series-3 { stroke: var(--occupied-ink); stroke-dasharray: 3 3; }
.series-4 { stroke: var(--quiet); stroke-dasharray: 12 3 2 3; }
.series-5 { stroke: var(--ink); stroke-dasharray: 1 3; }
.layer-1 { fill: var(--power); }
.layer-2 { fill: var(--strong); }
.layer-3 { fill: var(--occupied); }
.layer-4 { fill: var(--quiet); }
.layer-5 { fill: var(--hair); }
.layer-6 { fill: var(--range); }
.edge { fill: var(--ground); opacity: 0.4; }
.basin-new { fill: var(--power); opacity: 0.18; }
.basin-old { fill: var(--strong); opacity: 0.18; }
.past { opacity: 0.45; }
.hair { stroke: var(--quiet); stroke-width: 1.25; }
.origin { fill: var(--quiet); }
.pale { opacity: 0.5; }
.dot { stroke: var(--ground); stroke-width: 1; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 32px 56px; }
.figures > figure { min-width: 0; display: flex; flex-direction: column; justify-content: flex-end; margin: 0; }
.evses.stroke { stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 2 3; }
svg text.mark { fill: var(--ink); paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
svg text.mark.evses { fill: var(--quiet); }
.cursor { stroke: var(--ink); stroke-width: 1; }
.swatch { flex: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 24px; list-style: none; padding: 0; margin-bottom: 8px; }
.legend li { display: flex; align-items: center; gap: 8px; font-size: 13px; color: var(--quiet); }
.readout { display: flex; flex-wrap: wrap; gap: 0 20px; min-height: 22px; font-size: 13px; margin: 4px 0 8px 52px; }
.readout :first-child { font-weight: 600; }

.pair { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 20px 48px; align-items: start; }
.bars text { font-size: 13px; fill: var(--ink); }
.track { fill: var(--faint); }
.bar { fill: var(--bar); }
.interval-line { stroke: var(--quiet); stroke-width: 5; }
.interval-mean { fill: var(--ground); stroke: var(--quiet); stroke-width: 2; }
.better .interval-line { stroke: var(--power); }
.better .interval-mean { stroke: var(--power); }
.worse .interval-line { stroke: var(--strong); }
.worse .interval-mean { stroke: var(--strong); }
.share { display: inline-block; min-width: 6ch; }
.mini .peak { stroke: var(--ink); stroke-width: 2; }
section > h3 { margin-top: 28px; }
.facts.wide { margin: 16px 0; }
.facts.wide dd { font-size: 19px; }
figure + h3 { margin-top: 28px; }
.mini { display: inline-block; margin-right: 10px; vertical-align: 1px; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.45; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: 7px 20px 7px 0; border-bottom: 1px solid var(--hair); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: 13px; font-weight: 500; vertical-align: bottom; border-bottom-color: var(--quiet); }
tbody th { font-weight: 500; }
tbody th, td:not(.n) { min-width: 15ch; }
.n { text-align: right; white-space: nowrap; }
thead th, thead .n { white-space: normal; overflow-wrap: normal; word-break: keep-all; }
[aria-labelledby=baseline] table, [aria-labelledby=evses] table { max-width: 860px; }
.plain { list-style: none; padding: 0; }
details > .scroll { max-height: 480px; overflow-y: auto; }
details thead th { position: sticky; top: 0; background: var(--ground); box-shadow: inset 0 -1px var(--quiet); }
summary { cursor: pointer; color: var(--power); width: fit-content; padding: 4px 0; }
section ul:not([class]) { padding-left: 20px; max-width: 72ch; }
pre { margin: 8px 0 12px; padding: 12px 16px; background: var(--faint); overflow-x: auto; }
code { font: 13px/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid var(--hair); color: var(--quiet); font-size: 13px; }

@media screen and (max-width: 860px) {
  .pair { grid-template-columns: minmax(0, 1fr); }
  .cards { grid-template-columns: repeat(2, 1fr); }
  .cards > div, .cards > div:not(:nth-child(3n + 1)) { padding-left: 0; }
  .cards > div:nth-child(even) { padding-left: 20px; }
}
@media screen and (max-width: 560px) {
  body { padding: 24px 16px 48px; }
  h1 { font-size: 25px; }
  section { margin-top: 44px; }
  .every-other { display: none; }
  .cards { grid-template-columns: minmax(0, 1fr); }
  .cards > div:nth-child(n) { padding: 14px 0 16px; }
  .plot { margin: 0 16px 0 44px; }
  .readout { margin-left: 44px; }
  .readout { min-height: 66px; }
}
@media (hover: none) { .readout { min-height: 0; } }
@page { margin: 16mm 14mm; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { margin-top: 24pt; break-inside: avoid; }
  section[aria-labelledby=vehicles], section[aria-labelledby=evses], section[aria-labelledby=load], section[aria-labelledby=assumptions], section[aria-labelledby=hubs], section[aria-labelledby=timelines] { break-inside: auto; }
  footer { margin-top: 20pt; break-before: avoid; }
  h1, h2, h3, section > p { break-after: avoid; }
  tr, .facts, .plot { break-inside: avoid; }
  table { font-size: 9pt; }
  th, td { padding-block: 4px; }
  thead { display: table-header-group; }
  figure.pair { grid-template-columns: minmax(0, 1fr); }
  .plot { margin-right: 32px; }
  .skip, .readout, details:not([open]) { display: none; }
  .scroll, details > .scroll, pre { overflow: visible; max-height: none; }
  pre { white-space: pre-wrap; }
  svg, .cards { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
