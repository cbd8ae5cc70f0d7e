import { type Levers, noLevers } from '../../../study/market/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

/** How a scenario is asked for. */
export interface Asked {
  readonly to_yr: number | undefined
  readonly draws: number
  readonly seed: number
  readonly levers: Levers
  readonly assimilate: string | undefined
}

const MAX_DRAWS = 10_000
const share = { min: 0, max: 1 }
const ruleForm = 'connector[=share]@date'
const accessForm = 'group=share'

function pair(read: OptionReader, text: string, form: string, pattern: RegExp): RegExpExecArray | null {
  const found = pattern.exec(text)
  if (!found) read.problems.push(usageProblem({ code: 'market.problem.pair', params: { text, form } }))
  return found
}

function rulesOf(read: OptionReader, kind: 'mandate' | 'ban'): Levers['rules'] {
  return read.list(`--${kind}`).flatMap((text): Levers['rules'] => {
    const [, connector, part = '1', from] =
      pair(read, text, ruleForm, /^([\w-]+)(?:=(\d*\.?\d+))?@(\d{4}(?:-\d\d){0,2})$/) ?? []
    if (connector === undefined || from === undefined) return []
    const share_frac = Math.min(1, Number(part))
    return kind === 'mandate' ? [{ kind, connector, from, share_frac }] : [{ kind, connector, from }]
  })
}

function accessOf(read: OptionReader): Levers['access'] {
  const pairs = read.list('--access').flatMap((text): [string, number][] => {
    const [, group, part] = pair(read, text, accessForm, /^([\w-]+)=(\d*\.?\d+)$/) ?? []
    return group === undefined ? [] : [[group, Math.min(1, Number(part))]]
  })
  return Object.fromEntries(pairs)
}

function dayOf(read: OptionReader, name: string): string | null {
  const text = read.text(name)
  if (text === undefined || /^\d{4}(-\d\d){0,2}$/.test(text)) return text ?? null
  read.problems.push(usageProblem({ code: 'market.problem.cut', params: { text } }))
  return null
}

/** Options of a scenario and its levers; what is wrong with them stays in the reader. */
export function readAsked(read: OptionReader): Asked {
  const to = read.integer('--to', { min: 2020, max: 2100 })
  return {
    to_yr: to === undefined ? undefined : to + 1,
    draws: read.integer('--draws', { min: 0, max: MAX_DRAWS }) ?? 0,
    seed: read.integer('--seed', { min: 0 }) ?? 1,
    assimilate: read.text('--assimilate'),
    levers: {
      ...noLevers,
      never: read.list('--never'),
      cap_frac: read.number('--native-cap', share) ?? null,
      opened: dayOf(read, '--opened'),
      salesFactor: read.number('--sales', { min: 0, max: 10 }) ?? null,
      adapterCover_frac: read.number('--adapter-cover', share) ?? null,
      threshold_frac: read.number('--threshold', { min: 0.001, max: 1 }) ?? null,
      rules: [...rulesOf(read, 'mandate'), ...rulesOf(read, 'ban')],
      access: accessOf(read),
    },
  }
}
