export { type FittedDemand, fitDemand, processOf } from './fit.ts'
export { RecordedVisitors, type ReplayCounts } from './recorded-visitors.ts'
export type { SkippedRow, Trace, TraceSession } from './session.ts'
export { SessionTable } from './session-table.ts'
