export { type Controlled, controlled, type SightName } from './controlled.ts'
export { describeHub } from './units.ts'
