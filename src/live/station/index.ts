export type { StationEvent } from './events.ts'
export {
  defaultHabits,
  type EvseSetup,
  type Faults,
  type StationHabits,
  type StationSetup,
} from './setup.ts'
export { VirtualStation } from './station.ts'
export { blankSample, type Sample, type TokenType, type Visitor, type World } from './world.ts'
