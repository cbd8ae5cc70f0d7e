/** What moves a car maker to another inlet: the hazard of a quarter is logistic in network and bandwagon. */
export interface DominoLaw {
  readonly base: number
  /** Weight of the logarithm of outlets reached with the new inlet over the old. */
  readonly network: number
  /** Weight of the share of the rivals that have committed. */
  readonly bandwagon: number
}

/** A maker or group of makers, by its share of the sales that can change inlet. */
export interface Maker {
  readonly id: string
  readonly weight: number
  /** When it committed; null: it has not. */
  readonly committed_yr: number | null
  /** Will not commit, whatever the others do. */
  readonly never: boolean
}

/** Probability that a maker commits within a quarter. */
export function hazard(law: DominoLaw, logOutletRatio: number, rivals_frac: number, resistance = 0): number {
  const pull = law.base + law.network * logOutletRatio + law.bandwagon * rivals_frac - resistance
  return 1 / (1 + Math.exp(-pull))
}

/** Makers with weights that add up to 1. */
export function normalised(makers: readonly Maker[]): readonly Maker[] {
  const sum = makers.reduce((total, { weight }) => total + weight, 0)
  return makers.map((maker) => ({ ...maker, weight: maker.weight / sum }))
}

/** When makers were watched, how finely, and the pull of the network meanwhile. */
export interface Watch {
  readonly from_yr: number
  readonly to_yr: number
  readonly steps_perYear: number
  readonly logOutletRatio: number
}

const PRIOR_SD = 20

function committedShare(makers: readonly Maker[], before_yr: number): number {
  return makers.reduce(
    (sum, { weight, committed_yr }) => sum + (committed_yr !== null && committed_yr < before_yr ? weight : 0),
    0,
  )
}

/**
 * Minus the logarithm of the likelihood of the dates makers committed at, each watched until its own step; with a wide
 * prior on the bandwagon. A commitment belongs to the step that holds its date.
 */
export function dominoLoss(law: DominoLaw, makers: readonly Maker[], watch: Watch): number {
  const { from_yr, to_yr, steps_perYear, logOutletRatio } = watch
  const steps = Math.ceil((to_yr - from_yr) * steps_perYear - 1e-9)
  let loss = (law.bandwagon / PRIOR_SD) ** 2
  for (let step = 0; step < steps; step += 1) {
    const from = from_yr + step / steps_perYear
    const to = from + 1 / steps_perYear
    const none = (1 - hazard(law, logOutletRatio, committedShare(makers, from))) ** (4 / steps_perYear)
    for (const { committed_yr } of makers) {
      if (committed_yr !== null && committed_yr < from) continue
      loss -= Math.log(committed_yr !== null && committed_yr < to ? 1 - none : none)
    }
  }
  return loss
}

/** The law that makes the dates likeliest, with or without a bandwagon: a search that halves its steps. */
export function fitDomino(makers: readonly Maker[], watch: Watch, network: number, withBandwagon = true): DominoLaw {
  let [base, bandwagon] = [-4, withBandwagon ? 4 : 0]
  let best = dominoLoss({ base, network, bandwagon }, makers, watch)
  for (let size = 1; size > 1e-4; ) {
    const tries = withBandwagon
      ? [
          [size, 0],
          [-size, 0],
          [0, size],
          [0, -size],
          [size, -size],
          [-size, size],
        ]
      : [
          [size, 0],
          [-size, 0],
        ]
    let improved = false
    for (const [up = 0, more = 0] of tries) {
      const loss = dominoLoss({ base: base + up, network, bandwagon: bandwagon + more }, makers, watch)
      if (loss >= best) continue
      ;[best, base, bandwagon, improved] = [loss, base + up, bandwagon + more, true]
    }
    if (!improved) size /= 2
  }
  return { base, network, bandwagon }
}

/** When half of the makers had committed, or null. */
export function halfway(at_yr: readonly number[], share: readonly number[], level = 0.5): number | null {
  for (let index = 1; index < share.length; index += 1) {
    const [before, after] = [share[index - 1] ?? 0, share[index] ?? 0]
    if (before < level && after >= level) {
      const part = (level - before) / (after - before)
      return (at_yr[index - 1] ?? 0) + part * ((at_yr[index] ?? 0) - (at_yr[index - 1] ?? 0))
    }
  }
  return null
}

/** Committed share over time when every maker follows its expectation: weekly steps from `from_yr`. */
export interface DominoPath {
  readonly at_yr: readonly number[]
  readonly share_frac: readonly number[]
  readonly half_yr: number | null
}

export interface DominoRun extends Watch {
  /** Makers commit not before this. */
  readonly opened_yr: number
  readonly resistance: number
}

/**
 * The mean-field domino: each maker's probability to have committed grows by its hazard, which sees the expected share
 * of its rivals. A maker that never commits only takes weight from that share, so it can hasten nothing.
 */
export function meanFieldDomino(law: DominoLaw, makers: readonly Maker[], run: DominoRun): DominoPath {
  const steps = Math.ceil((run.to_yr - run.from_yr) * run.steps_perYear - 1e-9)
  const chance = makers.map(() => 0)
  const at_yr: number[] = [run.from_yr]
  const share_frac: number[] = [0]
  let share = 0
  for (let step = 0; step < steps; step += 1) {
    const from = run.from_yr + step / run.steps_perYear
    const seen = share
    const opened = from >= run.opened_yr
    makers.forEach((maker, at) => {
      const before = chance[at] ?? 0
      const own = maker.weight * before
      const none = (1 - hazard(law, run.logOutletRatio, seen - own, run.resistance)) ** (4 / run.steps_perYear)
      chance[at] = nextChance(maker, before, from + 1 / run.steps_perYear, opened ? 1 - none : 0)
    })
    share = makers.reduce((sum, { weight }, at) => sum + weight * (chance[at] ?? 0), 0)
    at_yr.push(from + 1 / run.steps_perYear)
    share_frac.push(share)
  }
  return { at_yr, share_frac, half_yr: halfway(at_yr, share_frac) }
}

function nextChance({ committed_yr, never }: Maker, before: number, until_yr: number, step: number): number {
  if (never) return 0
  if (committed_yr !== null && committed_yr < until_yr) return 1
  return before + (1 - before) * step
}
