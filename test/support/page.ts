import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { expect } from 'vitest'

type Element = DefaultTreeAdapterTypes.Element
type Parent = DefaultTreeAdapterTypes.ParentNode

/** Parses as a browser does and refuses what a browser would only repair. */
export function parsed(page: string): Parent {
  const errors: string[] = []
  const tree = parse(page, { onParseError: ({ code, startLine }) => errors.push(`${startLine}: ${code}`) })
  expect(errors).toEqual([])
  return tree
}

export function elements(node: Parent, name?: string): Element[] {
  return node.childNodes.flatMap((child) => {
    if (!('tagName' in child)) return []
    const self = name === undefined || child.tagName === name ? [child] : []
    return [...self, ...elements(child, name)]
  })
}

export function attribute(element: Element, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null
}

export function textOf(node: Parent): string {
  return node.childNodes
    .map((child) => ('value' in child ? child.value : 'childNodes' in child ? textOf(child) : ''))
    .join('')
}

export function withClass(node: Parent, name: string): Element[] {
  return elements(node).filter((element) => attribute(element, 'class')?.split(' ').includes(name))
}

/** Section by the id of its heading. */
export function section(tree: Parent, id: string): Element {
  const found = elements(tree, 'section').find((element) => attribute(element, 'aria-labelledby') === id)
  if (found === undefined) throw new Error(`no section ${id}`)
  return found
}

/** Cells of the body rows of the tables in an element. */
export function rowsOf(node: Parent): string[][] {
  return elements(node, 'tbody').flatMap((body) =>
    elements(body, 'tr').map((row) =>
      elements(row)
        .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
        .map(textOf),
    ),
  )
}

/** Well-formed, headings in order, ids that exist once, and nothing loaded from anywhere. */
export function checkPage(text: string): void {
  const document = parsed(text)
  const headings = elements(document).filter(({ tagName }) => /^h[1-6]$/.test(tagName))
  const levels = headings.map(({ tagName }) => Number(tagName[1]))
  expect(levels[0]).toBe(1)
  expect(levels.filter((level) => level === 1)).toHaveLength(1)
  for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1)
  const ids = elements(document).flatMap((element) => attribute(element, 'id') ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  for (const element of elements(document)) {
    expect(['img', 'link', 'iframe', 'object', 'base', 'form']).not.toContain(element.tagName)
    expect(attribute(element, 'src')).toBeNull()
    expect(attribute(element, 'href') ?? '#').toMatch(/^#/)
    for (const id of attribute(element, 'aria-labelledby')?.split(' ') ?? []) expect(ids).toContain(id)
  }
  expect(text).not.toMatch(/https?:|url\(|@import/)
  expect(text).not.toMatch(/NaN|undefined|Infinity|\{\w+\}(?!\s*\{)/)
}
