import type { MarketStudy } from '../../../study/market/index.ts'

function cell(value: number | string): string {
  const text = typeof value === 'number' ? String(Number(value.toPrecision(8))) : value
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csv(rows: readonly (readonly (number | string)[])[]): string {
  return `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`
}

/** The figures of every year as one table in long form: year, figure, of what, value and band. */
export function yearsCsv({ one, years, bands }: MarketStudy): string {
  const { groups, connectors } = one.region
  const rows = years.flatMap((year, at) => {
    const band = bands?.[at]
    const row = (figure: string, of: string, value: number, limits?: { p10: number; p50: number; p90: number }) =>
      [year.year, figure, of, value, limits?.p10 ?? '', limits?.p50 ?? '', limits?.p90 ?? ''] as const
    return [
      ...groups.flatMap(({ id }, g) => [
        row('fleet', id, year.fleet[g] ?? 0),
        row('sales', id, year.sales[g] ?? 0),
        row(
          'fleetShare_frac',
          id,
          (year.fleet[g] ?? 0) / (year.fleet.reduce((a, b) => a + b, 0) || 1),
          band?.fleetShare_frac[g],
        ),
        row('usableOutlets', id, year.usable[g] ?? 0),
      ]),
      ...connectors.flatMap(({ id }, c) => [
        row('cables', id, year.cables[c] ?? 0, band?.cables[c]),
        row('demand_frac', id, year.demand_frac[c] ?? 0),
        row('fitted_frac', id, year.fitted_frac[c] ?? 0, band?.fitted_frac[c]),
        row('attached_frac', id, year.attached_frac[c] ?? 0),
      ]),
      row('openPorts', '', year.ports, band?.ports),
      row('newPorts', '', year.newPorts, band?.newPorts),
      row('closedPorts', '', year.closedPorts),
      row('committed_frac', '', year.committed_frac, band?.committed_frac),
      row('adapterSessions_frac', '', year.adapterSessions_frac, band?.adapterSessions_frac),
      row('unusablePorts_frac', '', year.unusablePorts_frac, band?.unusablePorts_frac),
      row('redundantCables', '', year.redundantCables, band?.redundantCables),
      row('strandedCables', '', year.strandedCables),
    ]
  })
  return csv([['year', 'figure', 'of', 'value', 'p10', 'p50', 'p90'], ...rows])
}

/** Parts by year. */
export function componentsCsv({ components }: MarketStudy): string {
  const head = [
    'year',
    'meanPower_kW',
    'ports',
    'cooledCable_km',
    'pumps',
    'radiators',
    'copper_t',
    'modules',
    'sicModules',
    'low_factor',
    'high_factor',
  ]
  const rows = components.map((one) => [
    ...[one.year, one.meanPower_kW, one.ports.reduce((a, b) => a + b, 0), one.cooledCable_km, one.pumps, one.radiators],
    ...[one.copper_t, one.modules, one.sicModules, one.low ?? '', one.high ?? ''],
  ])
  return csv([head, ...rows])
}
