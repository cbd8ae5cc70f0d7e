export type { StationEvent } from './events.ts'
export type { EvseSetup, Faults, StationHabits } from './setup.ts'
export { VirtualStation } from './station.ts'
export type { Sample, Visitor, World } from './world.ts'
