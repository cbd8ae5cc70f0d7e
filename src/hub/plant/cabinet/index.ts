export type {
  AltitudeDerating,
  CabinetParameters,
  DeratingTable,
  MatrixParameters,
  ModuleLoss,
  ModuleParameters,
  OutputParameters,
  SeriesHalves,
} from './parameters.ts'
export { type AllocationPolicy, type AllocationPolicyName, allocationPolicies } from './policy.ts'
