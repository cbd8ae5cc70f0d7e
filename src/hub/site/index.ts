export { policies, SITE_VERSION, type SiteFile, siteFileSchema } from './schema/index.ts'
export type * from './site.ts'
