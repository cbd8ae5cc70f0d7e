import type { OcppVersion, RpcPeer } from '../ocpp/index.ts'
import { ClockWatch } from './clocks.ts'
import { wireOf } from './plans.ts'
import type { StationRecord } from './ports.ts'
import type { Transaction } from './transactions/transaction.ts'
import type {
  ChargingNeeds,
  ConnectorStatus,
  ConnectorView,
  EvseReading,
  EvseView,
  StationPlan,
  StationView,
} from './views.ts'

/** What is needed of a connection to a station. */
export type Line = Pick<RpcPeer, 'version' | 'stationId' | 'isOpen' | 'call' | 'close'>

/** A connector as last told. */
export interface ConnectorState {
  standard: string | null
  status: ConnectorStatus
  since_ms: number | null
  error: string | null
}

/** An EVSE as last told. */
export interface EvseState {
  readonly evse: number
  readonly rating_kW: number | null
  readonly connectors: Map<number, ConnectorState>
  session: number
  lastSession: number
  pluggedIn_ms: number | null
  transaction: Transaction | null
  reading: EvseReading | null
  needs: ChargingNeeds | null
}

export const noReading: EvseReading = {
  at_ms: Number.NEGATIVE_INFINITY,
  power_W: null,
  energy_Wh: null,
  current_A: null,
  voltage_V: null,
  soc_frac: null,
  cable_degC: null,
  offered_W: null,
}

const newConnector = (standard: string | null): ConnectorState => {
  return { standard, status: 'unknown', since_ms: null, error: null }
}

/** A station nobody has decided upon. */
export function newStationRecord(stationId: string, state: StationRecord['state']): StationRecord {
  return {
    stationId,
    state,
    version: null,
    vendor: null,
    model: null,
    serial: null,
    firmware: null,
    booted_ms: null,
    passwordHash: null,
    capabilities: null,
  }
}

/** All that is known of one station. */
export class Station {
  record: StationRecord
  readonly plan: StationPlan | null
  line: Line | null = null
  heard_ms: number | null = null
  firmwareStatus: string | null = null
  diagnosticsStatus: string | null = null
  supply: EvseReading | null = null
  /** Asked for its boot on this connection, having sent something else first. */
  isAskedToBoot = false
  /** It has booted and will be asked what it is in a moment. */
  isToBeGreeted = false
  readonly clock = new ClockWatch()
  readonly evses = new Map<number, EvseState>()
  /** Transactions under way and those that ended lately, by their id on the wire. */
  readonly transactions = new Map<string, Transaction>()
  /** What it told of itself in reports (2.x), by component and variable. */
  readonly variables = new Map<string, string>()

  constructor(record: StationRecord, plan: StationPlan | null) {
    this.record = record
    this.plan = plan
    for (const index of plan?.evses.keys() ?? []) this.evse(index + 1)
  }

  get stationId(): string {
    return this.record.stationId
  }

  get version(): OcppVersion | null {
    return this.line?.version ?? this.record.version
  }

  /** The EVSE of a number, made when first told of. */
  evse(evse: number): EvseState {
    const known = this.evses.get(evse)
    if (known) return known
    const planned = this.plan?.evses[evse - 1]
    const connectors = new Map(
      (planned?.connectors ?? []).map((name, index) => [index + 1, newConnector(name)] as const),
    )
    const made: EvseState = {
      evse,
      rating_kW: planned?.rating_kW ?? null,
      connectors,
      session: 0,
      lastSession: 0,
      pluggedIn_ms: null,
      transaction: null,
      reading: null,
      needs: null,
    }
    this.evses.set(evse, made)
    return made
  }

  /** The connector of a number at an EVSE. */
  connector(evse: number, connector: number): ConnectorState {
    const { connectors } = this.evse(evse)
    const known = connectors.get(connector)
    if (known) return known
    const made = newConnector(null)
    connectors.set(connector, made)
    return made
  }

  view(): StationView {
    return {
      ...this.record,
      isPlanned: this.plan !== null,
      online: this.line?.isOpen ?? false,
      heard_ms: this.heard_ms,
      clockOff_ms: this.clock.off_ms,
      firmwareStatus: this.firmwareStatus,
      diagnosticsStatus: this.diagnosticsStatus,
      evses: [...this.evses.values()].sort((a, b) => a.evse - b.evse).map((evse) => this.#evseView(evse)),
      supply: this.supply,
    }
  }

  #evseView({ evse, connectors, session, pluggedIn_ms, transaction, reading, needs }: EvseState): EvseView {
    return {
      evse,
      connectors: [...connectors].map(([connector, state]) => this.#connectorView(evse, connector, state)),
      session,
      pluggedIn_ms,
      transaction: transaction?.record ?? null,
      reading,
      needs,
      vehicle: transaction?.vehicle ?? null,
    }
  }

  #connectorView(evse: number, connector: number, state: ConnectorState): ConnectorView {
    const wire = this.version === '1.6' ? wireOf(this.plan, { evse, connector }) : connector
    return { connector, wire, ...state }
  }
}
