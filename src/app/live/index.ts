export type { HubSetting, RunningHub } from './start-hub.ts'
export { startHub } from './start-hub.ts'
