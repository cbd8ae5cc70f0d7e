import type { Catalogue } from '../catalogue/index.ts'
import { type Signalling, signallings } from '../schema/choices.ts'
import type { Outlet } from '../schema/index.ts'

/** What no public vocabulary says of a plug and a driver must know. */
export interface Variant {
  readonly connector: string
  /** Tells GB/T 2015 from 2015+; null for connectors of one generation. */
  readonly generation: string | null
  /** Class the highest voltage of the outlet falls into; null: not known. */
  readonly voltageClass_V: number | null
  /** Buses of its DC protocols, e.g. `plc`, `can+plc`; of its AC protocols where it has no DC ones; null: none known. */
  readonly signalling: string | null
}

const voltageClasses_V = [500, 750, 1000, 1250, 1500] as const

/** Smallest voltage class that holds a voltage; a voltage above all of them is its own class. */
export function voltageClassOf(voltage_V: number | null): number | null {
  if (voltage_V === null) return null
  return voltageClasses_V.find((class_V) => voltage_V <= class_V) ?? voltage_V
}

/** Buses of a list of protocols, in one order, joined by `+`. */
export function signallingOf(protocols: readonly string[], catalogue: Catalogue): string | null {
  const known = protocols.flatMap((id) => catalogue.protocols.get(id) ?? [])
  const dc = known.filter(({ kind }) => kind === 'dc')
  const used = new Set<Signalling>((dc.length > 0 ? dc : known).map(({ signalling }) => signalling))
  return used.size === 0 ? null : signallings.filter((bus) => used.has(bus)).join('+')
}

/** The parts of an outlet a variant follows from. */
export type PlugOfPost = Pick<Outlet, 'connector' | 'maxVoltage_V' | 'protocols' | 'adapters'>

/** Variant of an outlet: generation from its connector, class from its voltage, buses from its protocols. */
export function variantOf(outlet: PlugOfPost, catalogue: Catalogue): Variant {
  const connector = catalogue.connectors.get(outlet.connector)
  const protocols = outlet.protocols.length > 0 ? outlet.protocols : (connector?.protocols ?? [])
  return {
    connector: outlet.connector,
    generation: connector?.generation ?? null,
    voltageClass_V: voltageClassOf(outlet.maxVoltage_V),
    signalling: signallingOf(protocols, catalogue),
  }
}

/** Variants of a connector that posts of the catalogue have; what the connector itself allows where none has it. */
export function variantsOf(connector: string, catalogue: Catalogue): readonly Variant[] {
  const outlets: PlugOfPost[] = [...catalogue.chargers.values()].flatMap(({ evses }) =>
    evses.flatMap(({ connectors }) => connectors.filter((outlet) => outlet.connector === connector)),
  )
  const maxVoltage_V = catalogue.connectors.get(connector)?.maxVoltage_V ?? null
  const seen = outlets.length > 0 ? outlets : [{ connector, maxVoltage_V, protocols: [], adapters: [] }]
  const variants = seen.map((outlet) => variantOf(outlet, catalogue))
  return [...new Map(variants.map((variant) => [JSON.stringify(variant), variant])).values()]
}
