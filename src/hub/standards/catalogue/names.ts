import type { Kind, RecordTypes } from './kinds.ts'

const namers: { readonly [K in Kind]: (record: RecordTypes[K]) => string } = {
  connectors: ({ name }) => name,
  swapInterfaces: ({ name }) => name,
  protocols: ({ name }) => name,
  pairingRules: ({ rule }) => rule,
  adapters: ({ name }) => name,
  vehicles: ({ make, model }) => (model.startsWith(make) ? model : `${make} ${model}`),
  chargers: ({ manufacturer, product }) => `${manufacturer} ${product}`,
  swapStations: ({ operator, product }) => `${operator} ${product}`,
  curves: ({ name }) => name,
  components: ({ name }) => name,
}

/** The name people use for a record. */
export function nameOf<K extends Kind>({
  kind,
  record,
}: {
  readonly kind: K
  readonly record: RecordTypes[K]
}): string {
  return namers[kind](record)
}
