export { builtInCatalogue } from './built-in.ts'
export {
  type Catalogue,
  type CatalogueRecords,
  emptyCatalogue,
  type Kind,
  kinds,
  type RecordMaps,
  type RecordTypes,
  toCatalogue,
  toRecords,
} from './kinds.ts'
export { nameOf } from './names.ts'
export { type Hit, hitsOf, type Resolved, resolve, search, suggest } from './search.ts'
