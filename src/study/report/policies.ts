import type { Code } from '../../base/words/index.ts'
import type { Writer } from './writer.ts'

const policyCodes: Readonly<Record<string, Code>> = {
  'max-min': 'report.policy.maxMin',
  proportional: 'report.policy.proportional',
  fifo: 'report.policy.fifo',
  'earliest-departure': 'report.policy.earliestDeparture',
  priority: 'report.policy.priority',
  'equal-rating': 'report.policy.equalRating',
}

/** What a policy does, in words; one that is not known keeps its name. */
export function policyWords(policy: string, writer: Writer): string {
  const code = Object.hasOwn(policyCodes, policy) ? policyCodes[policy] : undefined
  return code === undefined ? policy : writer.say(code)
}

/** The site limit, or that there is none. */
export function siteLimitWords(siteLimit_kW: number | null, writer: Writer): string {
  return siteLimit_kW === null ? writer.say('report.noLimit') : writer.power(siteLimit_kW)
}
