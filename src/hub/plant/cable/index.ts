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
