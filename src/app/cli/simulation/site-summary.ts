import { isCode, type Language, say } from '../../../base/words/index.ts'
import { localPeriod } from '../../../io/formats/run-tables/index.ts'
import type { RefusalExample, SimulationResult } from '../../../study/simulate/index.ts'
import {
  breakdownLines,
  cabinetLines,
  cableLines,
  controlLines,
  faultLines,
  peakLine,
  type SummaryLine,
  speedLines,
  summaryLine,
  waitLine,
} from './summary.ts'

function refusalLine({ code, params, vehicle, count, remedy }: RefusalExample, language: Language): SummaryLine {
  const reason = isCode(code) ? say(code, params, language) : code
  const label = say('simulate.refused', {}, language)
  if (!remedy) return [label, say('simulate.refusal', { count, vehicle, reason }, language)]
  const help = say(remedy.code, remedy.params, language)
  return [label, say('simulate.refusalRemedy', { count, vehicle, reason, remedy: help }, language)]
}

/** Who came announced or without a driver, and what followed; nothing where nobody did. */
function driverLines({ drivers }: SimulationResult, language: Language): SummaryLine[] {
  if (!drivers || Object.values(drivers).every((count) => count === 0)) return []
  return [summaryLine('simulate.drivers', 'simulate.driverCounts', { ...drivers }, language)]
}

/** How warm the air was, where it changed. */
function airLines({ ambient }: SimulationResult, language: Language): SummaryLine[] {
  if (!ambient || ambient.lowest_degC === ambient.highest_degC) return []
  const { lowest_degC: low, highest_degC: high, mean_degC: mean } = ambient
  return [summaryLine('weather.air', 'weather.inRun', { low, high, mean }, language)]
}

/** What happened at a hub, as lines of a summary; the period by the clocks of its time zone. */
export function siteSummary(result: SimulationResult, timezone: string, language: Language): SummaryLine[] {
  const { sessions, siteLimit_kW } = result
  const { charging, waiting, ...counts } = sessions
  const period = { ...localPeriod(result, timezone), seed: String(result.seed ?? '') }
  return [
    [say('simulate.hub', {}, language), result.site],
    summaryLine('simulate.period', 'simulate.fromTo', period, language),
    summaryLine('simulate.visits', 'simulate.visitCounts', { ...counts, left: charging + waiting }, language),
    ...driverLines(result, language),
    summaryLine('simulate.energy', 'simulate.kWh', { energy: result.energyDelivered_kWh }, language),
    summaryLine('simulate.siteLimit', 'simulate.kW', { power: siteLimit_kW }, language),
    peakLine(result, language),
    [say('simulate.policy', {}, language), result.policy],
    ...airLines(result, language),
    ...controlLines(result, language),
    ...cableLines(result, language),
    ...cabinetLines(result, language),
    ...faultLines(result, language),
    waitLine(result, language),
    ...speedLines(result, language),
    summaryLine('simulate.unservedAtDeparture', 'simulate.kWh', { energy: result.unserved_kWh }, language),
    summaryLine('simulate.heldBackTotal', 'simulate.kWh', { energy: result.heldBackTotal_kWh }, language),
    ...breakdownLines(result, language),
    ...result.refusals.map((refusal) => refusalLine(refusal, language)),
  ]
}
