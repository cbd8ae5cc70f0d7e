import type { Levers } from '../../../src/study/market/index.ts'
import type { MarketQuestion } from './study.ts'

function ruleOf(rule: Levers['rules'][number]): string {
  const share = rule.kind === 'mandate' && rule.share_frac < 1 ? `=${rule.share_frac}` : ''
  return `--${rule.kind} ${rule.connector}${share}@${rule.from}`
}

/** The same study at the command line. */
export function commandOf({ scenario, levers, last_year, draws }: MarketQuestion): string {
  const option = (name: string, value: string | number | null) => (value === null ? [] : [`--${name} ${value}`])
  const parts = [
    `anyplug market ${scenario}`,
    `--to ${last_year}`,
    ...(draws > 0 ? [`--draws ${draws}`] : []),
    ...levers.never.map((maker) => `--never ${maker}`),
    ...option('native-cap', levers.cap_frac),
    ...option('opened', levers.opened),
    ...option('sales', levers.salesFactor),
    ...option('adapter-cover', levers.adapterCover_frac),
    ...option('threshold', levers.threshold_frac),
    ...levers.rules.map(ruleOf),
    ...Object.entries(levers.access).map(([group, share]) => `--access ${group}=${share}`),
  ]
  return parts.join(' ')
}
