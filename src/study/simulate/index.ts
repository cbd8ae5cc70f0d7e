export { type About, outcomeOf, type Visits } from './outcome.ts'
export {
  type PreparedReplay,
  prepareReplay,
  type RecordedSession,
  type Recording,
  type ReplayOptions,
  unlimited_kWh,
} from './replay.ts'
export type {
  ConnectorResult,
  EvseResult,
  RefusalExample,
  SessionCounts,
  SimulationResult,
  Timeline,
  VehicleResult,
  WaitTimes,
} from './result.ts'
export { type EndedSession, Run, type RunInput, type RunSnapshot } from './run.ts'
