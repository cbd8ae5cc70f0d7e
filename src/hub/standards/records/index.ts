export { schemaOf } from './attributes.ts'
export { extendCatalogue, mergeRecords } from './extend.ts'
export { catalogueFileSchema, recordSchemas } from './file.ts'
export { loadCatalogueFiles, type NamedText } from './load.ts'
