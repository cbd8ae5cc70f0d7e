export {
  type CabinetSet,
  type ControlledEvse,
  type ControllerSettings,
  defaultSettings,
  type HubDescription,
  type LimitNode,
  type SitePolicyName,
} from './description.ts'
export { checkHub, explain, explainSite } from './explain.ts'
export { DecisionRecorder, replayDecisions } from './log.ts'
export { Readings, type ReadingsSnapshot } from './readings.ts'
export { type Reason, reasons } from './reasons.ts'
export { Setpoints, type SetpointsSnapshot } from './setpoints.ts'
export { SiteController } from './site-controller.ts'
