import { openDocument } from '../../../base/documents/index.ts'
import type { Checked } from '../../../base/problems/index.ts'
import type { Calibration } from '../calibrate/fit.ts'
import { type History, yearOf } from '../history/index.ts'
import type { RegionFile } from '../region/schema.ts'
import { Checks, checkDays, checkScenario, checkStated } from './checks.ts'
import { type MarketCase, regionIn } from './plan.ts'
import { type ScenarioFile, scenarioSchema } from './schema.ts'
import { type RegionState, statedState, stateOf } from './state.ts'

/** What scenarios may build on. */
export interface MarketKnowledge {
  readonly regions: readonly RegionFile[]
  readonly history: History
  readonly calibration: Calibration
}

function baseOf(scenario: ScenarioFile, { regions }: MarketKnowledge, checks: Checks): RegionFile | null {
  if (typeof scenario.region !== 'string') {
    checkStated(scenario.region, checks)
    return scenario.region
  }
  const found = regions.find(({ id }) => id === scenario.region) ?? null
  if (!found)
    checks.known(
      ['region'],
      scenario.region,
      regions.map(({ id }) => id),
      'region',
    )
  return found
}

const states = new WeakMap<History, Map<string, { readonly calibration: Calibration; readonly state: RegionState }>>()

/** Where a region stands is worked out once for a history and a calibration. */
function standing(region: RegionFile, { history, calibration }: MarketKnowledge): RegionState {
  const known = states.get(history) ?? new Map<string, { calibration: Calibration; state: RegionState }>()
  states.set(history, known)
  const before = known.get(region.id)
  if (before?.calibration === calibration) return before.state
  const state = stateOf(region, history, calibration)
  known.set(region.id, { calibration, state })
  return state
}

/** Reads a scenario (YAML or JSON) and puts it on its region; every problem with its place. `to_yr` overrides its end. */
export function loadScenario(
  text: string | Uint8Array,
  file: string,
  knowledge: MarketKnowledge,
  to_yr?: number,
): Checked<MarketCase> {
  const { value, problems, locate } = openDocument(scenarioSchema, text, file)
  if (value === null) return { ok: false, problems }
  const checks = new Checks(locate)
  checkDays(value, checks)
  const base = baseOf(value, knowledge, checks)
  if (!base) return { ok: false, problems: checks.problems }
  const hasHistory = typeof value.region === 'string'
  if (checks.problems.length > 0) return { ok: false, problems: checks.problems }
  const state = hasHistory ? standing(base, knowledge) : statedState(base)
  const cars = state.fleet.reduce((a, b) => a + b, 0)
  if (!(cars > 0)) {
    const params = { region: base.name }
    checks.add(
      ['region'],
      { code: 'market.problem.thinHistory', params },
      { code: 'market.fix.thinHistory', params: {} },
    )
  }
  checkScenario(value, base, state.from_yr, checks)
  const end_yr = to_yr ?? (value.to === undefined ? DEFAULT_END_YR : yearOf(value.to))
  if (end_yr < state.from_yr + 1) {
    checks.add(
      value.to === undefined ? [] : ['to'],
      { code: 'market.problem.endsEarly', params: { until: state.until } },
      { code: 'market.fix.endsLater', params: { from: state.until } },
    )
  }
  if (checks.problems.length > 0) return { ok: false, problems: checks.problems }
  const { history, calibration } = knowledge
  const one = {
    scenario: value,
    base,
    region: regionIn(base, value),
    state,
    history: hasHistory ? history : null,
    calibration,
    to_yr: end_yr,
  }
  return { ok: true, value: one, warnings: problems }
}

const DEFAULT_END_YR = 2040
