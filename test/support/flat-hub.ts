/** Sites with vehicles whose power does not depend on their state of charge: what happens there can be reckoned. */
import { loadSite, type Site, type SiteDemand } from '../../src/hub/site/index.ts'
import { builtInCatalogue } from '../../src/hub/standards/index.ts'

export type FlatSite = Site & { readonly demand: SiteDemand }

export const monday_ms = Date.parse('2026-06-01T00:00:00Z')

const record = (id: string, inlets: readonly string[], protocols: string): string => `
    - id: ${id}
      make: Flat
      model: ${id}
      class: car
      inlets: [${inlets.map((inlet) => `{ connector: ${inlet}, market: EU, dc: true, maxPower_kW: 1000 }`).join(', ')}]
      pack: { class_V: 800, max_V: 800, usable_kWh: 200000 }
      maxPower_kW: 1000
      lowVoltage: { strategy: native }
      protocols: [${protocols}]
      curve: { id: flat, confidence: confirmed }
      sources: [unverified]
      confidence: uncertain`

/** `flat` has a CCS2 inlet, `both` a CHAdeMO inlet as well; both hold 200 MWh. */
const catalogue = `catalogue:
  vehicles:${record('flat', ['ccs2'], 'iso_15118_2')}${record('both', ['ccs2', 'chademo'], 'iso_15118_2, chademo_1_0')}
  curves:
    - { id: flat, name: Flat, kind: measured, points: [[0, 1000], [1, 1000]], sources: [unverified], confidence: uncertain }
`

export const everyHour = `{ weekday: [${Array.from({ length: 24 }, () => 1)}] }`

/** A plug as it stands in a site file. */
export function plug(connector: string, power_kW: number): string {
  return `{ connector: ${connector}, minVoltage_V: 200, maxVoltage_V: 1000, maxPower_kW: ${power_kW} }`
}

/** A site of these stations and this demand, both as lines of its file. */
export function flatSite(stations: string, demand: string, import_kW = 100_000): FlatSite {
  const text = `version: 1
name: flat
timezone: UTC
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: ${import_kW} }
stations:
${stations}
demand:
  profile: ${everyHour}
  arrival: { mean_frac: 0 }
${demand}
${catalogue}`
  const checked = loadSite(text, 'flat.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(`${JSON.stringify(checked)}\n${text}`)
  return { ...checked.value, demand: checked.value.demand }
}
