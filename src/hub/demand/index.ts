export { CUTOFF_kW } from './charge-time.ts'
export { type ArrivalProcess, DrawnVisitors } from './drawn-visitors.ts'
export { type FleetChoice, type FleetMatch, matchFleet } from './fleet.ts'
export { type LostVisitor, SiteDriver, type SiteTraffic, type TrafficCounts } from './site-driver.ts'
