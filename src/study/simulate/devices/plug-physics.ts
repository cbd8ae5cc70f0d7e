import type { FleetMatch } from '../../../hub/demand/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import type { ProfileTable } from '../../../hub/plant/index.ts'
import { type Electrics, packParameters, plugElectrics, vehicleAtPlug } from '../../../hub/plant/vehicle/index.ts'
import type { PackKinds } from './pack-device.ts'

const WATTS_PER_KILOWATT = 1000
/** Voltage taken where not even the class of a pack is known: the lower class, whose currents are the larger ones. */
const UNKNOWN_V = 400

interface Plug {
  /** null: the voltage of the pack is not known. */
  readonly electrics: Electrics | null
  readonly resistance_ohm: number
  readonly guns: number
}

/** Current and power at the plug for every profile of a run. */
export class PlugPhysics {
  readonly #plugs: readonly (Plug | undefined)[]
  readonly #most_A = new Map<number, number>()

  constructor(plugs: ReadonlyMap<number, Plug>) {
    this.#plugs = Array.from({ length: Math.max(-1, ...plugs.keys()) + 1 }, (_, profile) => plugs.get(profile))
  }

  /** Current through one cable. */
  current_A(profile: number, power_kW: number, soc_frac: number): number {
    const plug = this.#plugs[profile]
    if (!plug?.electrics) return (power_kW * WATTS_PER_KILOWATT) / UNKNOWN_V / (plug?.guns ?? 1)
    return plug.electrics.current_A(power_kW, soc_frac, plug.resistance_ohm) / plug.guns
  }

  /** Largest current through one cable along a profile, whatever its state of charge: never less than it is. */
  most_A(profile: number, { firstPiece, from_frac, to_frac, envelope_kW, envelopeSlope }: ProfileTable): number {
    const known_A = this.#most_A.get(profile)
    if (known_A !== undefined) return known_A
    let most_A = 0
    for (let piece = firstPiece[profile] as number; piece < (firstPiece[profile + 1] as number); piece++) {
      const [from, to] = [from_frac[piece] as number, to_frac[piece] as number]
      const start_kW = envelope_kW[piece] as number
      const end_kW = start_kW + (envelopeSlope[piece] as number) * (to - from)
      most_A = Math.max(most_A, this.current_A(profile, Math.max(start_kW, end_kW), from))
    }
    this.#most_A.set(profile, most_A)
    return most_A
  }

  /** Voltage the vehicle asks its post for while it draws a power. */
  voltage_V(profile: number, power_kW: number, soc_frac: number): number {
    const plug = this.#plugs[profile]
    return plug?.electrics ? plug.electrics.voltage_V(power_kW, soc_frac, plug.resistance_ohm) : UNKNOWN_V
  }

  /** Power of the vehicle with such a current through one cable. */
  power_kW(profile: number, current_A: number, soc_frac: number): number {
    const plug = this.#plugs[profile]
    const all_A = current_A * (plug?.guns ?? 1)
    if (!plug?.electrics) return (all_A * UNKNOWN_V) / WATTS_PER_KILOWATT
    return plug.electrics.power_kW(all_A, soc_frac, plug.resistance_ohm)
  }
}

/** The plugs of a fleet at a hub, also by the profiles of packs that are not warm. Pack resistance is that of a warm pack. */
export function plugPhysics(hub: CompiledHub, fleet: readonly FleetMatch[], kinds: PackKinds): PlugPhysics {
  const plugs = new Map<number, Plug>()
  for (const { row, choices } of fleet) {
    const record = hub.site.catalogue.vehicles.get(row.vehicle)
    const pack = record ? packParameters(record) : null
    for (const { profile, answer, connector, guns } of choices) {
      const outlet = hub.connectors[connector]?.connector
      const at = pack && outlet ? vehicleAtPlug(answer, pack, outlet) : null
      const electrics = at ? plugElectrics(at.pack, at.coupling) : null
      const plug = { electrics, resistance_ohm: pack?.resistance_ohm ?? 0, guns }
      plugs.set(profile, plug)
      for (const other of kinds.get(profile)?.profiles ?? []) if (other >= 0) plugs.set(other, plug)
    }
  }
  return new PlugPhysics(plugs)
}
