export * from './open-ev-data/index.ts'
export * from './sessions/index.ts'
export type * from './workload/index.ts'
export * from './workload/index.ts'
