export { eachSession, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'
export { parseColumnMap, readColumnMap } from './column-map.ts'
export * from './formats.ts'
export {
  type ColumnMap,
  type ColumnName,
  columnNames,
  type DateOrder,
  decoded,
  type EnergyUnit,
  energyUnits,
  type TextSource,
  type TraceOptions,
} from './source.ts'
export { isTimezone } from './zone.ts'
