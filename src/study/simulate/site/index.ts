export { CUTOFF_kW, prepareSiteRun, type SiteRun, type SiteRunInput } from './site-run.ts'
