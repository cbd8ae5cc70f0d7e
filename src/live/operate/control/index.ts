export {
  Control,
  type ControlEvent,
  type ControlOptions,
  type EvseLimit,
  siteLimitSetting,
} from './control.ts'
export { type LogLine, logLines, readLogLine } from './log/file.ts'
export { type ReplayedRun, replayRun } from './log/replay.ts'
export type { ControlSettings } from './settings.ts'
export type { LimitAnswer, LimitStep } from './site-limit.ts'
export type { ControlledPlace } from './state.ts'
export type { LimitSource, NodeState } from './views.ts'
