export { builtInCatalogue } from './built-in.ts'
export { extendCatalogue, type Merged, mergeRecords, type RecordPart } from './extend.ts'
export { type CatalogueFile, catalogueFileSchema, recordSchemas } from './file.ts'
export {
  type Catalogue,
  type CatalogueRecords,
  emptyCatalogue,
  type Kind,
  kinds,
  type RecordTypes,
  toCatalogue,
  toRecords,
} from './kinds.ts'
export { loadCatalogueFiles, type NamedText } from './load.ts'
export { nameOf } from './names.ts'
export { type Hit, type Resolved, resolve, search, suggest } from './search.ts'
