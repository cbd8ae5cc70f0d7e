/**
 * What can hold a charge back, in the order in which equal limits are named: what stops a session first, then the
 * post from plug to cabinet, the cable, adapters, and the vehicle last. The first six (and `swap.interface`) are
 * also obstacles: as a limit they stand with 0 kW.
 */
export const limitSources = [
  'connector.fit',
  'protocol.common',
  'access.network',
  'charger.minVoltage',
  'charger.maxVoltage',
  'charger.maxCurrent',
  'charger.maxPower',
  'charger.derating',
  'cabinet.share',
  'cable.maxCurrent',
  'adapter.maxVoltage',
  'adapter.maxCurrent',
  'adapter.maxPower',
  'adapter.temperature',
  'vehicle.maxCurrent',
  'vehicle.maxPower',
  'vehicle.lowVoltage',
  'vehicle.chargeCurve',
  'swap.interface',
] as const
export type LimitSource = (typeof limitSources)[number]

const rank: ReadonlyMap<string, number> = new Map(limitSources.map((source, index) => [source, index]))

/** Place of a source in the list; sources that are not of it come last. */
export function rankOf(source: string): number {
  return rank.get(source) ?? limitSources.length
}
