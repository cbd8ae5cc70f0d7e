import type { Code, Coded } from '../../../base/words/index.ts'
import type { Adapter, Inlet } from '../schema/index.ts'
import { type Evaluation, evaluate } from './evaluate.ts'
import { spokenBy } from './facts.ts'
import type { Question } from './question.ts'
import type { Obstacle } from './result.ts'
import type { LimitSource } from './sources.ts'

/** Remedy of an adapter by how it can be had, best first; warned ones are not recommended. */
const adapterRemedies: readonly (readonly [Adapter['availability'], Code])[] = [
  ['available', 'remedy.adapter'],
  ['greyMarket', 'remedy.adapter.greyMarket'],
  ['pilot', 'remedy.adapter.pilot'],
  ['discontinued', 'remedy.adapter.discontinued'],
]

/** What an adapter must not leave in the way to be worth carrying. */
const adapterMatters: ReadonlySet<LimitSource> = new Set(['connector.fit', 'protocol.common', 'adapter.maxVoltage'])

/** Adapters each of which alone would lead to a session, as far as plug, protocol and its own voltage go. */
function helpfulAdapters(question: Question, variant: Evaluation['variant']): ReadonlySet<Adapter> {
  const helpful = new Set<Adapter>()
  for (const outlet of question.outlets) {
    for (const inlet of variant.inlets) {
      for (const adapter of question.facts.bridges.get(outlet.connector.id)?.get(inlet.connector) ?? []) {
        const { obstacles } = evaluate(question, { variant, outlet, inlet, chain: [adapter] })
        if (obstacles.every(({ code }) => !adapterMatters.has(code))) helpful.add(adapter)
      }
    }
  }
  return helpful
}

function adapterRemedy(question: Question, { variant }: Evaluation): Coded | null {
  const helpful = [...helpfulAdapters(question, variant)]
  for (const [availability, code] of adapterRemedies) {
    const adapters = helpful.filter((adapter) => adapter.availability === availability).map(({ id }) => id)
    if (adapters.length > 0) return { code, params: { adapters } }
  }
  return null
}

function enters(question: Question, inlet: Inlet): boolean {
  return question.outlets.some(({ connector }) => inlet.dc && connector.plugFitsInlets.includes(inlet.connector))
}

function inletOption(question: Question, { variant }: Evaluation): Coded | null {
  const inlet = question.vehicle.record.inlets.find(
    (found) => found.option !== null && !variant.options.has(found.option) && enters(question, found),
  )
  return inlet ? { code: 'remedy.option', params: { option: inlet.option } } : null
}

function protocolOption(question: Question, { outlet }: Evaluation): Coded | null {
  const found = Object.entries(question.vehicle.record.options).find(([, { addsProtocols }]) =>
    spokenBy(addsProtocols, question.facts.spoken).some((id) => outlet.protocols.includes(id)),
  )
  return found ? { code: 'remedy.option', params: { option: found[0] } } : null
}

function fitRemedy(question: Question, found: Evaluation): Coded {
  const connectors = [...new Set(found.variant.inlets.map(({ connector }) => connector))]
  return inletOption(question, found) ?? { code: 'remedy.postConnector', params: { connectors } }
}

function protocolRemedy(question: Question, found: Evaluation): Coded {
  const protocols = question.vehicle.record.protocols
  return protocolOption(question, found) ?? { code: 'remedy.postProtocol', params: { protocols } }
}

/** The obstacles of a way, each with what would help. */
export function withRemedies(question: Question, found: Evaluation): readonly Obstacle[] {
  const adapter = found.chain === null ? adapterRemedy(question, found) : null
  return found.obstacles.map((obstacle) => {
    const { code } = obstacle
    if (code === 'connector.fit') return { ...obstacle, remedy: adapter ?? fitRemedy(question, found) }
    if (code === 'protocol.common') return { ...obstacle, remedy: adapter ?? protocolRemedy(question, found) }
    return obstacle
  })
}
