/** Queues as hubs: sites whose drivers come and stay as queueing theory has it, run by the program's own driver. */
import type { Quarter } from '../../src/study/simulate/index.ts'
import { type EndedSession, prepareSiteRun } from '../../src/study/simulate/site/index.ts'
import { type FlatSite, flatSite, monday_ms, plug } from './flat-hub.ts'

const HOUR_s = 3600
/** A wait that counts as long. */
const LONG_s = 15 * 60
/** Time dropped at the start: many times what any of these hubs needs to forget that it was empty. */
const WARMUP_h = 300
/** Parts of a run taken for independent; each is far longer than the memory of a hub. */
const PARTS = 8
const seeds = [11, 22, 33, 44, 55]

export interface QueueHub {
  readonly plugs: number
  readonly plug_kW?: number
  readonly site_kW?: number
  readonly places?: number
  readonly arrivals_perHour: number
  /** How long drivers stay, or what they want, as it stands in a site file. */
  readonly wish: string
  readonly patience_min?: number
}

function siteOf({ plugs, plug_kW = 100, site_kW, places = 100_000, ...hub }: QueueHub): FlatSite {
  const patience = hub.patience_min ? `, patience: { mean_min: ${hub.patience_min}, distribution: exponential }` : ''
  const stations = `  - { id: post, count: ${plugs}, evses: [{ connectors: [${plug('ccs2', plug_kW)}] }] }`
  const demand = `  sessions_perDay: ${24 * hub.arrivals_perHour}
  ${hub.wish}
  queue: { places: ${places}${patience} }
  fleet: [{ vehicle: flat, share_frac: 1 }]`
  return flatSite(stations, demand, site_kW)
}

/** What happened in a part of a run. */
export interface Sums {
  hours: number
  arrived: number
  balked: number
  reneged: number
  served: number
  waited: number
  waitedLong: number
  wait_min: number
  stay_min: number
  /** Vehicles in the line times hours, and hours in which the limit of the site bound. */
  waiting_h: number
  atLimit_h: number
}

const nothing: Sums = {
  ...{ hours: 0, arrived: 0, balked: 0, reneged: 0, served: 0 },
  ...{ waited: 0, waitedLong: 0, wait_min: 0, stay_min: 0, waiting_h: 0, atLimit_h: 0 },
}

/** Parts of a run of about so many arrivals, the warm-up left out. */
function partsOf(site: FlatSite, seed: number, arrivals: number): Sums[] {
  const rate_perHour = site.demand.arrivals_perHour[0] ?? 1
  const part_h = Math.ceil(arrivals / rate_perHour / PARTS)
  let sums = { ...nothing }
  const ended = ({ waited_s, plugged_s, unplugged_s }: EndedSession): void => {
    sums.served++
    if (waited_s > 0) sums.waited++
    if (waited_s > LONG_s) sums.waitedLong++
    sums.wait_min += waited_s / 60
    sums.stay_min += (unplugged_s - plugged_s) / 60
  }
  const quarter = ({ from_s, to_s, waiting }: Quarter): void => {
    sums.waiting_h += (waiting * (to_s - from_s)) / HOUR_s
  }
  const duration_h = WARMUP_h + PARTS * part_h
  const { run, result } = prepareSiteRun({
    ...{ site, seed, from_ms: monday_ms, date: '2026-06-01', policy: 'max-min' },
    duration_s: duration_h * HOUR_s,
    watch: { ended, quarter },
  })
  const counts = () => {
    const { sessions, byNode } = result()
    return { ...sessions, atLimit_h: (byNode[0]?.atLimit_frac ?? 0) * duration_h }
  }
  run.until(WARMUP_h * HOUR_s)
  let before = counts()
  return Array.from({ length: PARTS }, (_, part) => {
    sums = { ...nothing }
    run.until((WARMUP_h + (part + 1) * part_h) * HOUR_s)
    const after = counts()
    const counted = {
      hours: part_h,
      arrived: after.arrived - before.arrived,
      balked: after.balked - before.balked,
      reneged: after.reneged - before.reneged,
      atLimit_h: after.atLimit_h - before.atLimit_h,
    }
    before = after
    return { ...sums, ...counted }
  })
}

/** Runs a hub with five seeds and gives the parts of all runs. */
export function observe(hub: QueueHub, arrivals: number): readonly Sums[] {
  const site = siteOf(hub)
  return seeds.flatMap((seed) => partsOf(site, seed, arrivals))
}

/** A figure is the quotient of two sums. */
export const figures: Readonly<Record<string, (sums: Sums) => readonly [above: number, below: number]>> = {
  waited_frac: ({ waited, served }) => [waited, served],
  waitedLong_frac: ({ waitedLong, served }) => [waitedLong, served],
  wait_min: ({ wait_min, served }) => [wait_min, served],
  stay_min: ({ stay_min, served }) => [stay_min, served],
  balked_frac: ({ balked, arrived }) => [balked, arrived],
  /** Found every plug taken and joined the line. */
  joined_frac: ({ waited, reneged, arrived }) => [waited + reneged, arrived],
  reneged_frac: ({ reneged, arrived }) => [reneged, arrived],
  /** Mean number of vehicles at the hub: what they spent here over the time (Little 1961). */
  present: ({ wait_min, stay_min, hours }) => [(wait_min + stay_min) / 60, hours],
  /** Mean length of the line, as it was from quarter to quarter. */
  waiting: ({ waiting_h, hours }) => [waiting_h, hours],
  atLimit_frac: ({ atLimit_h, hours }) => [atLimit_h, hours],
}

/** Estimate of a quotient from independent parts, with its standard error (delta method). */
export function estimate(pairs: readonly (readonly [number, number])[]): {
  readonly value: number
  readonly se: number
} {
  const n = pairs.length
  const above = pairs.reduce((sum, [one]) => sum + one, 0)
  const below = pairs.reduce((sum, [, one]) => sum + one, 0)
  const value = above / below
  const squares = pairs.reduce((sum, [one, other]) => sum + (one - value * other) ** 2, 0)
  return { value, se: Math.sqrt((squares / (n - 1)) * n) / below }
}
