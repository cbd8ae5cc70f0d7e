export { yearOf } from './dates.ts'
export {
  type History,
  type HistoryPoint,
  type HistoryRow,
  type HistorySeries,
  type HistorySource,
  historyOf,
  historyUntil,
  readHistory,
  seriesNamed,
  withNewer,
} from './history.ts'
