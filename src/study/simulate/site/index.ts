export type { EndedSession } from '../sessions.ts'
export { prepareSiteRun, type SiteRun, type SiteRunInput } from './site-run.ts'
