export { type AskedFault, askedOfSite, checkFaults, type SoundFault } from './check.ts'
export type { FaultResult } from './result.ts'
export { type SuddenMode, suddenFaults, suddenModes } from './sudden.ts'
