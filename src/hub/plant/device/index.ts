export { restWithin_s } from './detection.ts'
export { GUARD_SLOTS, Guard, type Sight, type Switching } from './guard.ts'
export {
  type FaultModeName,
  faultMode,
  faultModeNames,
  type ReactionKind,
  usualSeverity,
  type Witness,
} from './modes.ts'
export { type DispenserParameters, dispenserOf, type Talk, watch } from './parameters.ts'
export { type Sensors, sensorsUnder, shift_K, soundSensors } from './readings.ts'
export { type ActiveFault, type CableTruth, drainTime_s, soundCable, truthOf, worn } from './truth.ts'
