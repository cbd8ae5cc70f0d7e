import type { OpenedDocument } from '../../../base/documents/index.ts'
import type { Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import { closest } from '../../../base/words/index.ts'
import { yearOf } from '../history/index.ts'
import { valueAt } from '../region/path.ts'
import type { PathInput, RegionFile, Rule } from '../region/schema.ts'
import type { ScenarioFile } from './schema.ts'

const SUM_TOLERANCE = 1e-6

/** Checks that go beyond the form of a file; every finding with its place. */
export class Checks {
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
  return typeof path === 'number' ? [] : path.map(([at]) => at)
}

/** A path all of whose points are over before the data end says nothing of what comes. */
function checkPaths(scenario: ScenarioFile, from_yr: number, checks: Checks): void {
  const { shares = {}, closedAccess = {}, salesFactor } = scenario
  const paths: readonly (readonly [readonly string[], PathInput])[] = [
    ...Object.entries(shares).map(([id, path]) => [['shares', id], path] as const),
    ...Object.entries(closedAccess).map(([id, path]) => [['closedAccess', id], path] as const),
    ...(salesFactor === undefined ? [] : [[['salesFactor'], salesFactor] as const]),
  ]
  for (const [path, value] of paths) {
    const last = knots(value).at(-1)
    if (last === undefined || last >= from_yr) continue
    const params = { date: String(last) }
    checks.add(path, { code: 'market.problem.beforeData', params }, { code: 'market.fix.afterData', params: {} })
  }
}

/** Stated shares may leave something to the other groups, never add up to more than all; all stated ones must be all. */
function checkShares(scenario: ScenarioFile, region: RegionFile, from_yr: number, checks: Checks): void {
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
  const years = [...new Set([Math.floor(from_yr), ...paths.flatMap(knots)])]
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
      checks.add(
        ['rules', at, 'to'],
        { code: 'market.problem.endsBefore', params: { from: rule.from, to: rule.to } },
        { code: 'market.fix.endsLater', params: { from: rule.from } },
      )
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
    checks.add(
      ['switch'],
      { code: 'market.problem.noSwitch', params: { region: region.name } },
      { code: 'market.fix.noSwitch', params: {} },
    )
}

/** What a region written out in a scenario needs, since no history tells it. */
export function checkStated(region: RegionFile, checks: Checks): void {
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

type Place = readonly (string | number)[]

/** Every date of a scenario, with its place. */
function datesOf(scenario: ScenarioFile): readonly (readonly [Place, string])[] {
  const region = typeof scenario.region === 'string' ? null : scenario.region
  const ofRules = (rules: readonly Rule[], place: Place): readonly (readonly [Place, string | undefined])[] =>
    rules.flatMap((rule, at) => [
      [[...place, at, 'from'], rule.from] as const,
      [[...place, at, 'to'], 'to' in rule ? rule.to : undefined] as const,
    ])
  const dates: readonly (readonly [Place, string | undefined])[] = [
    ...ofRules(scenario.rules ?? [], ['rules']),
    ...ofRules(region?.open.rules ?? [], ['region', 'open', 'rules']),
    ...(scenario.adapters ?? []).map(({ from }, at) => [['adapters', at, 'from'], from] as const),
    [['switch', 'opened'], scenario.switch?.opened],
    [['region', 'from'], region?.from],
    [['to'], scenario.to],
  ]
  return dates.flatMap(([place, date]) => (date === undefined ? [] : [[place, date] as const]))
}

/** Days that are in no calendar. */
export function checkDays(scenario: ScenarioFile, checks: Checks): void {
  for (const [place, date] of datesOf(scenario)) {
    const full = `${date}-01-01`.slice(0, Math.max(date.length, 'yyyy-mm-dd'.length))
    const moment = new Date(`${full}T00:00:00Z`)
    if (!Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(full)) continue
    checks.add(
      place,
      { code: 'market.problem.noSuchDay', params: { day: date } },
      { code: 'market.fix.day', params: {} },
    )
  }
}

/** What goes beyond the form of a scenario that is to be put on a region whose data end in a year. */
export function checkScenario(scenario: ScenarioFile, region: RegionFile, from_yr: number, checks: Checks): void {
  checkShares(scenario, region, from_yr, checks)
  checkPaths(scenario, from_yr, checks)
  checkRules(scenario, region, from_yr, checks)
  checkNames(scenario, region, checks)
}
