import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checked, Problem } from '../../base/problems/index.ts'
import { builtInCatalogue, type Catalogue } from '../../hub/standards/catalogue/index.ts'
import type { NamedText } from '../../hub/standards/records/index.ts'
import { readUserFile } from './files.ts'
import { usageProblem } from './print.ts'

/** A catalogue, and the texts of the files that were added to that of the program. */
export interface UserCatalogue {
  readonly catalogue: Catalogue
  readonly texts: readonly NamedText[]
}

/** The catalogue of the program, with the records of a folder (`--catalogue DIR`, its *.yaml files by name) where one is given. */
export async function readUserCatalogue(folder: string | undefined): Promise<Checked<UserCatalogue>> {
  if (folder === undefined) return { ok: true, value: { catalogue: builtInCatalogue(), texts: [] }, warnings: [] }
  const names = await recordFiles(folder)
  if (!Array.isArray(names)) return { ok: false, problems: [names] }
  const { MAX_DOCUMENT_BYTES } = await import('../../base/documents/index.ts')
  const { loadCatalogueFiles } = await import('../../hub/standards/records/index.ts')
  const read = await Promise.all(
    names.map(async (name) => ({ name, ...(await readUserFile(name, MAX_DOCUMENT_BYTES)) })),
  )
  const unreadable = read.flatMap((file) => (file.ok ? [] : [file.problem]))
  if (unreadable.length > 0) return { ok: false, problems: unreadable }
  const texts = read.flatMap((file): NamedText[] => (file.ok ? [{ name: file.name, text: file.bytes }] : []))
  const loaded = loadCatalogueFiles(texts, builtInCatalogue())
  return loaded.ok ? { ...loaded, value: { catalogue: loaded.value, texts } } : loaded
}

/** The same, where the texts are not needed any more. */
export async function loadUserCatalogue(folder: string | undefined): Promise<Checked<Catalogue>> {
  const read = await readUserCatalogue(folder)
  return read.ok ? { ...read, value: read.value.catalogue } : read
}

async function recordFiles(folder: string): Promise<string[] | Problem> {
  try {
    const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort()
    if (names.length > 0) return names.map((name) => join(folder, name))
    return usageProblem({ code: 'cli.folder.noRecords', params: { path: folder } })
  } catch {
    return usageProblem({ code: 'cli.folder.missing', params: { path: folder } })
  }
}
