export type { EndedSession } from '../sessions.ts'
export { prepareSiteRun, type SiteRun, type SiteRunInput, type Watch } from './site-run.ts'
export type { VisitPart } from './visits.ts'
