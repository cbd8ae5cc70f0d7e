/** The law by which an operator fits a cable. */
export interface AttachLaw {
  /** Expected share of demand at which half of all sites fit the cable. */
  readonly threshold_frac: number
  /** Spread of the threshold over operators, in the logarithm. */
  readonly spread: number
  /** Cables fitted for each unit of demand: the headroom for coincidence. */
  readonly headroom: number
}

/** Probability that a site fits a cable whose cars are expected to be a share of its demand: logistic in the logarithm. */
export function fitProbability(share_frac: number, { threshold_frac, spread }: AttachLaw): number {
  if (share_frac <= 0) return 0
  return 1 / (1 + Math.exp(-Math.log(share_frac / threshold_frac) / spread))
}

/** Share of the ports of a site of `portsPerSite` that gets the cable: at least one port where the site fits it at all. */
export function attachShare(share_frac: number, portsPerSite: number, law: AttachLaw): number {
  return fitProbability(share_frac, law) * Math.min(1, Math.max(1 / portsPerSite, law.headroom * share_frac))
}

/**
 * No port stands without a cable: what is missing to one cable a port is spread over the connectors by a softmax of the
 * logarithm of their demand, so that no share ever jumps. Writes into `cables`.
 */
export function keepLastCable(cables: Float64Array, at: number, demand: Float64Array): void {
  const count = demand.length
  let sum = 0
  for (let c = 0; c < count; c += 1) sum += cables[at + c] ?? 0
  if (sum >= 1) return
  let weights = 0
  for (let c = 0; c < count; c += 1) weights += pull(demand[c] ?? 0)
  if (weights <= 0) return
  for (let c = 0; c < count; c += 1) {
    cables[at + c] = (cables[at + c] ?? 0) + ((1 - sum) * pull(demand[c] ?? 0)) / weights
  }
}

/** A softmax of ln u with temperature 1/2 is u squared. */
function pull(demand_frac: number): number {
  return Math.max(0, demand_frac) ** 2
}
