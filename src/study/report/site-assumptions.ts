import { formatNumber, type Language, say } from '../../base/words/index.ts'
import type { FleetMatch } from '../../hub/demand/index.ts'
import type { AirRange } from '../../hub/plant/air/index.ts'
import type { FleetRow, Site } from '../../hub/site/index.ts'
import type { Catalogue } from '../../hub/standards/index.ts'
import type { Charger } from '../../hub/standards/schema/index.ts'
import type { Assumption } from './input.ts'

function citations(ids: readonly string[], catalogue: Catalogue): string | null {
  const found = ids.flatMap((id) => catalogue.sources.get(id) ?? [])
  return found.length > 0 ? found.join('; ') : null
}

/** The charge curve a vehicle is simulated with. */
function curveOf({ vehicle, name }: FleetRow, catalogue: Catalogue, language: Language): Assumption[] {
  const record = catalogue.vehicles.get(vehicle)
  const curve = record ? catalogue.curves.get(record.curve.id) : undefined
  if (!record || !curve) return []
  const value = say(`report.assume.curveKind.${curve.kind}`, { id: curve.id }, language)
  const source = curve.attribution ?? citations(curve.sources, catalogue)
  return [
    {
      label: { code: 'report.assume.curve', params: { vehicle: name } },
      value,
      source,
      confidence: record.curve.confidence,
    },
  ]
}

/** The battery a vehicle is simulated with, and where its size is from. */
function batteryOf({ vehicle, name, usable_kWh }: FleetRow, catalogue: Catalogue, language: Language): Assumption[] {
  const record = catalogue.vehicles.get(vehicle)
  if (!record || usable_kWh === null) return []
  const label = { code: 'report.assume.battery', params: { vehicle: name } } as const
  const value = `${formatNumber(usable_kWh, language)} kWh`
  if (record.pack.usable_kWh !== usable_kWh)
    return [{ label, value, source: say('report.assume.siteFile', {}, language), confidence: null }]
  const confidence = record.fieldConfidence['pack.usable_kWh'] ?? record.confidence
  return [{ label, value, source: citations(record.sources, catalogue), confidence }]
}

function productOf(
  { id, product, manufacturer, status, confidence, sources }: Charger,
  { catalogue }: Site,
  language: Language,
): Assumption {
  return {
    label: { code: 'report.assume.product', params: { product: id } },
    value: status === 'product' ? `${manufacturer} ${product}` : say(`report.assume.${status}`, { product }, language),
    source: citations(sources, catalogue),
    confidence,
  }
}

function stated(
  code: 'report.assume.grid' | 'report.assume.ambient' | 'report.assume.demand',
  value: string,
  language: Language,
): Assumption {
  return { label: { code, params: {} }, value, source: say('report.assume.siteFile', {}, language), confidence: null }
}

function products(site: Site, language: Language): Assumption[] {
  const ids = new Set(
    [...site.stations, ...site.cabinets].flatMap((part) => ('product' in part && part.product ? [part.product] : [])),
  )
  return [...ids].flatMap((id) => {
    const record = site.catalogue.chargers.get(id)
    return record ? [productOf(record, site, language)] : []
  })
}

/** The air of a run with physics, and the file it is from; null: the site file says it. */
export interface AirOfRun {
  readonly range: AirRange
  readonly file: string | null
}

/** The temperature of the air: one number, or how far it went in the run. */
function ambientOf(site: Site, air: AirOfRun | undefined, language: Language): Assumption {
  const { lowest_degC, highest_degC, mean_degC } = air?.range ?? { lowest_degC: 0, highest_degC: 0, mean_degC: 0 }
  if (lowest_degC === highest_degC) {
    return stated('report.assume.ambient', `${formatNumber(site.ambient_degC, language)} °C`, language)
  }
  const [low, high, mean] = [lowest_degC, highest_degC, mean_degC].map((degC) => formatNumber(degC, language, 1))
  const value = say('weather.inRun', { low: low ?? '', high: high ?? '', mean: mean ?? '' }, language)
  const one = stated('report.assume.ambient', value, language)
  return air?.file ? { ...one, source: air.file } : one
}

/** What a run of a site takes for granted: what the file states, and the records it leans on with sources and confidence. */
export function siteAssumptions(
  site: Site,
  fleet: readonly FleetMatch[],
  language: Language,
  air?: AirOfRun,
): readonly Assumption[] {
  const sessions = site.demand ? site.demand.arrivals_perHour.reduce((sum, rate) => sum + rate, 0) : 0
  return [
    stated('report.assume.grid', `${formatNumber(site.grid.import_kW, language)} kW`, language),
    ambientOf(site, air, language),
    stated('report.assume.demand', formatNumber(sessions, language, 0), language),
    ...products(site, language),
    ...fleet.flatMap(({ row }) => [
      ...batteryOf(row, site.catalogue, language),
      ...curveOf(row, site.catalogue, language),
    ]),
  ]
}
