/** Elasticities of the two sides: sales to stations, stations to the stock of cars, sales to price. */
export interface Elasticities {
  readonly salesToStations: number
  readonly stationsToStock: number
  readonly price: number
}

/** How often the loop of cars and stations multiplies a change of demand in the long run; it is stable below a product of 1. */
export function multiplier({ salesToStations, stationsToStock }: Elasticities): number {
  return 1 / (1 - salesToStations * stationsToStock)
}

/** What sales lose when a purchase credit ends: at once, and with what stations do after (Li, Tong, Xing, Zhou 2017). */
export interface CreditLoss {
  readonly direct_frac: number
  readonly total_frac: number
  readonly feedback_frac: number
}

function lossOf(direct: number, total: number): CreditLoss {
  return { direct_frac: 1 - direct, total_frac: 1 - total, feedback_frac: 1 - (1 - direct) / (1 - total) }
}

/** Loss of sales in the long run when the price rises by `priceRatio`. */
export function creditLossLongRun(elasticities: Elasticities, priceRatio: number): CreditLoss {
  const direct = priceRatio ** -elasticities.price
  return lossOf(direct, priceRatio ** (-elasticities.price * multiplier(elasticities)))
}

/** A market in which a credit ends; sales of the first quarter are those at a stock of 1 and the lower price. */
export interface CreditRun {
  readonly priceRatio: number
  readonly quarters: number
  readonly growth_frac: number
  readonly startStock: number
  readonly firstSales: number
}

function soldIn({ quarters, growth_frac, startStock, firstSales }: CreditRun, demand: number, loop: number): number {
  let stock = startStock
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    stock += firstSales * (1 + growth_frac) ** quarter * demand * stock ** loop
  }
  return stock - startStock
}

/** Loss of sales over some quarters, in which stations follow the stock of cars of the quarter before. */
export function creditLoss(elasticities: Elasticities, run: CreditRun): CreditLoss {
  const loop = elasticities.salesToStations * elasticities.stationsToStock
  const direct = run.priceRatio ** -elasticities.price
  return lossOf(direct, soldIn(run, direct, loop) / soldIn(run, 1, loop))
}

/** A brand by its inlet: share of sales, and stations its drivers can use before and after one standard for all. */
export interface UniformBrand {
  readonly share_frac: number
  readonly stations: number
}

/** Rise of sales, in all and by brand, when every driver can use `union` stations (Li 2017, counterfactual of one standard). */
export function uniformStandard(
  brands: readonly UniformBrand[],
  union: number,
  salesToAccess: number,
): { readonly total_frac: number; readonly byBrand_frac: readonly number[] } {
  const byBrand_frac = brands.map(({ stations }) => (union / stations) ** salesToAccess - 1)
  const total_frac = brands.reduce((sum, { share_frac }, at) => sum + share_frac * (byBrand_frac[at] ?? 0), 0)
  return { total_frac, byBrand_frac }
}

/** The elasticity that gives a rise of sales under one standard: by halving, since the rise grows with it. */
export function accessElasticity(brands: readonly UniformBrand[], union: number, total_frac: number): number {
  let [low, high] = [0, 2]
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (uniformStandard(brands, union, middle).total_frac < total_frac) low = middle
    else high = middle
  }
  return (low + high) / 2
}
