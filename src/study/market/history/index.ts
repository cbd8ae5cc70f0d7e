export { yearOf } from './dates.ts'
export {
  type History,
  type HistoryPoint,
  type HistorySeries,
  historyOf,
  historyUntil,
  readHistory,
  seriesNamed,
  withNewer,
} from './history.ts'
