import { engineVersion } from '../../base/version/index.ts'
import type { Coded } from '../../base/words/index.ts'
import type { CompiledHub } from '../../hub/plant/compile/index.ts'
import { nameOf, toIdentifier, type Vocabulary } from '../../hub/standards/index.ts'
import type { Clock } from '../../live/clock/index.ts'
import type { LimitAnswer } from '../../live/operate/control/index.ts'
import type { EvseView, Operation, StationView } from '../../live/operate/index.ts'
import { suddenModes } from '../../study/simulate/faults/index.ts'
import type {
  ConnectorName,
  ConnectorNames,
  EvseMode,
  EvseNow,
  FaultNow,
  HubFace,
  HubNow,
  SiteNow,
  Why,
} from '../api/index.ts'
import { type HubNodes, hubNodes } from './hub-nodes.ts'
import { type SiteStations, siteStations, type UnitPlace } from './site-stations.ts'
import type { SiteWorld } from './site-world.ts'

const WATTS_PER_KILOWATT = 1000
/** Less than this is no charging. */
const NOTHING_kW = 0.1
/** The post holds a vehicle back where it offers less than that much of the tightest limit above it. */
const OFFERED_frac = 0.99
/** Where most drivers leave. */
const USUAL_TARGET_frac = 0.8
const MINUTES_PER_HOUR = 60

interface EvseLimit {
  readonly limit_kW: number
  /** What the station has said it keeps to; null: nothing yet. */
  readonly confirmed_kW: number | null
  readonly because: Coded | null
}

/** What the site controller tells of an EVSE. */
export interface ControlFace {
  readonly siteLimit_kW: number
  /** null: nothing is known of it. */
  limitOf(stationId: string, evse: number): EvseLimit | null
  explain(stationId: string, evse: number): readonly Why[] | null
  setSiteLimit(limit_kW: number, from_ms: number | null): LimitAnswer
  stop(): void
}

export interface HubFaceInput {
  readonly hub: CompiledHub
  /** Text of the site file. */
  readonly text: string
  readonly isChanged: () => boolean
  readonly operation: Operation
  readonly control: ControlFace
  readonly clock: Clock
  readonly speed: number
  readonly isVirtual: boolean
  /** The world of the virtual stations, once there is one. */
  readonly world: () => SiteWorld | null
  /** Vehicles in the queue; null: nobody counts them. */
  readonly waiting: () => number | null
}

function modeOf(station: StationView, { connectors, transaction, session, reading }: EvseView): EvseMode {
  const has = (status: string) => connectors.some((connector) => connector.status === status)
  if (!station.online) return 'offline'
  if (has('faulted')) return 'faulted'
  if (transaction && (reading?.power_W ?? 0) > NOTHING_kW * WATTS_PER_KILOWATT) return 'charging'
  if (transaction || session > 0) return 'occupied'
  if (has('reserved')) return 'reserved'
  if (connectors.every(({ status }) => status === 'unavailable')) return 'unavailable'
  return connectors.every(({ status }) => status === 'unknown') ? 'unknown' : 'free'
}

/** The hub as the API tells of it. */
export class LiveHub implements HubFace {
  readonly #input: HubFaceInput
  readonly #stations: SiteStations
  readonly #nodes: HubNodes
  readonly #ids: readonly string[]

  constructor(input: HubFaceInput) {
    this.#input = input
    this.#stations = siteStations(input.hub)
    this.#nodes = hubNodes(input.hub)
    this.#ids = this.#stations.units.map((_, unit) => this.#idOf(unit))
  }

  site(): SiteNow {
    const { hub, text, isChanged, control, clock, speed, isVirtual } = this.#input
    const { name, timezone, policy, grid } = hub.site
    return {
      ...{ name, timezone, policy, text, isChanged: isChanged(), import_kW: grid.import_kW },
      ...{ limit_kW: control.siteLimit_kW, now_ms: clock.now_ms(), speed, isVirtual, engineVersion },
    }
  }

  now(): HubNow {
    const { keys, above } = this.#nodes
    const sums_kW = keys.map(() => 0)
    const evses = this.#stations.units.map((place, unit): EvseNow => {
      const now = this.#evse(place, this.#ids[unit] ?? '')
      for (const key of above[unit] ?? []) sums_kW[key] = (sums_kW[key] ?? 0) + (now.power_kW ?? 0)
      return now
    })
    return {
      at_ms: this.#input.clock.now_ms(),
      power_kW: Object.fromEntries(keys.map((key, at) => [key, sums_kW[at] ?? 0])),
      limit_kW: { grid: this.#input.control.siteLimit_kW },
      ...{ evses, waiting: this.#input.waiting() },
    }
  }

  /** Limits above an EVSE, and what its post offers below them. */
  connectors(): readonly ConnectorNames[] {
    const { connectors, site } = this.#input.hub
    return connectors.flatMap(({ connector: outlet }, place): ConnectorNames[] => {
      const plug = this.#stations.plugs[place]
      if (!plug) return []
      const { stationId, evse, connector } = plug
      const named = (vocabulary: Vocabulary): ConnectorName => {
        const { value, warnings } = toIdentifier(outlet, vocabulary, site.catalogue)
        return { value: value === null ? null : String(value), warnings }
      }
      const names = {
        ...{ ocpp_2_0_1: named('ocpp_2_0_1'), ocpp_2_1: named('ocpp_2_1') },
        ...{ ocpi_2_2_1: named('ocpi_2_2_1'), ocpi_2_3_0: named('ocpi_2_3_0') },
      }
      return [{ stationId, evse, connector, id: outlet.id, standard: outlet.connector, names }]
    })
  }

  why(stationId: string, evse: number): readonly Why[] | null {
    const limits = this.#input.control.explain(stationId, evse)
    const confirmed_kW = this.#input.control.limitOf(stationId, evse)?.confirmed_kW ?? Number.POSITIVE_INFINITY
    const post = this.#postLimit(stationId, evse, Math.min(limits?.[0]?.power_kW ?? 0, confirmed_kW))
    return limits && post ? [post, ...limits] : limits
  }

  faults(stationId: string, evse: number): readonly FaultNow[] {
    return this.#input.world()?.failures.at(stationId, evse) ?? []
  }

  setFault(stationId: string, evse: number, mode: string, isActive: boolean): boolean {
    const known = suddenModes.find((name) => name === mode)
    return known !== undefined && this.#input.world()?.setFailure(stationId, evse, { mode: known, isActive }) === true
  }

  async setLimit(limit_kW: number, from_ms: number | null): Promise<LimitAnswer> {
    return this.#input.control.setSiteLimit(limit_kW, from_ms)
  }

  #idOf(unit: number): string {
    const places = this.#stations.plugs.flatMap((plug, place) => (plug.unit === unit ? [place] : []))
    const first = this.#input.hub.connectors[places[0] ?? -1]
    return (first?.evse.live === 1 ? first.evse.id : first?.connector.id) ?? ''
  }

  #evse({ stationId, evse }: UnitPlace, id: string): EvseNow {
    const station = this.#input.operation.station(stationId)
    const view = station?.evses.find((one) => one.evse === evse)
    const limit = this.#input.control.limitOf(stationId, evse)
    const where = { stationId, evse, id, limit_kW: limit?.limit_kW ?? null }
    if (!station || !view) {
      const nothing = { power_kW: null, soc_frac: null, vehicle: null, minutesLeft: null, cable_degC: null }
      return { ...where, ...nothing, mode: 'offline', transaction: null, because: null, trouble: null }
    }
    const power_kW = station.online ? powerOf_kW(view) : null
    const mode = modeOf(station, view)
    return {
      ...{ ...where, mode, power_kW, soc_frac: view.session > 0 ? (view.reading?.soc_frac ?? null) : null },
      vehicle: this.#nameOf(view.vehicle),
      minutesLeft: this.#minutesLeft(view, power_kW),
      cable_degC: view.reading?.cable_degC ?? null,
      transaction: view.transaction?.id ?? null,
      because: mode === 'charging' ? (limit?.because ?? null) : null,
      trouble: this.#troubleAt(stationId, view),
    }
  }

  /** What the post offers, where that is less than every limit it has been given. */
  #postLimit(stationId: string, evse: number, others_kW: number): Why | null {
    const view = this.#input.operation.station(stationId)?.evses.find((one) => one.evse === evse)
    const offered_W = view?.transaction ? (view.reading?.offered_W ?? null) : null
    if (!view || offered_W === null || offered_W > OFFERED_frac * others_kW * WATTS_PER_KILOWATT) return null
    const power_kW = offered_W / WATTS_PER_KILOWATT
    const because = this.#troubleAt(stationId, view)
    if (because !== null) return { power_kW, reason: { code: 'api.why.postTrouble', params: { because } } }
    const cable_degC = view.reading?.cable_degC ?? null
    if (cable_degC === null) return { power_kW, reason: { code: 'api.why.post', params: {} } }
    return { power_kW, reason: { code: 'api.why.postCable', params: { cable_degC } } }
  }

  /** Stations of 1.6 tell troubles with a status, those of 2.x as events, which stand as alarms. */
  #troubleAt(stationId: string, { evse, connectors }: EvseView): string | null {
    const told = connectors.find(({ error }) => error !== null)?.error ?? null
    if (told !== null) return told
    const alarm = this.#input.operation
      .alarms()
      .find((one) => one.code === 'alarm.variable' && one.stationId === stationId && one.evse === evse)
    return alarm ? String(alarm.params['info'] || alarm.params['variable']) : null
  }

  #nameOf(vehicle: string | null): string | null {
    const record = vehicle === null ? undefined : this.#input.hub.site.catalogue.vehicles.get(vehicle)
    return record ? nameOf({ kind: 'vehicles', record }) : vehicle
  }

  /** To the state of charge at which most leave, at the power of now; null: not enough is known. */
  #minutesLeft({ vehicle, reading }: EvseView, power_kW: number | null): number | null {
    const usable_kWh = vehicle === null ? null : this.#input.hub.site.catalogue.vehicles.get(vehicle)?.pack.usable_kWh
    const soc_frac = reading?.soc_frac ?? null
    if (!usable_kWh || soc_frac === null || power_kW === null || power_kW <= NOTHING_kW) return null
    if (soc_frac >= USUAL_TARGET_frac) return null
    return (((USUAL_TARGET_frac - soc_frac) * usable_kWh) / power_kW) * MINUTES_PER_HOUR
  }
}

/** What flows now: nothing once the transaction is over. */
function powerOf_kW({ transaction, reading }: EvseView): number {
  return transaction ? (reading?.power_W ?? 0) / WATTS_PER_KILOWATT : 0
}
