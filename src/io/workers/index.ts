export { type ThreadOptions, threadRunner } from './crew.ts'
