export { type OwnRecords, slug, type TakenIds } from '../own-records/records.ts'
export {
  OPEN_EV_ATTRIBUTION,
  type OpenEvMarket,
  type OpenEvOptions,
  openEvMarkets,
  readOpenEvData,
} from './read.ts'
