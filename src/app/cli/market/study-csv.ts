import { type Language, say } from '../../../base/words/index.ts'
import {
  type BandYear,
  type MarketStudy,
  type MarketYear,
  makersOf,
  type PhaseMap,
} from '../../../study/market/index.ts'

type Row = readonly (number | string)[]

function cell(value: number | string): string {
  const text = typeof value === 'number' ? String(Number(value.toPrecision(8))) : value
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csv(head: readonly string[], rows: readonly Row[]): string {
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`
}

/** The figures of one year in long form: year, figure, of what, value and band. */
function yearRows({ one }: MarketStudy, year: MarketYear, band: BandYear | undefined): readonly Row[] {
  const { groups, connectors } = one.region
  const row = (figure: string, of: string, value: number, limits?: { p10: number; p50: number; p90: number }): Row => [
    ...[year.year, figure, of, value],
    ...[limits?.p10 ?? '', limits?.p50 ?? '', limits?.p90 ?? ''],
  ]
  const share = (values: readonly number[], at: number): number =>
    (values[at] ?? 0) / (values.reduce((a, b) => a + b, 0) || 1)
  return [
    ...groups.flatMap(({ id }, g) => [
      row('fleet', id, year.fleet[g] ?? 0),
      row('sales', id, year.sales[g] ?? 0),
      row('fleetShare_frac', id, share(year.fleet, g), band?.fleetShare_frac[g]),
      row('salesShare_frac', id, share(year.sales, g), band?.salesShare_frac[g]),
      row('usableOutlets', id, year.usable[g] ?? 0),
      row('usableByAdapter', id, year.usableByAdapter[g] ?? 0),
    ]),
    ...connectors.flatMap(({ id }, c) => [
      row('cables', id, year.cables[c] ?? 0, band?.cables[c]),
      row('newCables', id, year.newCables[c] ?? 0),
      row('addedCables', id, year.addedCables[c] ?? 0),
      row('demand_frac', id, year.demand_frac[c] ?? 0),
      row('fitted_frac', id, year.fitted_frac[c] ?? 0, band?.fitted_frac[c]),
      row('attached_frac', id, year.attached_frac[c] ?? 0),
    ]),
    row('openPorts', '', year.ports, band?.ports),
    row('newPorts', '', year.newPorts, band?.newPorts),
    row('closedPorts', '', year.closedPorts),
    row('newClosedPorts', '', year.newClosedPorts),
    row('committed_frac', '', year.committed_frac, band?.committed_frac),
    row('native_frac', '', year.native_frac),
    row('adapterSessions_frac', '', year.adapterSessions_frac, band?.adapterSessions_frac),
    row('unusablePorts_frac', '', year.unusablePorts_frac, band?.unusablePorts_frac),
    row('redundantCables', '', year.redundantCables, band?.redundantCables),
    row('strandedCables', '', year.strandedCables),
  ]
}

const yearHead = ['year', 'figure', 'of', 'value', 'p10', 'p50', 'p90']

function componentsCsv({ components }: MarketStudy): string {
  const head = ['year', 'meanPower_kW', 'ports', 'cooledCable_km', 'pumps', 'radiators', 'copper_t', 'modules']
  const rows = components.map((one) => [
    ...[one.year, one.meanPower_kW, one.ports.reduce((a, b) => a + b, 0), one.cooledCable_km, one.pumps, one.radiators],
    ...[one.copper_t, one.modules, one.sicModules, one.low ?? '', one.high ?? ''],
  ])
  return csv([...head, 'sicModules', 'low_factor', 'high_factor'], rows)
}

function historyCsv({ history }: MarketStudy): string {
  const head = ['series', 'what', 'of', 'unit', 'used', 'date', 'value', 'lo', 'hi', 'confidence', 'source']
  const rows = history.flatMap(({ id, what, of, unit, used, points }) =>
    points.map(({ date, value, lo, hi, confidence, source }) => [
      ...[id, what, of ?? '', unit, String(used), date],
      ...[value, lo, hi, confidence, source],
    ]),
  )
  return csv(head, rows)
}

function eventsCsv({ events }: MarketStudy, language: Language): string {
  const rows = events.map(({ date, kind, actor, maker, what, isForecast }) => [
    ...[date, kind, actor, maker ?? '', say(what.code, what.params, language)],
    String(isForecast),
  ])
  return csv(['date', 'kind', 'actor', 'maker', 'what', 'isForecast'], rows)
}

function makersCsv({ one, tipping }: MarketStudy): string {
  const rows = makersOf(one).map(({ id, weight, committed_yr, never }) => {
    const later_yr = tipping.movers.find(({ maker }) => maker === id)?.later_yr
    return [id, weight, committed_yr ?? '', String(never), later_yr ?? '']
  })
  return csv(['maker', 'weight', 'committed_yr', 'never', 'halfLaterWithout_yr'], rows)
}

function plugsCsv({ tipping, switches }: MarketStudy): string {
  const rows = tipping.plugs.map(({ connector, demand_frac, slope, criticalMass_frac, fading }) => {
    const when = switches.find((one) => one.connector === connector)
    const years = [when?.starts_yr ?? '', when?.stops_yr ?? '']
    return [connector, demand_frac, slope, criticalMass_frac, String(fading), ...years]
  })
  const head = ['connector', 'demand_frac', 'slope', 'criticalMass_frac', 'fading', 'startsToPay_yr', 'stopsToPay_yr']
  return csv(head, rows)
}

function assumptionsCsv({ assumptions }: MarketStudy): string {
  const rows = assumptions.map(({ name, value, sd, kind }) => [name, value, sd ?? '', kind])
  return csv(['name', 'value', 'logSd', 'kind'], rows)
}

function phaseTables({ cells, border, path }: PhaseMap): readonly (readonly [string, string])[] {
  const point = ['fleet_frac', 'cable_frac']
  const rows = cells.map((one) => [
    ...[one.fleet_frac, one.cable_frac, one.toFleet_frac, one.toCable_frac],
    ...[one.endFleet_frac, one.endCable_frac, String(one.tips)],
  ])
  const head = [...point, 'toFleet_frac', 'toCable_frac', 'endFleet_frac', 'endCable_frac', 'tips']
  const pairs = border.map(({ fleet_frac, cable_frac }) => [fleet_frac, cable_frac])
  const way = path.map(({ year, fleet_frac, cable_frac }) => [year, fleet_frac, cable_frac])
  return [
    ['phase', csv(head, rows)],
    ['phase-border', csv(point, pairs)],
    ['phase-path', csv(['year', ...point], way)],
  ]
}

/** Every table of a scenario by name, the phase map's where there is one. */
export function studyTables(
  study: MarketStudy,
  phase: PhaseMap | null,
  language: Language,
): readonly (readonly [string, string])[] {
  const { past, years, bands } = study
  const rows = (of: readonly MarketYear[], limits: MarketStudy['bands']): readonly Row[] =>
    of.flatMap((year, at) => yearRows(study, year, limits?.[at]))
  return [
    ['years', csv(yearHead, rows(years, bands))],
    ['past', csv(yearHead, rows(past, null))],
    ['components', componentsCsv(study)],
    ['history', historyCsv(study)],
    ['events', eventsCsv(study, language)],
    ['makers', makersCsv(study)],
    ['plugs', plugsCsv(study)],
    ['assumptions', assumptionsCsv(study)],
    ...(phase ? phaseTables(phase) : []),
  ]
}
