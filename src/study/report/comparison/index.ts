export type { ComparisonInput } from './input.ts'
export { renderComparison } from './page.ts'
