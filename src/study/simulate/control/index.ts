export {
  type ControlCounts,
  type Controlled,
  controlled,
  type SightName,
  sightNames,
} from './controlled.ts'
