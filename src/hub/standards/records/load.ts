import { openDocument, sorted } from '../../../base/documents/index.ts'
import type { Checked } from '../../../base/problems/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { mergeRecords } from './extend.ts'
import { catalogueFileSchema } from './file.ts'

/** A text file and the name problems are told with. */
export interface NamedText {
  readonly name: string
  readonly text: string | Uint8Array
}

/** Reads YAML files of records, adds them to a catalogue, and checks them together: files may name records of each other. */
export function loadCatalogueFiles(files: readonly NamedText[], base: Catalogue): Checked<Catalogue> {
  const documents = files.map(({ name, text }) => openDocument(catalogueFileSchema, text, name))
  const merged = mergeRecords(
    base,
    documents.map(({ draft, locate }) => ({ records: draft, locate })),
  )
  const problems = sorted([...documents.flatMap((document) => document.problems), ...merged.problems])
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems }
  return { ok: true, value: merged.catalogue, warnings: problems }
}
