export {
  adjust,
  adopt,
  advance,
  atKnot,
  draw,
  endCharging,
  insert,
  lowerBound,
  remove,
  switchTo,
  untilChange_s,
} from './change.ts'
export { CrossingSearch } from './crossing.ts'
export type { CurvePoints } from './curve.ts'
export type { Driver, HubControls } from './driver.ts'
export { type Glance, glance } from './glance.ts'
export type { HubModel, Place, PlugIn, PowerNode } from './model.ts'
export { layOut, type Network } from './network.ts'
export { type AllocationKind, CAPACITY_kW, type Meter, Mode, Plant } from './plant.ts'
export { restOf_kW, type SlotPower, slotPower } from './powers.ts'
export { MILESTONE_frac, type PlaceLimit, type ProfileInput, ProfileTable } from './profile.ts'
export { lookBelow, settleBelow, settleSlot } from './settle.ts'
export { StateStore } from './store.ts'
