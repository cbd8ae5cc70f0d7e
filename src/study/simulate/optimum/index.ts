export { findOptimum, type Optimum, type Search } from './optimum.ts'
export type * from './ports.ts'
