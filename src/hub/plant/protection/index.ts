export {
  CONTACTOR_STATE,
  ContactorPosition,
  closeContactor,
  conducts,
  looksWelded,
  mayClose,
  mayOpen,
  openContactor,
  resetContactor,
  settleContactor,
  weldByClosing,
  weldByOpening,
} from './contactor.ts'
export { meltingShare, meltingTime_s, passesShortCircuitTest, shortCircuitTest, shortCurrent_A } from './fuse.ts'
export {
  faultLimit_ohm,
  type InsulationRule,
  type InsulationRuleName,
  type InsulationVerdict,
  insulationRules,
  insulationVerdict,
  parallel_ohm,
} from './insulation.ts'
export {
  type DetectionWindow,
  detectionWindow,
  type InsulationFault,
  readResistance_ohm,
} from './insulation-monitor.ts'
export {
  type CyclicMessage,
  meanTimeToTimeout_s,
  messageLoss,
  modulesWithin,
  watchedMessages,
  yCapacitance_F,
} from './interference.ts'
export type {
  ContactorParameters,
  EmiFilterParameters,
  FuseParameters,
  InsulationMonitorParameters,
} from './parameters.ts'
export { drawnSetUp_s, type SetUpTime, setUpTime } from './set-up.ts'
export {
  adjustTime_s,
  currentError_A,
  gbtLimits,
  gbtStops,
  IEC_EARTH_LOST_s,
  MESSAGE_TIMEOUTS,
  REST_A,
  rampHeat_s,
  rampTime_s,
  STOP_RAMP_Apers,
  type StopCause,
  type StopRule,
  stopWithin_s,
} from './stop.ts'
export { observeSustained, resetSustained, SUSTAINED_STATE, sustainedAt_s } from './sustained.ts'
export {
  cableCheckLimits,
  cableCheckVoltage_V,
  OVER_VOLTAGE_s,
  overVoltageLevel_V,
  plausibility,
  spread_V,
} from './voltage.ts'
