import type { FleetMatch } from '../../../hub/demand/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import type { ProfileTable } from '../../../hub/plant/index.ts'
import { type Electrics, packParameters, plugElectrics, vehicleAtPlug } from '../../../hub/plant/vehicle/index.ts'
import type { PackKinds } from './pack-device.ts'

const WATTS_PER_KILOWATT = 1000
/** Voltage taken where not even the class of a pack is known: the lower class, whose currents are the larger ones. */
const UNKNOWN_V = 400

/** The largest current of a profile is looked for in steps of this. */
const CURRENT_STEP_frac = 0.02

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

  readonly #kinds: PackKinds

  constructor(plugs: ReadonlyMap<number, Plug>, kinds: PackKinds = new Map()) {
    this.#kinds = kinds
    this.#plugs = Array.from({ length: Math.max(-1, ...plugs.keys()) + 1 }, (_, profile) => plugs.get(profile))
  }

  /** Current through one cable. */
  current_A(profile: number, power_kW: number, soc_frac: number): number {
    const plug = this.#plugs[profile]
    if (!plug?.electrics) return (power_kW * WATTS_PER_KILOWATT) / UNKNOWN_V / (plug?.guns ?? 1)
    return plug.electrics.current_A(power_kW, soc_frac, plug.resistance_ohm) / plug.guns
  }

  /** Cables that charge a vehicle together. */
  guns(profile: number): number {
    return this.#plugs[profile]?.guns ?? 1
  }

  /**
   * Largest current through one cable a vehicle that comes with a profile ever draws, whatever its state of charge and however warm
   * its pack: never less than it is, by 2 % more at most.
   */
  most_A(profile: number, table: ProfileTable): number {
    const known_A = this.#most_A.get(profile)
    if (known_A !== undefined) return known_A
    let most_A = 0
    for (const followed of this.#followed(profile)) {
      for (let from_frac = 0; from_frac < 1; from_frac += CURRENT_STEP_frac) {
        const highest_kW = table.highestIn_kW(followed, from_frac, from_frac + CURRENT_STEP_frac)
        most_A = Math.max(most_A, this.current_A(profile, highest_kW, from_frac))
      }
    }
    this.#most_A.set(profile, most_A)
    return most_A
  }

  /** Profiles of a vehicle at any temperature of its pack. */
  #followed(profile: number): readonly number[] {
    return this.#kinds.get(profile)?.profiles.filter((other) => other >= 0) ?? [profile]
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
  return new PlugPhysics(plugs, kinds)
}
