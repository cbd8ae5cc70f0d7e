import type { Checked, Problem } from '../../../src/base/problems/index.ts'
import {
  builtInMarket,
  fitProbability,
  frozenSnapshot,
  type Levers,
  loadScenario,
  type MarketCase,
  type MarketStudy,
  makersOf,
  type PhaseMap,
  type PlannerRow,
  phaseMap,
  plannerRows,
  siteSizes,
  studyOf,
  turned,
  type UseRow,
  whoCanUse,
} from '../../../src/study/market/index.ts'

/** What to play: a scenario by name, the levers turned, and from how many draws its bands come (0: none). */
export interface MarketQuestion {
  readonly scenario: string
  readonly levers: Levers
  readonly last_year: number
  readonly draws: number
}

/** A scenario of the list. */
export interface ScenarioName {
  readonly id: string
  readonly title: string
  readonly region: string
  readonly regionName: string
  /** The region as it goes: no scenario of the program's has it. */
  readonly isPlain: boolean
}

/** A study as the page tells it: without the run itself. */
export interface MarketTold extends Omit<MarketStudy, 'track' | 'one'> {
  readonly scenario: { readonly id: string; readonly title: string; readonly text: string | null }
  readonly region: MarketCase['region']
  readonly until: string
  readonly from_yr: number
  readonly threshold_frac: number
  /** The law by which sites fit a cable. */
  readonly curve: readonly { readonly demand_frac: number; readonly fits_frac: number }[]
  readonly makers: ReturnType<typeof makersOf>
  readonly score: { readonly date: string; readonly model: number; readonly naive: number; readonly method: string }
  readonly secondCable_cost: number
  readonly powerClasses: readonly string[]
  readonly uses: readonly { readonly year: number; readonly rows: readonly UseRow[] }[]
  readonly planners: readonly PlannerRow[]
  readonly siteSizes: readonly number[]
}

export type MarketAnswer =
  | { readonly ok: true; readonly told: MarketTold }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** How cars and cables pull each other; null where no maker changes inlet. */
export type PhaseTold = PhaseMap

const SEED = 1
const LEAST_FRAC = 0.01
const CURVE_POINTS = 80

const namedRegions = () => [...builtInMarket().scenarios.values()].map(({ region }) => region)

/** Every scenario, and every region without one as it goes. */
export function scenarioNames(): readonly ScenarioName[] {
  const { scenarios, regions } = builtInMarket()
  const known = new Map(regions.map(({ id, name }) => [id, name]))
  const listed = [...scenarios.values()].map(({ id, title, region }): ScenarioName => {
    const place = typeof region === 'string' ? { id: region, name: known.get(region) ?? region } : region
    return { id, title, region: place.id, regionName: place.name, isPlain: false }
  })
  const taken = new Set(namedRegions())
  const plain = regions
    .filter(({ id }) => !taken.has(id))
    .map(({ id, name }): ScenarioName => ({ id, title: name, region: id, regionName: name, isPlain: true }))
  return [...listed, ...plain]
}

function textOf(scenario: string): string {
  const { scenarios, regions } = builtInMarket()
  const region = regions.find(({ id }) => id === scenario)
  return JSON.stringify(scenarios.get(scenario) ?? { id: scenario, title: region?.name ?? scenario, region: scenario })
}

function caseOf({ scenario, levers, last_year }: MarketQuestion): Checked<MarketCase> {
  const { regions, history } = builtInMarket()
  const knowledge = { regions, history, calibration: frozenSnapshot().calibration }
  const loaded = loadScenario(textOf(scenario), scenario, knowledge, last_year + 1)
  return loaded.ok ? turned(loaded.value, levers) : loaded
}

function curveOf({ calibration }: MarketCase): MarketTold['curve'] {
  return Array.from({ length: CURVE_POINTS + 1 }, (_, at) => {
    const demand_frac = LEAST_FRAC ** (1 - at / CURVE_POINTS)
    return { demand_frac, fits_frac: fitProbability(demand_frac, calibration.parameters) }
  })
}

function toldOf({ one, track: _, ...study }: MarketStudy): MarketTold {
  const { date, score } = frozenSnapshot()
  const { components } = builtInMarket()
  const { id, title, text = null } = one.scenario
  return {
    ...study,
    ...{ scenario: { id, title, text }, region: one.region, until: one.state.until, from_yr: one.state.from_yr },
    ...{ threshold_frac: one.calibration.parameters.threshold_frac, curve: curveOf(one), makers: makersOf(one) },
    score: { date, model: score.model, naive: score.bestNaiveError, method: score.bestNaive },
    secondCable_cost: components.secondCable_cost.middle,
    powerClasses: components.classes.map(({ name }) => name),
    uses: study.years.map((year) => ({ year: year.year, rows: whoCanUse(one, year) })),
    ...{ planners: plannerRows(one, study.years), siteSizes },
  }
}

/** Plays a scenario with levers turned, or says what is wrong with them. */
export function marketAnswer(question: MarketQuestion): MarketAnswer {
  const found = caseOf(question)
  return found.ok ? { ok: true, told: toldOf(studyOf(found.value, question.draws, SEED)) } : found
}

/** The phase map of the same case; null where no maker changes inlet, or the levers are wrong. */
export function phaseAnswer(question: MarketQuestion): PhaseTold | null {
  const found = caseOf(question)
  if (!found.ok) return null
  const { past, years } = studyOf(found.value, 0, SEED)
  return phaseMap(found.value, [...past, ...years])
}
