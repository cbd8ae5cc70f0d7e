export { type ArrivalProcess, DrawnVisitors, type Setting } from './drawn-visitors.ts'
export { type FleetChoice, type FleetMatch, matchFleet } from './fleet.ts'
export { SiteDriver, type SiteTraffic, type TrafficCounts } from './site-driver.ts'
export type { Visitor, Visitors } from './visitor.ts'
