import { RandomStream } from '../../hub/demand/index.ts'
import { type Catalogue, type PlugOfPost, toIdentifier } from '../../hub/standards/index.ts'
import type { Clock } from '../../live/clock/index.ts'
import type { OcppVersion } from '../../live/ocpp/index.ts'
import {
  type EvseSetup,
  type Faults,
  type Sample,
  type StationEvent,
  type StationHabits,
  VirtualStation,
  type Visitor,
  type World,
} from '../../live/station/index.ts'
import { type SiteStations, siteStations } from './site-stations.ts'
import type { Movement, StationsGovernor } from './stations-governor.ts'
import { VirtualFaults } from './virtual-faults.ts'
import { prepareWorldRun, type WorldRun, type WorldRunInput } from './world-run.ts'

const MS_PER_SECOND = 1000
/** How often the hub is looked at for who has come and gone. */
const LOOK_ms = 1000
const OVER_LONG_SEED = 36 ** 4

export interface SiteWorldInput extends Omit<WorldRunInput, 'from_ms'> {
  readonly clock: Clock
  /** Address of the management system, without the id of a station. */
  readonly url: string
  /** Version spoken by a station; absent: all three by turns. */
  readonly versionOf?: (stationId: string) => OcppVersion
  readonly passwordOf?: (stationId: string) => string | undefined
  /** How many times as fast as the clock on the wall the clock is: what others take on the wall seems so much longer. */
  readonly speed?: number
  readonly habits?: Partial<StationHabits>
  readonly faults?: Faults
  /** Stations that are real and not to be played, nor gone to by the cars; absent: none. */
  readonly without?: readonly string[]
  readonly listen?: (event: StationEvent) => void
}

const turns: readonly OcppVersion[] = ['2.1', '2.0.1', '1.6']

function typeOf(outlet: PlugOfPost, catalogue: Catalogue) {
  const text = (value: unknown): string | null => (value === null ? null : String(value))
  return {
    ocpp201: text(toIdentifier(outlet, 'ocpp_2_0_1', catalogue).value),
    ocpp21: text(toIdentifier(outlet, 'ocpp_2_1', catalogue).value),
  }
}

/** Waiting for answers of the other side is waiting by the clock on the wall. */
export function patience(speed: number) {
  const factor = Math.max(1, speed)
  return { handshake_ms: 10_000 * factor, callTimeout_ms: 30_000 * factor, ping_ms: 60_000 * factor }
}

/**
 * The hub of a site as it lives: its cars come as they come in a simulation with the same seed, and draw what the virtual
 * stations at their plugs let them. The clock decides how fast.
 */
export class SiteWorld {
  readonly stations: readonly VirtualStation[]
  readonly places: SiteStations
  readonly run: WorldRun
  readonly failures: VirtualFaults
  readonly #input: SiteWorldInput
  readonly #from_ms: number
  readonly #governor: StationsGovernor
  readonly #placesOf: readonly (readonly number[])[]
  readonly #stationById: ReadonlyMap<string, VirtualStation>
  readonly #vehicles = new Map<string, string>()
  #visits = 0
  #cancel = (): void => {}

  constructor(input: SiteWorldInput) {
    this.#input = input
    const { clock, without = [] } = input
    const site = { ...input.site, stations: input.site.stations.filter(({ id }) => !without.includes(id)) }
    this.#from_ms = Math.floor(clock.now_ms())
    this.run = prepareWorldRun({ ...input, site, from_ms: this.#from_ms })
    this.#governor = this.run.governor
    this.places = siteStations(this.run.hub)
    this.#placesOf = this.places.units.map((_, unit) =>
      this.places.plugs.flatMap((plug, place) => (plug.unit === unit ? [place] : [])),
    )
    this.stations = this.#newStations()
    this.#stationById = new Map(this.stations.map((station) => [station.stationId, station]))
    const { hub, faults } = this.run
    const known = new Set(faults.map(({ mode, part }) => `${mode} ${part}`))
    this.failures = new VirtualFaults({
      ...{ run: this.run, places: this.places, stationById: this.#stationById },
      canFail: (place, mode) => known.has(`${mode} ${hub.connectors[place]?.connector.id}`),
    })
  }

  /** Lets a part of an EVSE begin or cease to fail; false: it cannot. */
  setFailure(stationId: string, evse: number, change: Parameters<VirtualFaults['set']>[2]): boolean {
    this.#advance()
    return this.failures.set(stationId, evse, change, this.#now_s)
  }

  /** Lets all stations connect and time run. */
  start(): void {
    for (const station of this.stations) station.start()
    this.#look()
  }

  stop(): void {
    this.#cancel()
    for (const station of this.stations) station.stop()
  }

  /** Id in the catalogue of the vehicle that came with a token; null: the token is not of this world. */
  vehicleOf(idToken: string): string | null {
    return this.#vehicles.get(idToken) ?? null
  }

  /** Power of all vehicles now. */
  power_kW(): number {
    this.#advance()
    return this.#governor.measure()
  }

  /** Highest power of all vehicles together so far: measured each second, and at each change of what one may draw. */
  get highest_kW(): number {
    return this.#governor.highest_kW
  }

  /** Energy that went through an EVSE so far, by unit. */
  register_kWh(unit: number): number {
    this.#advance()
    this.run.run.settle()
    return (this.#placesOf[unit] ?? []).reduce((sum_kWh, place) => sum_kWh + this.#governor.register_kWh(place), 0)
  }

  get #now_s(): number {
    return (this.#input.clock.now_ms() - this.#from_ms) / MS_PER_SECOND
  }

  #advance(): void {
    this.run.run.until(this.#now_s)
  }

  /** Lets happen what has happened since, and tells the stations. */
  #look(): void {
    this.#advance()
    this.#governor.measure()
    for (const movement of this.#governor.takeMovements()) this.#tell(movement)
    this.failures.tell()
    this.#cancel = this.#input.clock.after(LOOK_ms, () => this.#look())
  }

  #tell({ place, ...movement }: Movement): void {
    const plug = this.places.plugs[place]
    const station = plug ? this.#stationById.get(plug.stationId) : undefined
    if (!plug || !station) return
    if (movement.kind === 'unplugged') station.unplug(plug.evse)
    else station.plugIn(plug.evse, plug.connector, this.#visitor(movement.vehicle))
  }

  #visitor({ vehicle, leaves_s }: Extract<Movement, { kind: 'plugged' }>['vehicle']): Visitor {
    const { seed } = this.#input
    const idToken = `VIRT-${(seed % OVER_LONG_SEED).toString(36)}-${++this.#visits}`
    const departure_ms = Number.isFinite(leaves_s) ? this.#from_ms + leaves_s * MS_PER_SECOND : null
    const known = this.run.vehicleOf(vehicle)
    if (known !== null) this.#vehicles.set(idToken, known)
    return { idToken, tokenType: 'rfid', departure_ms }
  }

  #newStations(): readonly VirtualStation[] {
    const { clock, url, versionOf, passwordOf, habits, faults, listen, seed, speed = 1 } = this.#input
    const limits = patience(speed)
    return this.places.stationIds.map((stationId, at) => {
      const chance = new RandomStream(seed, `station ${stationId}`)
      const password = passwordOf?.(stationId)
      const units = this.#evsesOf(stationId)
      return new VirtualStation({
        ...{ stationId, url, clock, world: this.#worldOf(stationId), evses: units },
        versions: [versionOf?.(stationId) ?? turns[at % turns.length] ?? '2.1'],
        chance: () => chance.uniform(),
        limits,
        ...(password === undefined ? {} : { password }),
        ...(habits ? { habits } : {}),
        ...(faults ? { faults } : {}),
        ...(listen ? { listen } : {}),
      })
    })
  }

  /** EVSEs of a station with the names its plugs have in OCPP. */
  #evsesOf(stationId: string): readonly EvseSetup[] {
    const { hub } = this.run
    return this.places.units.flatMap((unit, number) => {
      if (unit.stationId !== stationId) return []
      const types = (this.#placesOf[number] ?? []).flatMap((place) => {
        const outlet = hub.connectors[place]?.connector
        return outlet ? typeOf(outlet, hub.site.catalogue) : []
      })
      return { ...unit, types }
    })
  }

  #worldOf(stationId: string): World {
    const first = this.places.units.findIndex((unit) => unit.stationId === stationId)
    // EVSEs of a station follow each other.
    const unitOf = (evse: number): number => first + evse - 1
    return {
      sample: (evse, into) => this.#sample(unitOf(evse), into),
      allow: (evse, limit_kW) => {
        this.#advance()
        for (const place of this.#placesOf[unitOf(evse)] ?? []) this.#governor.allow(place, limit_kW)
      },
      over: (evse) => {
        this.#advance()
        for (const place of this.#placesOf[unitOf(evse)] ?? []) this.#governor.sendAway(place, this.#now_s)
      },
    }
  }

  #sample(unit: number, into: Sample): void {
    this.#advance()
    into.power_kW = 0
    into.soc_frac = Number.NaN
    into.current_A = Number.NaN
    into.voltage_V = Number.NaN
    into.cable_degC = Number.NaN
    into.offered_kW = Number.NaN
    into.energy_kWhTotal = 0
    for (const place of this.#placesOf[unit] ?? []) {
      const view = this.#governor.look(place)
      into.energy_kWhTotal += this.#governor.register_kWh(place)
      if (!view) continue
      const { profile, power_kW, soc_frac, offered_kW } = view
      into.power_kW = power_kW
      into.soc_frac = soc_frac
      if (this.run.devices) into.offered_kW = offered_kW
      into.cable_degC = this.run.devices?.cable_degC(place, this.#now_s) ?? Number.NaN
      into.current_A = this.run.plugs?.current_A(profile, power_kW, soc_frac) ?? Number.NaN
      into.voltage_V = this.run.plugs?.voltage_V(profile, power_kW, soc_frac) ?? Number.NaN
    }
  }
}
