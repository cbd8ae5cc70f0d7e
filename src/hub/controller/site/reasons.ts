import type { Code } from '../../../base/words/index.ts'

/** Why an EVSE has the limit it has, or what is the matter with the site; setpoints name them by index. */
export const reasons = [
  'controller.idle',
  'controller.free',
  'controller.probe',
  'controller.share',
  'controller.modules',
  'controller.floor',
  'controller.waits',
  'controller.unconfirmed',
  'controller.hot',
  'controller.stale',
  'controller.lost',
  'controller.impossible',
  'controller.frozen',
  'controller.disobeys',
  'controller.fallenBack',
  'controller.offline',
  'controller.unaccounted',
  'controller.metersDisagree',
  'controller.siteMeterMissing',
  'controller.limitAhead',
  'controller.defaultsExceedLimit',
] as const satisfies readonly Code[]

export type Reason = (typeof reasons)[number]

function indexOf(reason: Reason): number {
  return reasons.indexOf(reason)
}

/** The same by name, for code that writes indices. */
export const Why = {
  idle: indexOf('controller.idle'),
  free: indexOf('controller.free'),
  probe: indexOf('controller.probe'),
  share: indexOf('controller.share'),
  modules: indexOf('controller.modules'),
  floor: indexOf('controller.floor'),
  waits: indexOf('controller.waits'),
  unconfirmed: indexOf('controller.unconfirmed'),
  hot: indexOf('controller.hot'),
  stale: indexOf('controller.stale'),
  lost: indexOf('controller.lost'),
  impossible: indexOf('controller.impossible'),
  frozen: indexOf('controller.frozen'),
  disobeys: indexOf('controller.disobeys'),
  fallenBack: indexOf('controller.fallenBack'),
  offline: indexOf('controller.offline'),
  unaccounted: indexOf('controller.unaccounted'),
  metersDisagree: indexOf('controller.metersDisagree'),
  siteMeterMissing: indexOf('controller.siteMeterMissing'),
  limitAhead: indexOf('controller.limitAhead'),
  defaultsExceedLimit: indexOf('controller.defaultsExceedLimit'),
} as const
