export {
  OPEN_EV_ATTRIBUTION,
  type OpenEvMarket,
  type OpenEvOptions,
  type OpenEvRecords,
  openEvMarkets,
  readOpenEvData,
  slug,
} from './read.ts'
