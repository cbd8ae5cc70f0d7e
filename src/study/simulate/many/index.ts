export {
  byVariant,
  type ComparedHub,
  type Contrast,
  contrastOf,
  type Difference,
  estimates,
  type FigureEstimate,
} from './comparison.ts'
export { type Figure, type FigureValues, figures } from './figures.ts'
export { type OpenVariant, openVariant, outcomeOf, prepareJob } from './job.ts'
export type * from './ports.ts'
export { crowdChanges, type Replaced, type SiteChange, siteChanges } from './site-changes.ts'
export { CONFIDENCE_frac, type Estimate, estimate, MAX_RUNS } from './statistics.ts'
