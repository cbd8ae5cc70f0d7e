export { type Figure, type FigureValues, figures } from './figures.ts'
export { type OpenVariant, openVariant, outcomeOf, prepareJob } from './job.ts'
export type * from './ports.ts'
export { CONFIDENCE_frac, type Estimate, estimate, MAX_RUNS, runsToTell } from './statistics.ts'
