import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import { type Coded, type Language, limitName, say } from '../../../base/words/index.ts'
import { recordedName, type SimulationResult } from '../../../study/simulate/index.ts'

/** A line of a summary: what, and how much. */
export type SummaryLine = readonly [label: string, value: string]

/** A summary line of two codes. */
export function summaryLine(
  label: Coded['code'],
  value: Coded['code'],
  params: Coded['params'],
  language: Language,
): SummaryLine {
  return [say(label, {}, language), say(value, params, language)]
}

/** Energy held back by limit source, then energy by connector. */
export function breakdownLines(result: SimulationResult, language: Language): SummaryLine[] {
  const held = Object.entries(result.heldBack_kWh).sort((a, b) => b[1] - a[1])
  const heldBack = held.map(([source, energy]): SummaryLine => {
    const label = `${say('simulate.heldBack', {}, language)}: ${limitName(source, language)}`
    return [label, say('simulate.kWh', { energy }, language)]
  })
  const connectors = Object.entries(result.byConnector).map(([name, { energy_kWh, sessions }]): SummaryLine => {
    const label = `${say('simulate.byConnector', {}, language)}: ${recordedName(name, language)}`
    return [label, say('simulate.atConnector', { energy: energy_kWh, sessions }, language)]
  })
  return [...heldBack, ...connectors]
}

/** Lines every run has: peaks and waits. */
export function peakLine(result: SimulationResult, language: Language): SummaryLine {
  const params = { minute: result.peak1min_kW, quarter: result.peak15min_kW }
  return summaryLine('simulate.peak', 'simulate.peaks', params, language)
}

/** What the site controller saw and did; nothing where the policy shared exactly. */
export function controlLines({ control }: SimulationResult, language: Language): SummaryLine[] {
  if (!control) return []
  const { sight, decisions, commands } = control
  const seen = say(sight === 'csms' ? 'simulate.sight.csms' : 'simulate.sight.perfect', {}, language)
  return [summaryLine('simulate.controller', 'simulate.controlled', { seen, decisions, commands }, language)]
}

/** What the cabinets did and lost; nothing without physics. */
export function cabinetLines(
  { cabinets, losses_kWh, energyIn_kWh }: SimulationResult,
  language: Language,
): SummaryLine[] {
  if (!cabinets) return []
  const rows = Object.values(cabinets)
  const switched = rows.filter(({ moduleUse_frac }) => moduleUse_frac !== null)
  const modules = switched.reduce((sum, row) => sum + row.modules, 0)
  const used = switched.reduce((sum, row) => sum + row.modules * (row.moduleUse_frac ?? 0), 0)
  const moves = rows.reduce((sum, row) => sum + row.moves, 0)
  const use = { modules, moves, used: modules === 0 ? 0 : (100 * used) / modules }
  const losses = { loss: losses_kWh, share: energyIn_kWh === 0 ? 0 : (100 * losses_kWh) / energyIn_kWh }
  return [
    summaryLine('simulate.cabinets', 'simulate.modulesUsed', use, language),
    summaryLine('simulate.losses', 'simulate.lossShare', losses, language),
  ]
}

/** How the cables fared; nothing without physics. */
export function cableLines({ cables }: SimulationResult, language: Language): SummaryLine[] {
  if (!cables) return []
  const rows = Object.entries(cables)
  const sum = (value: (row: (typeof rows)[number][1]) => number): number =>
    rows.reduce((all, [, row]) => all + value(row), 0)
  const [hottest] = rows.toSorted(([, a], [, b]) => b.highest_degC - a.highest_degC)
  const params = {
    highest: hottest?.[1].highest_degC ?? null,
    connector: hottest?.[0] ?? '',
    drops: sum(({ drops }) => drops),
    derated: sum(({ derated_min }) => derated_min),
    trips: sum(({ trips }) => trips),
    loss: sum(({ loss_kWh }) => loss_kWh),
  }
  return [summaryLine('simulate.cables', 'simulate.cablesHot', params, language)]
}

/** What became of each fault; nothing where none was planned. */
export function faultLines({ faults = [] }: SimulationResult, language: Language): SummaryLine[] {
  return faults.map(({ mode, part, at_s, detected_s, seenBy, reaction, energyLost_kWh }) => {
    const told =
      detected_s === null
        ? say('fault.untold', {}, language)
        : say('fault.told', { detected_s, seenBy: say(`fault.seenBy.${seenBy}`, {}, language) }, language)
    const params = {
      ...{ part, at_h: at_s / SECONDS_PER_HOUR, told, lost: energyLost_kWh },
      mode: say(`fault.mode.${mode}`, {}, language),
      reaction: say(`fault.reaction.${reaction}`, {}, language),
    }
    return summaryLine('fault.summary', 'fault.line', params, language)
  })
}

export function waitLine({ wait }: SimulationResult, language: Language): SummaryLine {
  const params = { mean: wait.mean_min, p95: wait.p95_min, max: wait.max_min }
  return summaryLine('simulate.wait', 'simulate.waits', params, language)
}

/** How fast vehicles got on; nothing where nobody did. */
export function speedLines({ to80, coffee }: SimulationResult, language: Language): SummaryLine[] {
  const { mean_min, p95_min, reached_frac } = to80
  const { coffee_min, done_frac } = coffee
  const reached = { mean: mean_min, p95: p95_min, share: 100 * (reached_frac ?? 0) }
  const done = { share: 100 * (done_frac ?? 0), minutes: coffee_min }
  return [
    ...(mean_min === null ? [] : [summaryLine('simulate.to80', 'simulate.minutesTo80', reached, language)]),
    ...(done_frac === null ? [] : [summaryLine('simulate.coffee', 'simulate.doneWithin', done, language)]),
  ]
}

/** Columns a text takes on a screen: Chinese characters take two. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
}

/** Lines as two columns. */
export function summaryTable(lines: readonly SummaryLine[]): string {
  const widest = Math.max(...lines.map(([label]) => width(label)))
  return lines.map(([label, value]) => `${label}${' '.repeat(widest - width(label))}  ${value}`).join('\n')
}
