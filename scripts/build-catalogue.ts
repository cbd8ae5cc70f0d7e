// Checks the facts in data/ and writes them as one module that loads in about a millisecond, also in a browser.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { problemLine } from '../src/app/cli/print.ts'
import { openDocument } from '../src/base/documents/index.ts'
import { emptyCatalogue, toRecords } from '../src/hub/standards/catalogue/kinds.ts'
import { loadCatalogueFiles } from '../src/hub/standards/records/load.ts'
import { quirkFileSchema } from '../src/live/operate/control/probe/quirks.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'src/hub/standards/catalogue/data.generated.ts')

const names = readdirSync(join(root, 'data'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && !name.startsWith('market') && !name.startsWith('quirks'))
  .sort()
const files = names.map((name) => {
  const path = join(root, 'data', name)
  return { name: relative(root, path), text: readFileSync(path, 'utf8') }
})

/** A text as a literal in single quotes: JSON in it needs almost no escapes. */
function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

const loaded = loadCatalogueFiles(files, emptyCatalogue())
for (const problem of loaded.ok ? loaded.warnings : loaded.problems) console.error(problemLine(problem, 'en'))
if (loaded.ok) {
  const text = JSON.stringify(toRecords(loaded.value))
  writeFileSync(
    target,
    `// Written by scripts/build-catalogue.ts from data/; do not edit.\nexport const text =\n  ${literal(text)}\n`,
  )
} else {
  process.exitCode = 2
}

const quirkFile = 'data/quirks/stations.yaml'
const quirks = openDocument(quirkFileSchema, readFileSync(join(root, quirkFile)), quirkFile)
for (const problem of quirks.problems) console.error(problemLine(problem, 'en'))
if (quirks.value === null) process.exitCode = 2
else {
  const text = JSON.stringify(quirks.value.quirks)
  writeFileSync(
    join(root, 'src/live/operate/control/probe/quirks.generated.ts'),
    `// Written by scripts/build-catalogue.ts from data/quirks; do not edit.\nimport type { Quirk } from './quirks.ts'\n\nexport const quirks: readonly Quirk[] = ${text}\n`,
  )
}
