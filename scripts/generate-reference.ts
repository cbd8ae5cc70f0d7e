// Writes docs/reference from the schemas and the command line; with --check only says what is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './house.mjs'
import { apiReference } from './reference-api.ts'
import { cliReference } from './reference-cli.ts'
import { siteJsonSchema, siteReference } from './reference-site.ts'

/** Every generated page and what it holds. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/reference/api.md': apiReference,
  'docs/reference/cli.md': cliReference,
  'docs/reference/site-file.md': siteReference,
  'docs/reference/site-file.schema.json': siteJsonSchema,
}

/** Pages that differ from what the sources say now. */
export function stalePages(): readonly string[] {
  return Object.entries(pages).flatMap(([path, text]) => {
    const file = join(root, path)
    return existsSync(file) && readFileSync(file, 'utf8') === text() ? [] : [path]
  })
}

function write(): void {
  for (const path of stalePages()) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, pages[path]?.() ?? '')
    console.log(`wrote ${path}`)
  }
}

if (process.argv[1]?.endsWith('generate-reference.ts')) {
  if (process.argv.includes('--check')) {
    for (const path of stalePages()) console.error(`${path} is out of date: run npx tsx scripts/generate-reference.ts`)
    process.exitCode = stalePages().length > 0 ? 1 : 0
  } else write()
}
