export type { StationEvent } from './events.ts'
export type { EvseSetup, Faults, StationHabits, StationSetup } from './setup.ts'
export { VirtualStation } from './station.ts'
export type { Sample, TokenType, Visitor, World } from './world.ts'
