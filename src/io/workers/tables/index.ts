export type { Column } from '../../formats/run-tables/index.ts'
export { makeFolder } from './files.ts'
export { csvLines } from './lines.ts'
export { type Tabled, type Written, withTables } from './with-tables.ts'
