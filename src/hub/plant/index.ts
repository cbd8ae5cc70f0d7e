export type { Driver, HubControls } from './driver.ts'
export type { HubModel, Place, PlugIn, PowerNode } from './model.ts'
export type { CurvePoints, PlaceLimit, ProfileInput } from './profile.ts'
