export { prepareSiteRun, type SiteRun, type SiteRunInput } from './site-run.ts'
