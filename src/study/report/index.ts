export { bestPair } from './coffee-pair.ts'
export type { Assumption, ReportInput } from './input.ts'
export { renderReport } from './page.ts'
export { type AirOfRun, siteAssumptions } from './site-assumptions.ts'
