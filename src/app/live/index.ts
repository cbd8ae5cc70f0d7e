export { recordedFrom, recordedSite } from './recorded-site.ts'
export type { HubSetting, RunningHub } from './start-hub.ts'
export { startHub } from './start-hub.ts'
