export { type AllocatorSettings, CabinetAllocator } from './allocator.ts'
export { altitudeShare, tableShare } from './derating.ts'
export { type FeasibleSet, FeasibleSets } from './feasible.ts'
export { type CabinetGrants, createGrants } from './grants.ts'
export { type CabinetLosses, CabinetLossMeter, moduleLoss_kW } from './loss.ts'
export { deratedShare, type HalvesMode, modulePower_kW, nextMode } from './module.ts'
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
export { type SharingReason, sharingReasons } from './reasons.ts'
export { type CabinetRequests, createRequests } from './requests.ts'
