import { type Language, say } from '../../../base/words/index.ts'
import type { FittedDemand, ReplayCounts } from '../../../hub/demand/trace/index.ts'
import { type SummaryLine, summaryLine } from './summary.ts'

/** How the vehicles of a replay were found. */
export function replayLines(counts: ReplayCounts, language: Language): SummaryLine[] {
  const { byName, byConnector, byChance, knownEvse, unknownEvse, beyondBattery } = counts
  const lines = [summaryLine('trace.replayed', 'trace.replayedHow', { byName, byConnector, byChance }, language)]
  if (knownEvse + unknownEvse > 0) {
    lines.push(summaryLine('trace.evses', 'trace.evsesKnown', { known: knownEvse, unknown: unknownEvse }, language))
  }
  if (beyondBattery === 0) return lines
  return [...lines, summaryLine('trace.batteries', 'trace.beyondBattery', { count: beyondBattery }, language)]
}

/** What a recording was fitted with: the code of its label, and the value. */
export function fitLine(fit: FittedDemand, language: Language) {
  const { sessions, days, sessions_perDay, weekendSessions_perDay, meanEnergy_kWh } = fit
  const params = { sessions, days, weekday: sessions_perDay, weekend: weekendSessions_perDay, energy: meanEnergy_kWh }
  return ['trace.fitted', say('trace.fittedTo', params, language)] as const
}

const DIGITS = 4

function short(value: number): number {
  return Number(value.toPrecision(DIGITS))
}

function list(values: readonly number[]): string {
  return `[${values.map(short).join(', ')}]`
}

/** Standard deviation from equally likely values. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** The fit as keys of `demand:` in a site file. Energy becomes a lognormal law of the same mean and spread. */
export function fitYaml(fit: FittedDemand, language: Language): string {
  const { sessions, days, sessions_perDay, weekendSessions_perDay, season, energies_kWh, meanEnergy_kWh } = fit
  const weekday = sessions_perDay === null ? fit.weekend : fit.weekday
  const weekend = weekendSessions_perDay === null ? fit.weekday : fit.weekend
  const sd_kWh = short(deviation(energies_kWh))
  const law = sd_kWh > 0 ? `distribution: lognormal, sd_kWh: ${sd_kWh}` : 'distribution: constant'
  return [
    `# ${say('trace.fitComment', { sessions, days }, language)}`,
    `sessions_perDay: ${short(sessions_perDay ?? weekendSessions_perDay ?? 0)}`,
    `weekendSessions_perDay: ${short(weekendSessions_perDay ?? sessions_perDay ?? 0)}`,
    'profile:',
    `  weekday: ${list(weekday)}`,
    `  weekend: ${list(weekend)}`,
    ...(season === null ? [] : [`season: ${list(season)}`]),
    `energy: { mean_kWh: ${short(meanEnergy_kWh)}, ${law} }`,
    '',
  ].join('\n')
}
