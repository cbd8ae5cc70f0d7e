import { type OpenedDocument, openDocument } from '../../../base/documents/index.ts'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import { closest } from '../../../base/words/index.ts'
import type { Calibration } from '../calibrate/fit.ts'
import { type History, yearOf } from '../history/index.ts'
import { valueAt } from '../region/path.ts'
import type { PathInput, RegionFile, Rule } from '../region/schema.ts'
import { type MarketCase, regionIn } from './plan.ts'
import { type ScenarioFile, scenarioSchema } from './schema.ts'
import { type RegionState, statedState, stateOf } from './state.ts'

/** What scenarios may build on. */
export interface MarketKnowledge {
  readonly regions: readonly RegionFile[]
  readonly history: History
  readonly calibration: Calibration
}

const SUM_TOLERANCE = 1e-6

/** Checks that go beyond the form of a file; every finding with its place. */
class Checks {
  readonly problems: Problem[] = []
  readonly #locate: OpenedDocument<unknown, unknown>['locate']

  constructor(locate: OpenedDocument<unknown, unknown>['locate']) {
    this.#locate = locate
  }

  add(path: readonly (string | number)[], reason: Coded, fix?: Coded): void {
    const at = this.#locate(path)
    this.problems.push({ severity: 'error', ...reason, at, path: path.join('.'), ...(fix ? { fix } : {}) })
  }

  /** A name that must be one of a list. */
  known(path: readonly (string | number)[], name: string, names: readonly string[], kind: Kind): void {
    if (names.includes(name)) return
    const near = closest(name, names)
    const fix: Coded =
      near === null
        ? { code: 'market.fix.oneOf', params: { names } }
        : { code: 'market.fix.didYouMean', params: { name: near } }
    this.add(path, { code: `market.problem.unknown.${kind}`, params: { name } }, fix)
  }
}

type Kind = 'region' | 'group' | 'connector' | 'maker'

function knots(path: PathInput): readonly number[] {
  return typeof path === 'number' ? [0] : path.map(([at]) => at)
}

/** Stated shares may leave something to the other groups, never add up to more than all; all stated ones must be all. */
function checkShares(scenario: ScenarioFile, region: RegionFile, checks: Checks): void {
  const shares = scenario.shares ?? {}
  const paths = Object.values(shares)
  for (const id of Object.keys(shares))
    checks.known(
      ['shares', id],
      id,
      region.groups.map((one) => one.id),
      'group',
    )
  const isAll = region.groups.every(({ id }) => Object.hasOwn(shares, id))
  const years = [...new Set(paths.flatMap(knots))]
  const wrong = years.find((at) => {
    const sum = paths.reduce<number>((total, path) => total + valueAt(path, at), 0)
    return sum > 1 + SUM_TOLERANCE || (isAll && sum < 1 - SUM_TOLERANCE)
  })
  if (wrong === undefined) return
  const sum = paths.reduce<number>((total, path) => total + valueAt(path, wrong), 0)
  checks.add(
    ['shares'],
    { code: 'market.problem.sharesSum', params: { year: String(wrong), sum: Number(sum.toPrecision(4)) } },
    { code: isAll ? 'market.fix.sharesAll' : 'market.fix.sharesLess', params: {} },
  )
}

function overlaps(a: Rule, b: Rule): boolean {
  const end = (rule: Rule): string => ('to' in rule && rule.to !== undefined ? rule.to : '9999')
  return a.from < end(b) && b.from < end(a)
}

function checkRules(scenario: ScenarioFile, region: RegionFile, from_yr: number, checks: Checks): void {
  const names = region.connectors.map(({ id }) => id)
  const rules = scenario.rules ?? []
  rules.forEach((rule, at) => {
    checks.known(['rules', at, 'connector'], rule.connector, names, 'connector')
    const clash = rules.find(
      (other) =>
        rule.kind === 'ban' && other.kind === 'mandate' && other.connector === rule.connector && overlaps(rule, other),
    )
    if (clash) {
      const params = { connector: rule.connector }
      checks.add(
        ['rules', at],
        { code: 'market.problem.mandateAndBan', params },
        { code: 'market.fix.mandateOrBan', params: {} },
      )
    }
    if ('to' in rule && rule.to !== undefined && rule.to <= rule.from) {
      checks.add(['rules', at, 'to'], { code: 'market.problem.endsBefore', params: { from: rule.from, to: rule.to } })
    }
    if ('to' in rule && rule.to !== undefined && yearOf(rule.to) <= from_yr) {
      checks.add(
        ['rules', at, 'to'],
        { code: 'market.problem.beforeData', params: { date: rule.to } },
        { code: 'market.fix.afterData', params: {} },
      )
    }
  })
}

function checkNames(scenario: ScenarioFile, region: RegionFile, checks: Checks): void {
  const groups = region.groups.map(({ id }) => id)
  const connectors = region.connectors.map(({ id }) => id)
  const makers = region.switch?.makers.map(({ id }) => id) ?? []
  scenario.adapters?.forEach((adapter, at) => {
    checks.known(['adapters', at, 'group'], adapter.group, groups, 'group')
    checks.known(['adapters', at, 'connector'], adapter.connector, connectors, 'connector')
  })
  for (const id of Object.keys(scenario.closedAccess ?? {})) checks.known(['closedAccess', id], id, groups, 'group')
  scenario.switch?.never.forEach((maker, at) => {
    checks.known(['switch', 'never', at], maker, makers, 'maker')
  })
  if (scenario.switch && !region.switch)
    checks.add(['switch'], { code: 'market.problem.noSwitch', params: { region: region.name } })
}

/** What a region written out in a scenario needs, since no history tells it. */
function checkStated(region: RegionFile, checks: Checks): void {
  const need = (isThere: boolean, key: string, path: readonly (string | number)[]): void => {
    if (!isThere)
      checks.add(
        path,
        { code: 'market.problem.notStated', params: { key } },
        { code: 'market.fix.state', params: { key } },
      )
  }
  need(region.from !== undefined, 'from', ['region'])
  need(region.sales !== undefined, 'sales', ['region'])
  need(region.open.ports !== undefined, 'ports', ['region', 'open'])
  const connectors = region.connectors.map(({ id }) => id)
  const groups = region.groups.map(({ id }) => id)
  region.groups.forEach((group, at) => {
    need(group.stock !== undefined, 'stock', ['region', 'groups', at])
    group.inlets.forEach((inlet, place) => {
      checks.known(['region', 'groups', at, 'inlets', place], inlet, connectors, 'connector')
    })
  })
  region.adapters.forEach((adapter, at) => {
    checks.known(['region', 'adapters', at, 'group'], adapter.group, groups, 'group')
    checks.known(['region', 'adapters', at, 'connector'], adapter.connector, connectors, 'connector')
  })
  if (region.closed) {
    checks.known(['region', 'closed', 'connector'], region.closed.connector, connectors, 'connector')
    checks.known(['region', 'closed', 'owner'], region.closed.owner, groups, 'group')
  }
  if (region.switch) {
    checks.known(['region', 'switch', 'from'], region.switch.from, groups, 'group')
    checks.known(['region', 'switch', 'to'], region.switch.to, groups, 'group')
  }
  region.open.rules.forEach((rule, at) => {
    checks.known(['region', 'open', 'rules', at, 'connector'], rule.connector, connectors, 'connector')
  })
  const sum = region.groups.reduce((total, { share = 0 }) => total + valueAt(share, yearOf(region.from ?? '2024')), 0)
  if (Math.abs(sum - 1) > SUM_TOLERANCE) {
    const params = { year: region.from ?? '', sum: Number(sum.toPrecision(4)) }
    checks.add(
      ['region', 'groups'],
      { code: 'market.problem.sharesSum', params },
      { code: 'market.fix.sharesAll', params: {} },
    )
  }
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
  const base = baseOf(value, knowledge, checks)
  if (!base) return { ok: false, problems: checks.problems }
  const hasHistory = typeof value.region === 'string'
  if (checks.problems.length > 0) return { ok: false, problems: checks.problems }
  const state = hasHistory ? standing(base, knowledge) : statedState(base)
  const cars = state.fleet.reduce((a, b) => a + b, 0)
  if (!(cars > 0)) checks.add(['region'], { code: 'market.problem.thinHistory', params: { region: base.name } })
  checkShares(value, base, checks)
  checkRules(value, base, state.from_yr, checks)
  checkNames(value, base, checks)
  const end_yr = to_yr ?? (value.to === undefined ? DEFAULT_END_YR : yearOf(value.to))
  if (end_yr < state.from_yr + 1) {
    checks.add(value.to === undefined ? [] : ['to'], {
      code: 'market.problem.endsEarly',
      params: { until: state.until },
    })
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
