import { loadSite, type Site, type SiteDemand } from '../../src/hub/site/index.ts'
import { builtInCatalogue } from '../../src/hub/standards/index.ts'
import { type AskedFault, checkFaults } from '../../src/study/simulate/faults/index.ts'
import { prepareSiteRun, type SiteRun } from '../../src/study/simulate/site/index.ts'

/** A hub of a few posts that may fail. */
export interface FaultHub {
  readonly ambient_degC: number
  readonly cable: string
  readonly current_A: number
  readonly sessions_perDay: number
  readonly vehicle: string
  readonly seed: number
  readonly duration_s: number
}

export const usualFaultHub: FaultHub = {
  ambient_degC: 25,
  cable: 'oil-ccs-500',
  current_A: 500,
  sessions_perDay: 100,
  vehicle: 'tesla-model-y-lr-2020',
  seed: 4,
  duration_s: 3.5 * 3600,
}

/** The hub as a site file, with more lines at its end. */
export function faultSiteText(
  { ambient_degC, cable, current_A, sessions_perDay, vehicle }: FaultHub,
  more = '',
): string {
  const plug = `connector: ccs2, minVoltage_V: 200, maxVoltage_V: 1000`
  return `version: 1
name: faulty
timezone: UTC
location: { latitude_deg: 42, longitude_deg: 9, country: DE }
currency: EUR
ambient_degC: ${ambient_degC}
grid: { import_kW: 2000 }
cabinets:
  - { id: cab, power_kW: 600, modules: { module: sic-air-40, count: 15 } }
stations:
  - id: post
    count: 2
    cabinet: cab
    evses: [{ connectors: [{ ${plug}, maxCurrent_A: ${current_A}, maxPower_kW: 400, cable: ${cable} }] }]
  - id: dry
    cabinet: cab
    evses: [{ connectors: [{ ${plug}, maxCurrent_A: 200, maxPower_kW: 150, cable: air-70 }] }]
demand:
  sessions_perDay: ${sessions_perDay}
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  arrival: { mean_frac: 0.1, sd_frac: 0.02 }
  target: { mean_frac: 0.9 }
  queue: { places: 6 }
  fleet: [{ vehicle: ${vehicle}, share_frac: 1 }]
${more}`
}

export function faultSite(hub: FaultHub, more = ''): Site & { readonly demand: SiteDemand } {
  const checked = loadSite(faultSiteText(hub, more), 'faulty.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  return { ...checked.value, demand: checked.value.demand }
}

/** A fault of the hub; what is not said is as usual. */
export function fault(mode: string, part: string, at_s: number, more: Partial<AskedFault> = {}): AskedFault {
  return { mode, part, at_s, lasts_s: null, severity_frac: null, modules: null, ...more }
}

export function faultRun(hub: FaultHub, asked: readonly AskedFault[]): SiteRun {
  const site = faultSite(hub)
  const { faults, problems } = checkFaults(site, asked, hub.duration_s)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const when = { from_ms: Date.parse('2026-06-01T00:00:00Z'), duration_s: hub.duration_s, date: '2026-06-01' }
  return prepareSiteRun({ site, ...when, policy: 'max-min', sight: 'csms', physics: true, seed: hub.seed, faults })
}
