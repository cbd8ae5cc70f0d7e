export { readSpiceEvScenario } from './scenario.ts'
export { readSpiceEvTrips } from './trips.ts'
