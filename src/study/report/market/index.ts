export type { MarketReportInput } from './input.ts'
export { renderMarket } from './page.ts'
