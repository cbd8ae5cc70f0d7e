import { formatNumber, type Language, say } from '../../../base/words/index.ts'
import { builtInMarket, frozenSnapshot, type MarketStudy, type MarketYear } from '../../../study/market/index.ts'
import { type Align, textTable } from '../simulation/text-table.ts'

const SHOWN = [0, 1, 3, 6, 11, 16]

type Cell = (year: MarketYear, at: number) => string

/** Years a table shows: near ones closely, far ones seldom, the last one always. */
function shown({ years }: MarketStudy): readonly number[] {
  const last = years.length - 1
  return [...new Set([...SHOWN.filter((at) => at < last), last])].filter((at) => at >= 0)
}

export function percentOf(share_frac: number, language: Language): string {
  return `${formatNumber(share_frac * 100, language, share_frac < 0.1 ? 1 : 0)} %`
}

function rounded(value: number, language: Language): string {
  const size = Math.abs(value)
  const digits = size >= 1000 ? 3 : 2
  return formatNumber(size === 0 ? 0 : Number(value.toPrecision(digits)), language, size < 10 ? 1 : 0)
}

function band(
  study: MarketStudy,
  at: number,
  of: (year: NonNullable<MarketStudy['bands']>[number]) => { p10: number; p90: number } | undefined,
): { p10: number; p90: number } | null {
  const year = study.bands?.[at]
  return (year && of(year)) ?? null
}

function ranged(value: number, limits: { p10: number; p90: number } | null, tell: (value: number) => string): string {
  return limits ? `${tell(value)} (${tell(limits.p10)}-${tell(limits.p90)})` : tell(value)
}

function rowsOf(study: MarketStudy, language: Language): readonly (readonly [string, Cell])[] {
  const { groups, connectors } = study.one.region
  const percent = (value: number): string => percentOf(value, language)
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) || 1
  const number = (value: number): string => rounded(value, language)
  const label = (code: 'fleet' | 'sales' | 'cables' | 'pays', name: string): string =>
    say(`market.row.${code}`, { name }, language)
  return [
    ...groups.map(({ name }, g): readonly [string, Cell] => [
      label('fleet', name),
      (year, at) =>
        ranged(
          (year.fleet[g] ?? 0) / sum(year.fleet),
          band(study, at, ({ fleetShare_frac }) => fleetShare_frac[g]),
          percent,
        ),
    ]),
    ...groups.map(({ name }, g): readonly [string, Cell] => [
      label('sales', name),
      (year) => percent((year.sales[g] ?? 0) / sum(year.sales)),
    ]),
    [
      say('market.row.ports', {}, language),
      (year, at) =>
        ranged(
          year.ports,
          band(study, at, ({ ports }) => ports),
          number,
        ),
    ],
    ...(study.one.region.closed
      ? [[say('market.row.closedPorts', {}, language), (year: MarketYear) => number(year.closedPorts)] as const]
      : []),
    ...connectors.map(({ name }, c): readonly [string, Cell] => [
      label('cables', name),
      (year) => percent((year.cables[c] ?? 0) / Math.max(1, year.ports)),
    ]),
    ...connectors.map(({ name }, c): readonly [string, Cell] => [
      label('pays', name),
      (year, at) =>
        ranged(
          year.fitted_frac[c] ?? 0,
          band(study, at, ({ fitted_frac }) => fitted_frac[c]),
          percent,
        ),
    ]),
    [say('market.row.adapterSessions', {}, language), (year) => percent(year.adapterSessions_frac)],
    [say('market.row.unusable', {}, language), (year) => percent(year.unusablePorts_frac)],
    [say('market.row.redundant', {}, language), (year) => number(year.redundantCables)],
    [say('market.row.stranded', {}, language), (year) => number(year.strandedCables)],
    [
      say('market.row.cost', {}, language),
      (year) => number((year.redundantCables * builtInMarket().components.secondCable_cost.middle) / 1e6),
    ],
  ]
}

function yearsTable(study: MarketStudy, language: Language): string {
  const at = shown(study)
  const head = [say('market.row.year', {}, language), ...at.map((index) => String(study.years[index]?.year ?? ''))]
  const rows = rowsOf(study, language).map(([name, cell]) => [
    name,
    ...at.map((index) => {
      const year = study.years[index]
      return year ? cell(year, index) : ''
    }),
  ])
  return textTable(['left', ...at.map((): Align => 'right')], [head, ...rows])
}

function componentsTable(study: MarketStudy, language: Language): string {
  const at = shown(study)
  const number = (value: number): string => rounded(value, language)
  const rows = [
    ['market.part.ports', (k: number) => study.components[k]?.ports.reduce((a, b) => a + b, 0) ?? 0],
    ['market.part.cooledCable', (k: number) => study.components[k]?.cooledCable_km ?? 0],
    ['market.part.pumps', (k: number) => study.components[k]?.pumps ?? 0],
    ['market.part.copper', (k: number) => study.components[k]?.copper_t ?? 0],
    ['market.part.modules', (k: number) => study.components[k]?.modules ?? 0],
    ['market.part.sicModules', (k: number) => study.components[k]?.sicModules ?? 0],
  ] as const
  const head = [say('market.parts', {}, language), ...at.map((k) => String(study.years[k]?.year ?? ''))]
  const body = rows.map(([code, of]) => [say(code, {}, language), ...at.map((k) => number(of(k)))])
  return textTable(['left', ...at.map((): Align => 'right')], [head, ...body])
}

function switchLines({ one, switches }: MarketStudy, language: Language): readonly string[] {
  return switches.flatMap(({ connector, starts_yr, stops_yr }) => {
    const name = one.region.connectors.find(({ id }) => id === connector)?.name ?? connector
    return [
      ...(starts_yr === null ? [] : [say('market.starts', { name, year: starts_yr.toFixed(1) }, language)]),
      ...(stops_yr === null ? [] : [say('market.stops', { name, year: stops_yr.toFixed(1) }, language)]),
    ]
  })
}

function moverLines({ tipping }: MarketStudy, language: Language): readonly string[] {
  const late = (value: number | null): number => value ?? 99
  return [...tipping.movers]
    .sort((a, b) => late(b.later_yr) - late(a.later_yr))
    .slice(0, 3)
    .map(({ maker, later_yr }) =>
      later_yr === null
        ? say('market.moverNever', { maker }, language)
        : say('market.mover', { maker, months: Number((later_yr * 12).toFixed(1)) }, language),
    )
}

/** A scenario as text for a screen. */
export function studyText(study: MarketStudy, language: Language): string {
  const { one, verdict, draws } = study
  const { date, score } = frozenSnapshot()
  const tell = (code: Parameters<typeof say>[0], params: Parameters<typeof say>[1] = {}): string =>
    say(code, params, language)
  return [
    `${one.scenario.title} (${one.region.name})`,
    tell('market.dataUntil', { until: one.state.until }),
    ...verdict.sentences.map(({ code, params }) => tell(code, params)),
    ...moverLines(study, language),
    ...switchLines(study, language),
    '',
    yearsTable(study, language),
    ...(draws > 0 ? [tell('market.bandsNote', { draws })] : []),
    '',
    componentsTable(study, language),
    '',
    tell('market.scoreNote', {
      date,
      until: one.calibration.until,
      model: score.model,
      naive: score.bestNaiveError,
      method: score.bestNaive,
    }),
  ].join('\n')
}
