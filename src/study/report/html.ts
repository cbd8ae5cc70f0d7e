/** Markup that is safe to put into a page as it is. Made by `html` only. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a place of the template; texts are escaped, null leaves the place empty. */
export type Fragment = Html | string | number | null | readonly Fragment[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Controls have no look; embeddings and overrides of direction would reorder what follows a name. */
const unprintable = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}|\p{Noncharacter_Code_Point}/gu

function escaped(text: string): string {
  return text.replace(unprintable, '\ufffd').replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

function render(fragment: Fragment): string {
  if (fragment === null) return ''
  if (fragment instanceof Html) return fragment.text
  if (typeof fragment === 'object') return fragment.map(render).join('')
  return escaped(String(fragment))
}

/** Template tag for HTML and SVG: every text put in is escaped. */
export function html(parts: TemplateStringsArray, ...places: readonly Fragment[]): Html {
  return new Html(parts.map((part, index) => part + render(places[index] ?? null)).join(''))
}

/** A name somebody else chose: its direction of writing stays inside it. */
export function nameOf(text: string): Html {
  return html`<bdi>${text}</bdi>`
}
