import type { Coded } from '../../../base/words/index.ts'
import { yearOf } from '../history/index.ts'
import type { Rule } from '../region/schema.ts'
import type { MarketCase } from '../scenarios/plan.ts'

/** Something that happened, or happens in a scenario, at a day: what figures mark. */
export interface MarketMark {
  readonly date: string
  readonly at_yr: number
  readonly kind: 'mandate' | 'standard' | 'network' | 'oem' | 'oem-commit' | 'adapter' | 'swap' | 'opened' | 'rule'
  readonly actor: string
  /** The maker of the region that an actor of an event stands for. */
  readonly maker: string | null
  readonly what: Coded
  /** The scenario has it so; it was not recorded. */
  readonly isForecast: boolean
}

const kinds = ['mandate', 'standard', 'network', 'oem', 'oem-commit', 'adapter', 'swap'] as const

function kindOf(type: string): MarketMark['kind'] | null {
  return kinds.find((kind) => kind === type) ?? null
}

function recorded({ history, base, scenario }: MarketCase): readonly MarketMark[] {
  const forgotten = scenario.switch?.forget === true
  return (history?.events ?? []).flatMap(({ date, region, type, actor, what }): MarketMark[] => {
    const kind = kindOf(type)
    if (region !== base.historyRegion || kind === null || (forgotten && kind === 'oem-commit')) return []
    const maker = base.switch?.makers.find(({ events }) => events.includes(actor))?.id ?? null
    const text: Coded = { code: 'market.mark.event', params: { actor, what } }
    return [{ date, at_yr: yearOf(date), kind, actor, maker, what: text, isForecast: false }]
  })
}

/** What a rule says, in a word. */
function ruleWhat(rule: Rule, connector: string): Coded {
  const { from } = rule
  switch (rule.kind) {
    case 'mandate':
    case 'grant':
      return {
        code: `market.mark.${rule.kind}`,
        params: { connector, from, percent: Number((100 * rule.share_frac).toFixed(1)) },
      }
    default:
      return { code: `market.mark.${rule.kind}`, params: { connector, from } }
  }
}

function assumed({ base, region, scenario }: MarketCase): readonly MarketMark[] {
  const rules = (scenario.rules ?? []).map((rule): MarketMark => {
    const connector = region.connectors.find(({ id }) => id === rule.connector)?.name ?? rule.connector
    const what = ruleWhat(rule, connector)
    return { date: rule.from, at_yr: yearOf(rule.from), kind: 'rule', actor: '', maker: null, what, isForecast: true }
  })
  const opened = region.switch?.opened
  if (opened === undefined || opened === base.switch?.opened) return rules
  const what: Coded = { code: 'market.mark.opened', params: { date: opened } }
  const mark = { date: opened, at_yr: yearOf(opened), kind: 'opened', actor: '', maker: null, what } as const
  return [...rules, { ...mark, isForecast: true }]
}

/** Events recorded in a region, and rules and openings of a scenario, by day. */
export function marksOf(one: MarketCase): readonly MarketMark[] {
  return [...recorded(one), ...assumed(one)].sort((a, b) => a.at_yr - b.at_yr)
}
