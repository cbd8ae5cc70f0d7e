export { readWorkload } from './read.ts'
export type { Workload, WorkloadSession } from './types.ts'
