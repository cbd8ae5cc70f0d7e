import { formatNumber, type Language, say } from '../../base/words/index.ts'
import type { FleetMatch } from '../../hub/demand/index.ts'
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

/** What a run of a site takes for granted: what the file states, and the records it leans on with sources and confidence. */
export function siteAssumptions(site: Site, fleet: readonly FleetMatch[], language: Language): readonly Assumption[] {
  const sessions = site.demand ? site.demand.arrivals_perHour.reduce((sum, rate) => sum + rate, 0) : 0
  return [
    stated('report.assume.grid', `${formatNumber(site.grid.import_kW, language)} kW`, language),
    stated('report.assume.ambient', `${formatNumber(site.ambient_degC, language)} °C`, language),
    stated('report.assume.demand', formatNumber(sessions, language, 0), language),
    ...products(site, language),
    ...fleet.flatMap(({ row }) => [
      ...batteryOf(row, site.catalogue, language),
      ...curveOf(row, site.catalogue, language),
    ]),
  ]
}
