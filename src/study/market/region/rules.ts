import { yearOf } from '../history/index.ts'
import type { OpenSetup } from '../model/setup.ts'
import type { RegionFile, Rule } from './schema.ts'

/** When numbers of a setup hold: its start and length, and what was known of rules then. */
export interface Span {
  readonly from_yr: number
  readonly quarters: number
  /** Rules and paths dated later were not known. */
  readonly known_yr: number
}

const middle = ({ from_yr }: Span, quarter: number): number => from_yr + (quarter + 0.5) / 4

function isOn({ from, to }: { readonly from: string; readonly to?: string | undefined }, at_yr: number): boolean {
  return at_yr >= yearOf(from) && (to === undefined || at_yr < yearOf(to))
}

type Rules = Pick<OpenSetup, 'mandate' | 'available' | 'grant'>

function apply(rule: Rule, rules: Rules, at: number, at_yr: number): void {
  switch (rule.kind) {
    case 'mandate':
      if (isOn(rule, at_yr)) rules.mandate[at] = rule.share_frac
      break
    case 'grant':
      if (isOn(rule, at_yr)) rules.grant[at] = rule.share_frac
      break
    case 'ban':
      if (isOn(rule, at_yr)) rules.available[at] = 0
      break
    case 'available':
      rules.available[at] = Math.min(1, Math.max(0, (at_yr - yearOf(rule.from)) / rule.ramp_yr))
  }
}

/** Mandates, hardware and grants by connector and quarter. */
export function rulesOf({ open, connectors }: RegionFile, span: Span): Rules {
  const size = span.quarters * connectors.length
  const rules = {
    mandate: new Float64Array(size),
    available: new Float64Array(size).fill(1),
    grant: new Float64Array(size),
  }
  const known = open.rules.filter(({ from }) => yearOf(from) <= span.known_yr)
  for (const rule of known) {
    const c = connectors.findIndex(({ id }) => id === rule.connector)
    for (let quarter = 0; quarter < span.quarters && c >= 0; quarter += 1) {
      apply(rule, rules, quarter * connectors.length + c, middle(span, quarter))
    }
  }
  return rules
}

/** Ports of programmes by quarter, and the cables they have. */
export function programmesOf(
  { open, connectors }: RegionFile,
  span: Span,
): Pick<OpenSetup, 'programme' | 'programmeCables'> {
  const width = connectors.length
  const programme = new Float64Array(span.quarters)
  const programmeCables = new Float64Array(span.quarters * width)
  const known = open.programmes.filter(({ from }) => yearOf(from) <= span.known_yr)
  for (let quarter = 0; quarter < span.quarters; quarter += 1) {
    const running = known.filter((one) => isOn(one, middle(span, quarter)))
    const ports = running.reduce((sum, { ports_perYear }) => sum + ports_perYear / 4, 0)
    programme[quarter] = ports
    connectors.forEach(({ id }, c) => {
      const cables = running.reduce((sum, one) => sum + (one.ports_perYear / 4) * (one.cables[id] ?? 0), 0)
      programmeCables[quarter * width + c] = ports > 0 ? cables / ports : 0
    })
  }
  return { programme, programmeCables }
}

/** Cover of adapters of one group by connector and quarter: 1 - e^(-t/T) of the end value. */
export function adaptersOf({ adapters, connectors }: RegionFile, group: string, span: Span): Float64Array {
  const cover = new Float64Array(span.quarters * connectors.length)
  for (const { connector, from, ramp_yr, cover_frac } of adapters.filter((one) => one.group === group)) {
    const c = connectors.findIndex(({ id }) => id === connector)
    if (c < 0 || yearOf(from) > span.known_yr) continue
    for (let quarter = 0; quarter < span.quarters; quarter += 1) {
      const since = Math.max(0, middle(span, quarter) - yearOf(from))
      const at = quarter * connectors.length + c
      cover[at] = Math.max(cover[at] ?? 0, cover_frac * (1 - Math.exp(-since / ramp_yr)))
    }
  }
  return cover
}
