// A year of a site, measured: shared by bench/year.ts and scripts/plot-growth.ts.
import v8 from 'node:v8'
import vm from 'node:vm'
import { loadSite, type Site, type SiteDemand } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { prepareSiteRun } from '../src/study/simulate/site/index.ts'

const DAY_s = 86_400
const YEAR_s = 365 * DAY_s
const US_PER_SECOND = 1e6
const weekday = [2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 10, 12, 13, 13, 13, 14, 14, 13, 11, 9, 7, 5, 4, 3]

/** Cabinets of 600 kW with eight plugs each, 14 sessions a plug and day, a connection that binds on busy afternoons. */
function siteText(evses: number): string {
  return `version: 1
name: bench
timezone: Europe/Berlin
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: ${evses * 60} }
cabinets:
  - { id: cab, count: ${evses / 8}, power_kW: 600 }
stations:
${Array.from(
  { length: evses / 8 },
  (_, at) => `  - id: post-${at + 1}
    cabinet: cab-${at + 1}
    evses: [{ count: 8, connectors: [{ connector: ccs2, minVoltage_V: 200, maxVoltage_V: 1000, maxCurrent_A: 500, maxPower_kW: 300 }] }]
`,
).join('')}demand:
  sessions_perDay: ${evses * 14}
  profile: { weekday: [${weekday}] }
  arrival: { mean_frac: 0.22, sd_frac: 0.1, min_frac: 0.05, max_frac: 0.5 }
  target: { mean_frac: 0.78, sd_frac: 0.06, min_frac: 0.6, max_frac: 0.95 }
  overstay: { mean_min: 4, distribution: exponential }
  queue: { places: 16, patience: { mean_min: 25, distribution: exponential } }
  fleet:
    - { vehicle: vw-id4-77-2021, share_frac: 0.3 }
    - { vehicle: hyundai-ioniq5-2021, share_frac: 0.2 }
    - { vehicle: tesla-model-y-lr-2020, share_frac: 0.2 }
    - { vehicle: bmw-ix3-nk-2026, share_frac: 0.15 }
    - { vehicle: mercedes-eqs-2021, share_frac: 0.15 }
`
}

function siteOf(evses: number): Site & { readonly demand: SiteDemand } {
  const checked = loadSite(siteText(evses), 'bench.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  return { ...checked.value, demand: checked.value.demand }
}

v8.setFlagsFromString('--expose-gc')
const collect: unknown = vm.runInNewContext('gc')

/** What is alive on the heap. */
function alive_MB(): number {
  if (typeof collect === 'function') collect()
  return Number((process.memoryUsage().heapUsed / 1e6).toFixed(1))
}

/** CPU of this process so far. */
export function cpu_s(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / US_PER_SECOND
}

/** CPU time and memory of years of a site; the first month, which warms up, is not timed but made up for. */
export function measureYears(evses: number, years: number, how: { readonly physics?: boolean } = {}) {
  const site = siteOf(evses)
  const from_ms = Date.parse('2026-01-01T00:00:00+01:00')
  const input = { site, from_ms, date: '2026-01-01', seed: 1, policy: 'max-min', ...how } as const
  const { run, result } = prepareSiteRun({ ...input, duration_s: years * YEAR_s })
  run.until(YEAR_s / 12)
  const early_MB = alive_MB()
  const start_s = cpu_s()
  run.finish()
  const took_s = ((cpu_s() - start_s) * years) / (years - 1 / 12)
  const late_MB = alive_MB()
  const { sessions, byEvse, events } = result()
  const active = byEvse.reduce((sum, { occupied_frac }) => sum + occupied_frac, 0)
  return {
    ...{ evses, years, sessions: sessions.served, events },
    cpu_s: Number(took_s.toFixed(2)),
    us_perSession: Number(((took_s / sessions.served) * 1e6).toFixed(1)),
    activeEvses: Number(active.toFixed(1)),
    us_perSessionAndActive: Number(((took_s / sessions.served / active) * 1e6).toFixed(2)),
    heap1stMonth_MB: early_MB,
    heapAtEnd_MB: late_MB,
  }
}
