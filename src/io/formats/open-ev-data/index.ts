export { type OpenEvMarket, type OpenEvRecords, readOpenEvData } from './read.ts'
