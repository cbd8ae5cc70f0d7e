import type { Draft, Path } from '../../base/documents/index.ts'
import type { Problem } from '../../base/problems/index.ts'
import type { Charger, Market, Vehicle } from '../standards/schema/index.ts'
import type { Stock } from './equipment.ts'
import { expandedIds, postCount } from './ids.ts'
import { marketOf } from './place.ts'
import { SiteReport } from './report.ts'
import type { SiteFile, SiteMarket } from './schema/index.ts'
import type { Site } from './site.ts'

/** Markets of records that belong to a market of a site. */
const marketsWithin: Readonly<Record<SiteMarket, readonly Market[]>> = {
  NA: ['NA', 'US', 'CA', 'MX'],
  EU: ['EU', 'UK'],
  CN: ['CN'],
  JP: ['JP'],
}

/** Warnings about records the answers would lean on: composed, trial or weakly sourced ones, and ones sold elsewhere. */
export function warnOfRecords(site: Draft<SiteFile>, stock: Stock): void {
  const told = new Set<string>()
  const market = site.market ?? marketOf(site.location?.country ?? '')
  for (const kind of ['cabinets', 'stations'] as const) {
    site[kind]?.forEach((row, index) => {
      const product = row?.product === undefined ? undefined : stock.catalogue.chargers.get(row.product)
      if (!product || told.has(product.id)) return
      told.add(product.id)
      warnOfProduct(product, market, { path: [kind, index, 'product'], report: stock.report })
    })
  }
  site.demand?.fleet?.forEach((row, index) => {
    const vehicle = row?.vehicle === undefined ? undefined : stock.catalogue.vehicles.get(row.vehicle)
    if (!vehicle || told.has(vehicle.id)) return
    told.add(vehicle.id)
    warnOfRecord(vehicle, { path: ['demand', 'fleet', index, 'vehicle'], report: stock.report })
  })
}

/** Power nobody can use is most likely a forgotten `cabinet:` at the stations. */
export function warnOfIdleCabinets(site: Draft<SiteFile>, { catalogue, report }: Stock): void {
  const used = new Set(site.stations?.map((row) => row?.cabinet))
  site.cabinets?.forEach((row, index) => {
    if (row?.id === undefined || postCount(row, catalogue) > 0) return
    const idle = expandedIds(row.id, row.count).find((id) => !used.has(id))
    if (idle !== undefined)
      report.warning(['cabinets', index], { code: 'site.cabinetFeedsNothing', params: { id: idle } })
  })
}

interface At {
  readonly path: Path
  readonly report: SiteReport
}

function warnOfProduct(product: Charger, market: SiteMarket | null, at: At): void {
  warnOfRecord(product, at)
  if (market === null || product.markets.length === 0) return
  if (product.markets.some((one) => marketsWithin[market].includes(one))) return
  const params = { id: product.id, markets: product.markets, market }
  at.report.warning(at.path, { code: 'site.soldElsewhere', params })
}

function warnOfRecord({ id, status, confidence }: Charger | Vehicle, { path, report }: At): void {
  if (status === 'archetype') report.warning(path, { code: 'site.archetype', params: { id } })
  else if (status === 'trial') report.warning(path, { code: 'site.trial', params: { id } })
  else if (confidence === 'uncertain') report.warning(path, { code: 'site.uncertain', params: { id } })
}

/**
 * What a simulation lacks, as errors with the place where it is to be stated: demand, and battery and power of
 * vehicles the catalogue does not know. Nothing of this is ever assumed.
 */
export function missingForSimulation(site: Site): readonly Problem[] {
  const report = new SiteReport((path) => site.locate(path))
  if (!site.demand) {
    report.error([], { code: 'site.noDemand', params: {} }, { code: 'document.fix.addKey', params: { key: 'demand' } })
  }
  for (const row of site.demand?.fleet ?? []) {
    const path = [...row.path, 'vehicle']
    const params = { vehicle: row.vehicle }
    if (row.usable_kWh === null) {
      report.error(path, { code: 'site.batteryUnknown', params }, batteryFix(site, row.vehicle))
    }
    if (row.maxPower_kW === null && site.catalogue.vehicles.get(row.vehicle)?.maxPower_kW === null) {
      const fix = { code: 'document.fix.addKey', params: { key: 'maxPower_kW' } } as const
      report.error(path, { code: 'site.vehiclePowerUnknown', params }, fix)
    }
  }
  return report.problems
}

function batteryFix(site: Site, vehicle: string) {
  const gross_kWh = site.catalogue.vehicles.get(vehicle)?.pack.gross_kWh ?? null
  if (gross_kWh === null) return { code: 'document.fix.addKey', params: { key: 'usable_kWh' } } as const
  return { code: 'site.fix.usable', params: { gross_kWh } } as const
}
