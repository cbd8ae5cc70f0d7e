export { extendCatalogue, type Merged, mergeRecords, type RecordPart } from './extend.ts'
export { type CatalogueFile, catalogueFileSchema, recordSchemas } from './file.ts'
export { loadCatalogueFiles, type NamedText } from './load.ts'
