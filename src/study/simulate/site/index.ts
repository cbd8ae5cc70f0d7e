export type { GovernedHub, Governor } from '../governor.ts'
export type { EndedSession } from '../sessions.ts'
export { type GovernedParts, prepareSiteRun, type SiteRun, type SiteRunInput, type Watch } from './site-run.ts'
export type { VisitPart } from './visits.ts'
