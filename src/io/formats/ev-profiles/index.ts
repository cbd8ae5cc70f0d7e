export { type EvProfileOptions, readEvProfiles } from './read.ts'
