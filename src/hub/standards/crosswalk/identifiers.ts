import type { Coded } from '../../../base/words/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Connector } from '../schema/index.ts'
import { type PlugOfPost, signallingOf, type Variant, variantOf, variantsOf, voltageClassOf } from './variant.ts'
import {
  alsoRead,
  captiveValues,
  customValues,
  type Identifier,
  substitutes,
  type Vocabulary,
  vocabularies,
} from './vocabularies.ts'

/** The value of an outlet in a vocabulary, null where it has none, and what the value does not say. */
export interface Written {
  readonly value: Identifier | null
  readonly warnings: readonly Coded[]
}

/** A connector a value may mean, with the variants posts have it in. */
export interface Candidate {
  readonly connector: Connector
  readonly variants: readonly Variant[]
  /** Inlet an adapter fixed to the plug serves, where the value says so (Magic Dock, Omni Port). */
  readonly captiveInlet: string | null
}

/** Connectors a value may mean, and why it is not certain. */
export interface Read {
  readonly connectors: readonly Candidate[]
  readonly warnings: readonly Coded[]
}

interface Chosen {
  readonly value: Identifier
  readonly warning: Coded | null
}

function same(a: Identifier | null | undefined, b: Identifier): boolean {
  return a !== null && a !== undefined && String(a).toLowerCase() === String(b).toLowerCase()
}

function captiveInlets(outlet: PlugOfPost, catalogue: Catalogue): readonly string[] {
  return outlet.adapters.flatMap((id) => {
    const adapter = catalogue.adapters.get(id)
    return adapter && adapter.plug === outlet.connector ? [adapter.inlet] : []
  })
}

/** The value the connector has, a custom string, or that of a relative. */
function plainValue({ id, identifiers }: Connector, vocabulary: Vocabulary): Chosen | null {
  const params = { connector: id, vocabulary: vocabularies[vocabulary] }
  const own = identifiers[vocabulary]
  if (own !== null) return { value: own, warning: null }
  const custom = customValues[vocabulary]?.[id]
  if (custom !== undefined) {
    return { value: custom, warning: { code: 'crosswalk.custom', params: { ...params, value: String(custom) } } }
  }
  const relative = substitutes[vocabulary]?.[id]
  if (relative === undefined) return null
  return { value: relative, warning: { code: 'crosswalk.substitute', params: { ...params, value: String(relative) } } }
}

function choose(outlet: PlugOfPost, connector: Connector, vocabulary: Vocabulary, catalogue: Catalogue): Chosen | null {
  const inlets = captiveInlets(outlet, catalogue)
  const captive = captiveValues[vocabulary]?.find(({ plug, inlet }) => plug === connector.id && inlets.includes(inlet))
  if (captive) return { value: captive.value, warning: null }
  return plainValue(connector, vocabulary)
}

function lostWords(
  outlet: PlugOfPost,
  connector: Connector,
  value: Identifier,
  catalogue: Catalogue,
): readonly Coded[] {
  const variant = variantOf(outlet, catalogue)
  const full_V = voltageClassOf(connector.maxVoltage_V)
  const lost: Coded[] = []
  if (variant.voltageClass_V !== null && full_V !== null && variant.voltageClass_V < full_V) {
    lost.push({ code: 'crosswalk.voltageLost', params: { value, voltage: variant.voltageClass_V, full: full_V } })
  }
  if (signallingOf(connector.protocols, catalogue)?.includes('+')) {
    lost.push({ code: 'crosswalk.signallingLost', params: { value, signalling: variant.signalling } })
  }
  const inlets = captiveInlets(outlet, catalogue)
  if (inlets.length > 0 && !isCaptive(value)) {
    lost.push({ code: 'crosswalk.captiveLost', params: { value, inlets } })
  }
  return lost
}

function isCaptive(value: Identifier): boolean {
  return Object.values(captiveValues).some((list) => list.some((captive) => same(captive.value, value)))
}

/** Value of an outlet in a vocabulary; the warnings say what a reader of the value cannot know. */
export function toIdentifier(outlet: PlugOfPost, vocabulary: Vocabulary, catalogue: Catalogue): Written {
  const connector = catalogue.connectors.get(outlet.connector)
  const chosen = connector ? choose(outlet, connector, vocabulary, catalogue) : null
  if (!connector || !chosen) {
    const params = { connector: outlet.connector, vocabulary: vocabularies[vocabulary] }
    return { value: null, warnings: [{ code: 'crosswalk.noValue', params }] }
  }
  const { value, warning } = chosen
  const others = meaning(value, vocabulary, catalogue).filter(({ id }) => id !== connector.id)
  const shared: readonly Coded[] =
    others.length === 0
      ? []
      : [{ code: 'crosswalk.shared', params: { value: String(value), others: others.map(({ id }) => id) } }]
  return {
    value,
    warnings: [...(warning ? [warning] : []), ...shared, ...lostWords(outlet, connector, value, catalogue)],
  }
}

/** Connectors a value may mean, in the order of the catalogue. */
function meaning(value: Identifier, vocabulary: Vocabulary, catalogue: Catalogue): readonly Connector[] {
  const also = Object.entries(alsoRead[vocabulary] ?? {}).flatMap(([other, ids]) => (same(other, value) ? ids : []))
  const captive = captiveValues[vocabulary]?.filter((entry) => same(entry.value, value)).map(({ plug }) => plug) ?? []
  return [...catalogue.connectors.values()].filter((connector) => {
    if (also.includes(connector.id) || captive.includes(connector.id)) return true
    return same(plainValue(connector, vocabulary)?.value, value)
  })
}

/** Connectors a value of a vocabulary may mean, with the variants posts have them in. */
export function fromIdentifier(vocabulary: Vocabulary, value: Identifier, catalogue: Catalogue): Read {
  const found = meaning(value, vocabulary, catalogue)
  const captiveInlet = captiveValues[vocabulary]?.find((entry) => same(entry.value, value))?.inlet ?? null
  const connectors = found.map((connector) => {
    return { connector, variants: variantsOf(connector.id, catalogue), captiveInlet }
  })
  const params = { value: String(value), vocabulary: vocabularies[vocabulary] }
  if (found.length === 0) return { connectors, warnings: [{ code: 'crosswalk.unknownValue', params }] }
  const warnings: Coded[] = []
  if (found.length > 1) {
    warnings.push({ code: 'crosswalk.ambiguous', params: { ...params, connectors: found.map(({ id }) => id) } })
  }
  if (connectors.some(({ variants }) => variants.length > 1)) {
    warnings.push({ code: 'crosswalk.variantUnknown', params })
  }
  return { connectors, warnings }
}
