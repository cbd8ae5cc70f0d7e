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

function helps(adapter: Adapter, question: Question, variant: Evaluation['variant']): boolean {
  if (adapter.kind === 'captive') return false
  const plug = question.facts.catalogue.connectors.get(adapter.inlet)
  return question.outlets.some(
    (outlet) =>
      outlet.connector.plugFitsInlets.includes(adapter.plug) &&
      variant.inlets.some(
        (inlet) =>
          plug?.plugFitsInlets.includes(inlet.connector) &&
          evaluate(question, { variant, outlet, inlet, chain: [adapter] }).obstacles.every(
            ({ code }) => !adapterMatters.has(code),
          ),
      ),
  )
}

function adapterRemedy(question: Question, { variant }: Evaluation): Coded | null {
  const helpful = [...question.facts.adapters.values()].filter((adapter) => helps(adapter, question, variant))
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
  const couplers = [...new Set(found.variant.inlets.map(({ connector }) => connector))]
  return (
    adapterRemedy(question, found) ??
    inletOption(question, found) ?? { code: 'remedy.postConnector', params: { connectors: couplers } }
  )
}

function protocolRemedy(question: Question, found: Evaluation): Coded {
  const adapter = found.chain === null ? adapterRemedy(question, found) : null
  const protocols = question.vehicle.record.protocols
  return protocolOption(question, found) ?? adapter ?? { code: 'remedy.postProtocol', params: { protocols } }
}

/** The obstacles of a way, each with what would help. */
export function withRemedies(question: Question, found: Evaluation): readonly Obstacle[] {
  return found.obstacles.map((obstacle) => {
    if (obstacle.code === 'connector.fit') return { ...obstacle, remedy: fitRemedy(question, found) }
    if (obstacle.code === 'protocol.common') return { ...obstacle, remedy: protocolRemedy(question, found) }
    return obstacle
  })
}
