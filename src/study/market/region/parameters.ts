/** Everything that is fitted or assumed, by name. One law for all regions; levels are each region's own. */
export interface Parameters {
  readonly openElasticity: number
  readonly openLag_yr: number
  readonly closedElasticity: number
  readonly closedLag_yr: number
  readonly threshold_frac: number
  readonly spread: number
  readonly headroom: number
  readonly horizon_yr: number
  readonly life_yr: number
  readonly failure_perYear: number
  readonly retrofit: number
  readonly scrap_perYear: number
  readonly guestWeight: number
  readonly accessElasticity: number
  readonly dominoBase: number
  readonly dominoNetwork: number
  readonly dominoBandwagon: number
}

export interface Prior {
  readonly value: number
  /** Standard deviation of the logarithm; null: assumed, not fitted. */
  readonly sd: number | null
}

/** Priors: where the fit starts, and how far data may pull it. Sources are told in data/market. */
export const priors: Readonly<Record<keyof Parameters, Prior>> = {
  openElasticity: { value: 0.93, sd: 0.05 },
  openLag_yr: { value: 1.5, sd: 0.4 },
  closedElasticity: { value: 0.85, sd: 0.05 },
  closedLag_yr: { value: 0.5, sd: null },
  threshold_frac: { value: 0.1, sd: 0.5 },
  spread: { value: 0.6, sd: 0.3 },
  headroom: { value: 2, sd: 0.2 },
  horizon_yr: { value: 1.5, sd: null },
  life_yr: { value: 10, sd: 0.15 },
  failure_perYear: { value: 0.08, sd: 0.4 },
  retrofit: { value: 0.3, sd: null },
  scrap_perYear: { value: 0.02, sd: null },
  guestWeight: { value: 0.3, sd: null },
  accessElasticity: { value: 0.16, sd: null },
  dominoBase: { value: -4.4, sd: null },
  dominoNetwork: { value: 1.5, sd: null },
  dominoBandwagon: { value: 4.85, sd: null },
}

export const parameterNames = Object.keys(priors) as readonly (keyof Parameters)[]

export function priorParameters(): Parameters {
  return Object.fromEntries(parameterNames.map((name) => [name, priors[name].value])) as unknown as Parameters
}
