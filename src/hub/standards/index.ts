export * from './catalogue/index.ts'
export * from './match/index.ts'
