import { text } from './data.generated.ts'
import { type Catalogue, type CatalogueRecords, toCatalogue } from './kinds.ts'

let loaded: Catalogue | null = null

/** The catalogue that comes with the package. Its records were checked when it was built; parsed on first use. */
export function builtInCatalogue(): Catalogue {
  loaded ??= toCatalogue(JSON.parse(text) as CatalogueRecords)
  return loaded
}
