import type { Coded } from '../../../base/words/index.ts'
import { runMarket } from '../model/run.ts'
import type { MarketTrack } from '../model/track.ts'
import type { BandYear } from '../scenarios/bands.ts'
import { type MarketCase, scenarioSetup } from '../scenarios/plan.ts'
import type { TippingReport } from '../scenarios/tipping.ts'

/** Who decides: how far the end moves without rules, and without makers that change. */
export interface Verdict {
  readonly ledBy: 'market' | 'rules' | 'both' | 'neither'
  /** Part of the movement that makers make, 0 to 1; null where nothing moves. */
  readonly market_frac: number | null
  /** Movement of the shares of cars and cables at the end, in percentage points. */
  readonly makers_points: number
  readonly rules_points: number
  readonly sentences: readonly Coded[]
}

const LEAST_POINTS = 1
const LED = 0.6

function endShares(track: MarketTrack): readonly (readonly number[])[] {
  const { quarters, groups, connectors } = track.setup
  const share = (values: Float64Array, width: number): readonly number[] => {
    const end = [...values.subarray((quarters - 1) * width, quarters * width)]
    const sum = end.reduce((a, b) => a + b, 0)
    return end.map((value) => (sum > 0 ? value / sum : 0))
  }
  return [share(track.fleet, groups.length), share(track.cables, connectors)]
}

/** Total variation of the shares of cars and cables, the larger of the two, in percentage points. */
function movedPoints(a: MarketTrack, b: MarketTrack): number {
  const [endA, endB] = [endShares(a), endShares(b)]
  const moved = endA.map(
    (shares, k) => shares.reduce((sum, share, at) => sum + Math.abs(share - (endB[k]?.[at] ?? 0)), 0) / 2,
  )
  return 100 * Math.max(...moved)
}

/** The scenario without its makers' change: the shares of the start go on. */
function withoutMakers(one: MarketCase): MarketCase {
  const never = one.region.switch?.makers.map(({ id }) => id) ?? []
  return { ...one, scenario: { ...one.scenario, shares: undefined, switch: { forget: true, never } } }
}

function withoutRules(one: MarketCase): MarketCase {
  const rules = one.region.open.rules.filter(({ kind }) => kind === 'available')
  return { ...one, region: { ...one.region, open: { ...one.region.open, rules } } }
}

function ledBy(makers: number, rules: number): Verdict['ledBy'] {
  if (Math.max(makers, rules) < LEAST_POINTS) return 'neither'
  const part = makers / (makers + rules)
  if (part >= LED) return 'market'
  return part <= 1 - LED ? 'rules' : 'both'
}

function timing({ half_yr }: TippingReport): Coded {
  return half_yr === null
    ? { code: 'market.verdict.noHalf', params: {} }
    : { code: 'market.verdict.half', params: { year: half_yr.toFixed(1) } }
}

function sureness(bands: readonly BandYear[] | null): readonly Coded[] {
  const end = bands?.[bands.length - 1]
  if (!end) return []
  const shares = end.fleetShare_frac
  const widest = shares.reduce((most, { p10, p90 }) => Math.max(most, p90 - p10), 0)
  const points = Math.round(widest * 100)
  return [
    {
      code: points <= 10 ? 'market.verdict.sure' : 'market.verdict.unsure',
      params: { points, year: String(end.year) },
    },
  ]
}

/** Market or mandate, when, and how sure: by playing the scenario again without each. */
export function verdictOf(
  one: MarketCase,
  track: MarketTrack,
  tipping: TippingReport,
  bands: readonly BandYear[] | null,
): Verdict {
  const makers_points = movedPoints(track, runMarket(scenarioSetup(withoutMakers(one))))
  const rules_points = movedPoints(track, runMarket(scenarioSetup(withoutRules(one))))
  const led = ledBy(makers_points, rules_points)
  const params = { makers: Number(makers_points.toFixed(1)), rules: Number(rules_points.toFixed(1)) }
  const sentences: Coded[] = [{ code: `market.verdict.${led}`, params }]
  if (one.region.switch) sentences.push(timing(tipping))
  const sum = makers_points + rules_points
  const market_frac = led === 'neither' ? null : makers_points / sum
  return { ledBy: led, market_frac, makers_points, rules_points, sentences: [...sentences, ...sureness(bands)] }
}
