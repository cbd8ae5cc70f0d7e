export { builtInCatalogue } from './built-in.ts'
export {
  type Catalogue,
  type CatalogueRecords,
  type Kind,
  kinds,
  type RecordTypes,
  toCatalogue,
} from './kinds.ts'
