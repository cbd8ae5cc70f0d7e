import { Html, html } from './html.ts'
import { script, scriptHash } from './script.ts'
import { style } from './style.ts'
import type { Writer } from './writer.ts'

/** Forbids the page everything but its own style and its own script. */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src '${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** What a page is made of. */
export interface Page {
  readonly writer: Writer
  readonly title: string
  readonly engineVersion: string
  /** Id of the heading the results begin with. */
  readonly start: string
  readonly header: Html
  /** null: has nothing to tell. */
  readonly sections: readonly (Html | null)[]
}

function head({ title, engineVersion }: Page): Html {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="anyplug ${engineVersion}">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>`
}

/** A page that needs nothing else: it loads no font, script or image, works offline and on paper, in light and dark. */
export function pageOf(page: Page): string {
  const { writer, start, header, sections, engineVersion } = page
  return html`<!doctype html>
<html lang="${writer.locale}">
${head(page)}
<body>
<a class="skip" href="#${start}">${writer.say('report.skip')}</a>
${header}
<main>
${sections.map(
  (section) => html`${section}
`,
)}</main>
<footer><p>${writer.say('report.footer', { engine: engineVersion })}</p></footer>
<script>${new Html(script)}</script>
</body>
</html>
`.text
}
