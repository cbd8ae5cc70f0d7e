export * from './catalogue/index.ts'
export * from './crosswalk/index.ts'
export * from './match/index.ts'
export type * from './schema/index.ts'
