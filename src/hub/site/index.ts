export { loadSite } from './load.ts'
export { missingForSimulation } from './notes.ts'
export { policies, SITE_VERSION, type SiteFile, siteFileSchema } from './schema/index.ts'
export type * from './site.ts'
