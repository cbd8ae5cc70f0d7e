import type { Coded } from '../../../base/words/index.ts'
import { type Catalogue, type Resolved, resolve } from '../../../hub/standards/index.ts'
import type { ComponentOf } from '../../../hub/standards/schema/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'
import type { CableQuestion } from './cable-answer.ts'

const AMBIENT_degC = { min: -60, max: 70 }
const PART_degC = { min: -60, max: 250 }
const COOLANT_degC = { min: -40, max: 90 }
const CURRENT_A = { min: 0, max: 10_000 }
const FLOW_frac = { min: 0, max: 1.5 }
const USUAL_AMBIENT_degC = 25
const MAX_CANDIDATES = 12

type Cable = ComponentOf<'cable'>

function fixFor(found: Exclude<Resolved<'components'>, { kind: 'one' }>): Coded {
  if (found.kind === 'many') {
    const ids = found.candidates.map(({ id }) => id)
    return { code: 'match.problem.suggest', params: { candidates: ids.slice(0, MAX_CANDIDATES) } }
  }
  if (found.suggestions.length === 0) return { code: 'component.fix.listCables', params: {} }
  return { code: 'match.problem.suggest', params: { candidates: found.suggestions } }
}

/** The cable somebody means by an id or by words of its name. */
export function findCable(read: OptionReader, catalogue: Catalogue): Cable | null {
  const text = read.text('id') ?? ''
  const other = catalogue.components.get(text)
  if (other && other.type !== 'cable') {
    const params = { id: text, type: other.type, wanted: 'cable' }
    read.problems.push(usageProblem({ code: 'component.problem.otherType', params }, listCables))
    return null
  }
  const cables = [...catalogue.components].filter(([, record]) => record.type === 'cable')
  const found = resolve({ ...catalogue, components: new Map(cables) }, 'components', text)
  if (found.kind === 'one' && found.record.type === 'cable') return found.record
  if (found.kind === 'one') return null
  const code = found.kind === 'many' ? 'component.problem.ambiguous' : 'component.problem.unknownCable'
  read.problems.push(usageProblem({ code, params: { text } }, fixFor(found)))
  return null
}

const listCables = { code: 'component.fix.listCables', params: {} } as const

/** What is asked, with what is wrong with it left in the reader. */
export function readQuestion(read: OptionReader): CableQuestion {
  const ambient_degC = read.number('--ambient', AMBIENT_degC) ?? USUAL_AMBIENT_degC
  const from_degC = read.number('--from', PART_degC) ?? null
  const until_degC = read.number('--until', PART_degC) ?? null
  if (until_degC !== null && until_degC <= (from_degC ?? ambient_degC)) {
    const params = { until_degC, from_degC: from_degC ?? ambient_degC }
    read.problems.push(usageProblem({ code: 'component.problem.untilBelowFrom', params }))
  }
  return {
    ambient_degC,
    from_degC,
    until_degC,
    current_A: read.number('--current', CURRENT_A) ?? null,
    flow_frac: read.number('--flow', FLOW_frac) ?? 1,
    packCoolant_degC: read.number('--pack-coolant', COOLANT_degC) ?? null,
  }
}

/** Options that mean nothing for this cable: it has no coolant, or nothing at the vehicle is cooled with the pack. */
export function checkOptions(read: OptionReader, cable: Cable, inletCooled: boolean): void {
  if (cable.cooling === 'none' && read.text('--flow') !== undefined) {
    const params = { name: '--flow', id: cable.id }
    read.problems.push(usageProblem({ code: 'component.problem.noCoolant', params }))
  }
  if (!inletCooled && read.text('--pack-coolant') !== undefined) {
    const params = { name: '--pack-coolant', id: cable.id }
    read.problems.push(usageProblem({ code: 'component.problem.inletNotCooled', params }))
  }
}
