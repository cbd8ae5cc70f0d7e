export { threadRunner } from './crew.ts'
