import type { Draft, Path } from '../../base/documents/index.ts'
import type { Vehicle } from '../standards/schema/index.ts'
import type { Stock } from './equipment.ts'
import { checkAmounts, checkChoices, checkGrowth } from './people.ts'
import type { Known, SiteReport } from './report.ts'
import type { DemandInput, DistributionInput, FleetRowInput, SiteFile } from './schema/index.ts'

/** Shares are meant to be written with a few digits: 0.333 three times is told, rounding of a computer is not. */
const SHARE_TOLERANCE = 1e-6

type Demand = Draft<DemandInput>

/** Demand adds up, its ranges hold something, and its vehicles, adapters and options exist. */
export function checkDemand(site: Draft<SiteFile>, stock: Stock): void {
  const { demand } = site
  stock.report.referAll(['adapters'], site.adapters, stock.names.adapters)
  if (!demand) return
  checkShares(demand, stock.report)
  checkProfile(demand, stock.report)
  checkRanges(demand, ['demand'], stock.report)
  checkAmounts(demand, ['demand'], stock.report)
  checkChoices(demand, stock.report)
  checkGrowth(demand, stock.report)
  demand.fleet?.forEach((row, index) => {
    if (row) checkRow(row, ['demand', 'fleet', index], stock)
  })
}

function checkShares(demand: Demand, report: SiteReport): void {
  const shares = demand.fleet?.map((row) => row?.share_frac)
  if (!shares || shares.includes(undefined)) return
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0)
  if (Math.abs(sum - 1) <= SHARE_TOLERANCE) return
  report.error(['demand', 'fleet'], { code: 'site.sharesSum', params: { sum: Number(sum.toPrecision(6)) } })
}

function checkProfile({ profile }: Demand, report: SiteReport): void {
  for (const days of ['weekday', 'weekend'] as const) {
    const weights = profile?.[days]
    if (!weights || weights.some((weight) => weight === undefined || weight > 0)) continue
    report.error(['demand', 'profile', days], { code: 'site.profileEmpty', params: {} })
  }
}

type Ranged = Pick<Draft<FleetRowInput>, 'arrival' | 'target'>

function checkRanges(row: Ranged, path: Path, report: SiteReport): void {
  for (const key of ['arrival', 'target'] as const) checkRange(row[key], [...path, key], report)
}

function checkRange(range: Draft<DistributionInput> | undefined, path: Path, report: SiteReport): void {
  if (!range) return
  const { mean_frac, min_frac = 0, max_frac = 1 } = range
  const params = { min: min_frac, max: max_frac }
  if (min_frac > max_frac) report.error([...path, 'min_frac'], { code: 'site.rangeEmpty', params })
  else if (mean_frac !== undefined && (mean_frac < min_frac || mean_frac > max_frac)) {
    report.error([...path, 'mean_frac'], { code: 'site.meanOutside', params: { mean: mean_frac, ...params } })
  }
}

function checkRow(row: Draft<FleetRowInput>, path: Path, { catalogue, names, report }: Stock): void {
  report.refer([...path, 'vehicle'], row.vehicle, names.vehicles)
  report.referAll([...path, 'adapters'], row.adapters, names.adapters)
  checkRanges(row, path, report)
  checkAmounts(row, path, report)
  const vehicle = row.vehicle === undefined ? undefined : catalogue.vehicles.get(row.vehicle)
  if (!vehicle) return
  report.referAll([...path, 'options'], row.options, optionsOf(vehicle))
  checkYear(row.modelYear, vehicle, { path: [...path, 'modelYear'], report })
}

/** Options a vehicle can be ordered with: those of its list, and those that bring an inlet. */
function optionsOf({ inlets, options }: Vehicle): Known {
  const names = [...Object.keys(options), ...inlets.flatMap(({ option }) => option ?? [])]
  return { names: new Set(names), unknown: 'site.unknownOption' }
}

function checkYear(
  year: number | undefined,
  { id, modelYears }: Vehicle,
  { path, report }: { readonly path: Path; readonly report: SiteReport },
): void {
  if (year === undefined) return
  const { from, to } = modelYears
  if ((from === null || year >= from) && (to === null || year <= to)) return
  const params = {
    vehicle: id,
    year: String(year),
    from: from === null ? '' : String(from),
    to: to === null ? '' : String(to),
  }
  report.error(path, { code: 'site.modelYear', params })
}
