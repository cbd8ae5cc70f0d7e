export { type Controlled, controlled, type SightName } from './controlled.ts'
