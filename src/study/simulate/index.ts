export { powerAtVoltage_kW, powerForRange_kW, rangeOf_km } from './coffee.ts'
export type { FaultResult } from './faults/index.ts'
export { type About, outcomeOf, type Visits } from './outcome.ts'
export { recordedName } from './recorded-name.ts'
export {
  type PreparedReplay,
  prepareReplay,
  type RecordedSession,
  type Recording,
  type ReplayOptions,
  unlimited_kWh,
} from './replay.ts'
export type {
  CabinetResult,
  CableResult,
  CoffeeResult,
  ConnectorResult,
  ControlResult,
  DriverCounts,
  EvseResult,
  LoadDuration,
  MinutesTo80,
  NetworkResult,
  NodeResult,
  PeakDay,
  RefusalExample,
  SessionCounts,
  SimulationResult,
  Timeline,
  VehicleResult,
  WaitTimes,
} from './result.ts'
export { Run } from './run.ts'
export type { Quarter, RunInput, RunSnapshot } from './run-input.ts'
export type { EndedSession } from './sessions.ts'
