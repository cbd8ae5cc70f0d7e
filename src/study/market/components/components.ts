import { valueAt } from '../region/path.ts'
import type { RegionFile } from '../region/schema.ts'
import type { BandYear } from '../scenarios/bands.ts'
import type { MarketYear } from '../scenarios/outcome.ts'
import type { ComponentTable, PowerClass } from './schema.ts'

/** What the ports of a year take, of new ports and of cables put on or replaced at older ones. */
export interface ComponentYear {
  readonly year: number
  readonly meanPower_kW: number
  /** New ports by power class, in the order of the table. */
  readonly ports: readonly number[]
  readonly cooledCable_km: number
  readonly pumps: number
  readonly radiators: number
  readonly copper_t: number
  readonly modules: number
  readonly sicModules: number
  readonly sic_frac: number
  /** Factors of the year's figures at the limits of the middle 80 of 100 draws; null without draws. */
  readonly low: number | null
  readonly high: number | null
}

/** Distribution function of the standard normal law (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const tail =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? 1 - tail : tail
}

/** Share of ports in each class when their power is lognormal around a mean. */
export function classShares(mean_kW: number, spread: number, classes: readonly PowerClass[]): readonly number[] {
  const median = Math.log(mean_kW) - spread ** 2 / 2
  const below = (power_kW: number | null): number =>
    power_kW === null ? 1 : normalShare((Math.log(power_kW) - median) / spread)
  return classes.map(({ upTo_kW }, at) => below(upTo_kW) - (at === 0 ? 0 : below(classes[at - 1]?.upTo_kW ?? null)))
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Cables put on or replaced at older ports: added ones, and failed ones that are put back. */
function laterCables({ addedCables, cables, fitted_frac }: MarketYear, failure_perYear: number): number {
  return sum(addedCables) + sum(cables.map((count, c) => count * failure_perYear * (fitted_frac[c] ?? 0)))
}

/** Parts of a year of a market. */
export function componentsOf(
  year: MarketYear,
  band: BandYear | null,
  { region, table, failure_perYear }: { region: RegionFile; table: ComponentTable; failure_perYear: number },
): ComponentYear {
  const power = region.power ?? { mean_kW: 150, spread: 0.6, cable_m: 5 }
  const mean_kW = valueAt(power.mean_kW, year.year + 0.5)
  const shares = classShares(mean_kW, power.spread, table.classes)
  const newPorts = year.newPorts + year.newClosedPorts
  const newCables = sum(year.newCables) + year.newClosedPorts
  const cables = newCables + laterCables(year, failure_perYear)
  const per = (of: (one: PowerClass) => number): number =>
    sum(table.classes.map((one, at) => (shares[at] ?? 0) * of(one)))
  const cooled = cables * per(({ cooled }) => Number(cooled))
  const modules = (newPorts * mean_kW) / valueAt(table.module_kW, year.year + 0.5)
  const sic_frac = valueAt(table.sic_frac, year.year + 0.5)
  return {
    year: year.year,
    meanPower_kW: mean_kW,
    ports: shares.map((share) => share * newPorts),
    cooledCable_km: (cooled * power.cable_m) / 1000,
    pumps: cooled,
    radiators: cooled,
    copper_t: (cables * power.cable_m * per(({ copper_kgperm }) => copper_kgperm)) / 1000,
    ...{ modules, sicModules: modules * sic_frac, sic_frac },
    low: band && band.newPorts.p50 > 0 ? band.newPorts.p10 / band.newPorts.p50 : null,
    high: band && band.newPorts.p50 > 0 ? band.newPorts.p90 / band.newPorts.p50 : null,
  }
}
