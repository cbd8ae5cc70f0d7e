import type { Checked, Problem } from '../../../base/problems/index.ts'
import { type Levers, withLevers } from './levers.ts'
import type { MarketCase } from './plan.ts'

type Kind = 'maker' | 'connector' | 'group'

function unknown(kind: Kind, used: readonly string[], known: readonly string[]): readonly Problem[] {
  return used
    .filter((name) => !known.includes(name))
    .map((name) => ({
      severity: 'error',
      ...({ code: `market.problem.unknown.${kind}`, params: { name } } as const),
      fix: { code: 'market.fix.oneOf', params: { names: known } },
    }))
}

function mandatedAndBanned({ rules }: Levers): readonly Problem[] {
  const mandated = rules.flatMap(({ kind, connector }) => (kind === 'mandate' ? [connector] : []))
  return rules
    .filter(({ kind, connector }) => kind === 'ban' && mandated.includes(connector))
    .map(({ connector }) => ({
      severity: 'error',
      ...({ code: 'market.problem.mandateAndBan', params: { connector } } as const),
      fix: { code: 'market.fix.mandateOrBan', params: {} },
    }))
}

/** A case with levers turned, or every lever its region does not know. */
export function turned(one: MarketCase, levers: Levers): Checked<MarketCase> {
  const { region } = one
  const ids = (named: readonly { readonly id: string }[]): readonly string[] => named.map(({ id }) => id)
  const problems = [
    ...unknown('maker', levers.never, ids(region.switch?.makers ?? [])),
    ...unknown(
      'connector',
      levers.rules.map(({ connector }) => connector),
      ids(region.connectors),
    ),
    ...unknown('group', Object.keys(levers.access), ids(region.groups)),
    ...mandatedAndBanned(levers),
  ]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: withLevers(one, levers), warnings: [] }
}
