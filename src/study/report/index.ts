export type { Assumption, ReportInput, ReportSite } from './input.ts'
export { renderReport } from './page.ts'
