export { type FleetChoice, type FleetMatch, matchFleet } from './fleet.ts'
export { SiteDriver, type SiteTraffic, type TrafficCounts } from './site-driver.ts'
