export { adiabaticTime_s, leastRamp_Apers } from './adiabatic.ts'
export {
  type Continuous,
  continuous,
  coolDown_s,
  currentFor_A,
  firstReached,
  type LossOfCooling,
  lossOfCooling,
  type Reached,
  type Surroundings,
  stateAt,
  steadyState,
  timeToLimit_s,
} from './answers.ts'
export { Cable, type CablePart, type CalmCurrent, isNowhereAbove, type PartLimit } from './cable.ts'
export { CABLE_SLOTS, CableSlot } from './cable-network.ts'
export { flowShare } from './coolant.ts'
export {
  type Derated,
  type DeratingCase,
  type DeratingEvent,
  derate,
  Ladder,
  type Verdict,
  type Watch,
} from './derating.ts'
export { meanSquare_A } from './drift.ts'
export type { HeatForm, Threshold } from './heat-form.ts'
export type {
  CableParameters,
  ConductorMaterial,
  ContactParameters,
  CoolantLoop,
  CoolantMaterial,
  CoolingParameters,
  DeratingLadder,
  InletParameters,
  JointAgeing,
  JointParameters,
  PackLineParameters,
  ThermalLimits,
} from './parameters.ts'
export { pt1000_ohm } from './sensor.ts'
