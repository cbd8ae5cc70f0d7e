export type { CabinetDrill } from './cabinet-drill.ts'
export { brokenRows, type DrilledCabinet, type DrilledPlug, type DrillPlan, planDrill } from './drill.ts'
export { type WorstOf, worstByMode } from './summary.ts'
