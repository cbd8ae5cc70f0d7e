import type { Catalogue } from '../catalogue/index.ts'
import type { Adapter, Charger, Connector, Outlet, Vehicle } from '../schema/index.ts'
import { fitExponent, highest_kW, scaleShape } from './curve.ts'
import type { CurvePoints } from './result.ts'

/** Which of its voltages a pack is judged by. */
export type VoltageBasis = 'pack.max_V' | 'pack.nominal_V' | 'pack.class_V' | 'pack.architecture_V'

/** A voltage with the attribute it was taken from. */
export interface Voltage {
  readonly voltage_V: number
  readonly basis: VoltageBasis
}

export interface PreparedVehicle {
  readonly record: Vehicle
  /** What the post must reach: maximum, else nominal, else class. */
  readonly window: Voltage | null
  /** What current is multiplied with: nominal, else class. */
  readonly session: Voltage | null
  readonly energy_kWh: number | null
  /** Protocols without options, older ones included. */
  readonly speaks: readonly string[]
  /** Points in kW, or a class shape already bent to a published time and still a share of the peak. */
  readonly curve: { readonly points: CurvePoints; readonly ofPeak: boolean; readonly highest_kW: number } | null
}

export interface PreparedOutlet {
  /** Position of the EVSE in the post and of the plug in the EVSE. */
  readonly evse: number
  readonly position: number
  readonly record: Outlet
  readonly connector: Connector
  readonly protocols: readonly string[]
  readonly builtIn: readonly Adapter[]
  readonly gunsPerVehicle: number
}

export interface PreparedPost {
  readonly record: Charger
  readonly outlets: readonly PreparedOutlet[]
}

/** A catalogue with everything worked out that does not depend on the question. */
export interface MatchFacts {
  readonly catalogue: Catalogue
  /** Protocol with all older ones its devices also speak; DC only. */
  readonly spoken: ReadonlyMap<string, readonly string[]>
  /** Adapters that may be thought of at all, by id. */
  readonly adapters: ReadonlyMap<string, Adapter>
  /** Adapters that alone lead from a plug into an inlet, by plug and inlet; captive ones left out. */
  readonly bridges: ReadonlyMap<string, ReadonlyMap<string, readonly Adapter[]>>
  /** Records by id, worked out when first asked for: nothing but a memory of what follows from them. */
  readonly vehicles: Map<string, PreparedVehicle>
  readonly posts: Map<string, PreparedPost>
}

function closureOf(id: string, catalogue: Catalogue, seen: Set<string> = new Set()): Set<string> {
  const protocol = catalogue.protocols.get(id)
  if (seen.has(id) || protocol?.kind !== 'dc') return seen
  seen.add(id)
  for (const older of protocol.backwardCompatibleWith) closureOf(older, catalogue, seen)
  return seen
}

/** Every protocol devices of these protocols speak, backward compatibility included, each once. */
export function spokenBy(protocols: readonly string[], spoken: MatchFacts['spoken']): readonly string[] {
  return [...new Set(protocols.flatMap((id) => spoken.get(id) ?? []))]
}

function voltageOf(pack: Vehicle['pack'], order: readonly VoltageBasis[]): Voltage | null {
  const values: Readonly<Record<VoltageBasis, number | null>> = {
    'pack.max_V': pack.max_V,
    'pack.nominal_V': pack.nominal_V,
    'pack.class_V': pack.class_V,
    'pack.architecture_V': pack.architecture_V,
  }
  for (const basis of order) {
    const voltage_V = values[basis]
    if (voltage_V !== null) return { voltage_V, basis }
  }
  return null
}

function withHighest(points: CurvePoints, ofPeak: boolean): PreparedVehicle['curve'] {
  return { points, ofPeak, highest_kW: highest_kW(points) }
}

function preparedCurve(vehicle: Vehicle, energy_kWh: number | null, catalogue: Catalogue): PreparedVehicle['curve'] {
  const curve = catalogue.curves.get(vehicle.curve.id)
  if (!curve) return null
  if (curve.kind !== 'classShape') return withHighest(curve.points, false)
  const published_min = vehicle.curve.fitTo10to80_min ?? vehicle.published10to80_min
  if (published_min === null || energy_kWh === null || vehicle.maxPower_kW === null) {
    return withHighest(curve.points, true)
  }
  const exponent = fitExponent(curve.points, vehicle.maxPower_kW, energy_kWh, published_min)
  return withHighest(scaleShape(curve.points, 1, exponent), true)
}

function prepareVehicle(
  record: Vehicle,
  { catalogue, spoken }: Pick<MatchFacts, 'catalogue' | 'spoken'>,
): PreparedVehicle {
  const energy_kWh = record.pack.usable_kWh ?? record.pack.gross_kWh
  return {
    record,
    window: voltageOf(record.pack, ['pack.max_V', 'pack.nominal_V', 'pack.class_V', 'pack.architecture_V']),
    session: voltageOf(record.pack, ['pack.nominal_V', 'pack.class_V', 'pack.architecture_V', 'pack.max_V']),
    energy_kWh,
    speaks: spokenBy(record.protocols, spoken),
    curve: preparedCurve(record, energy_kWh, catalogue),
  }
}

type Shared = Pick<MatchFacts, 'catalogue' | 'spoken' | 'adapters'>

function preparePost(record: Charger, shared: Shared): PreparedPost {
  const outlets = record.evses.flatMap(({ connectors, gunsPerVehicle }, evse) =>
    connectors.flatMap((outlet, position): PreparedOutlet[] => {
      const connector = shared.catalogue.connectors.get(outlet.connector)
      if (!connector?.dc) return []
      const listed = outlet.protocols.length > 0 ? outlet.protocols : connector.protocols
      const builtIn = outlet.adapters.flatMap((id) => shared.adapters.get(id) ?? [])
      return [
        {
          evse,
          position,
          record: outlet,
          connector,
          protocols: spokenBy(listed, shared.spoken),
          builtIn,
          gunsPerVehicle,
        },
      ]
    }),
  )
  return { record, outlets }
}

/** A record of the same id that was changed since, as a site file may do, takes the place of the earlier one. */
export function preparedVehicle(record: Vehicle, facts: MatchFacts): PreparedVehicle {
  const known = facts.vehicles.get(record.id)
  if (known?.record === record) return known
  const prepared = prepareVehicle(record, facts)
  facts.vehicles.set(record.id, prepared)
  return prepared
}

export function preparedPost(record: Charger, facts: MatchFacts): PreparedPost {
  const known = facts.posts.get(record.id)
  if (known?.record === record) return known
  const prepared = preparePost(record, facts)
  facts.posts.set(record.id, prepared)
  return prepared
}

/** Whether an adapter can pass direct current to a vehicle at all. */
export function isUsable(adapter: Adapter): boolean {
  return (
    adapter.dc && adapter.kind !== 'none' && adapter.availability !== 'impossible' && adapter.availability !== 'concept'
  )
}

function bridgesOf(catalogue: Catalogue, adapters: readonly Adapter[]): MatchFacts['bridges'] {
  const loose = adapters.filter(({ kind }) => kind !== 'captive')
  const from = ({ plugFitsInlets }: Connector) => {
    const inlets = new Map<string, Adapter[]>()
    for (const adapter of loose.filter(({ plug }) => plugFitsInlets.includes(plug))) {
      for (const inlet of catalogue.connectors.get(adapter.inlet)?.plugFitsInlets ?? []) {
        inlets.set(inlet, [...(inlets.get(inlet) ?? []), adapter])
      }
    }
    return inlets
  }
  return new Map([...catalogue.connectors].map(([id, connector]) => [id, from(connector)]))
}

/** Works out once what every match needs; hand the result to `match`. */
export function prepareMatch(catalogue: Catalogue): MatchFacts {
  const spoken = new Map([...catalogue.protocols.keys()].map((id) => [id, [...closureOf(id, catalogue)]]))
  const adapters = new Map([...catalogue.adapters].filter(([, adapter]) => isUsable(adapter)))
  const shared = { catalogue, spoken, adapters }
  return {
    ...shared,
    bridges: bridgesOf(catalogue, [...adapters.values()]),
    vehicles: new Map(),
    posts: new Map(),
  }
}
