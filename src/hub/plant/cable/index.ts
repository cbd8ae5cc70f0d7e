export type {
  CableParameters,
  ConductorMaterial,
  ContactParameters,
  CoolantLoop,
  CoolantMaterial,
  CoolingParameters,
  DeratingLadder,
  InletParameters,
  ThermalLimits,
} from './parameters.ts'
