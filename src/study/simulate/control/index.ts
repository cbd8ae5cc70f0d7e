export {
  type Controlled,
  controlled,
  type SightName,
  sightNames,
} from './controlled.ts'
