export type { Profile, RateUnit } from './profile.ts'
export { listOf, momentOf_ms, numberOf, objectOf, purposeOf, readProfile, textOf } from './read.ts'
export { type Abilities, type Refusal, refusalOf } from './rules.ts'
export {
  type Circumstances,
  compositeOf,
  type Electrics,
  limitAt,
  type ProfileLimit,
  rate,
  type Stretch,
} from './schedule.ts'
export { type Criteria, ProfileShelf } from './shelf.ts'
