export * from './columns.ts'
export { LocalTime, localPeriod } from './local-time.ts'
