export type { Column } from '../../formats/run-tables/index.ts'
export { makeFolder } from './files.ts'
export { csvLines } from './lines.ts'
export { withTables } from './with-tables.ts'
