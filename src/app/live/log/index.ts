export { type HubLog, type LogLevel, logLevels, noLog, openLog } from './hub-log.ts'
export { logOperation } from './operation-log.ts'
