import type { Clock } from '../clock/index.ts'
import type { OcppVersion, RpcLimits } from '../ocpp/index.ts'
import type { StationEvent } from './events.ts'
import type { RateUnit } from './profiles/index.ts'
import type { World } from './world.ts'

/** An EVSE of a virtual station: charges one vehicle at a time. */
export interface EvseSetup {
  /** Connectors by id of the catalogue, e.g. `ccs2`. */
  readonly connectors: readonly string[]
  readonly rating_kW: number
  /** Names of the connectors in OCPP, where they are known: what a station of 2.x says it has. */
  readonly types?: readonly ConnectorType[]
}

/** Name of a connector in a version; null: it has none. */
export interface ConnectorType {
  readonly ocpp201: string | null
  readonly ocpp21: string | null
}

/** What a station is and how it behaves when nothing is wrong. */
export interface StationHabits {
  readonly vendor: string
  readonly model: string
  readonly firmware: string
  readonly meter_s: number
  readonly heartbeat_s: number
  /** Steps of what its meter shows. */
  readonly round_W: number
  readonly round_A: number
  readonly round_soc_frac: number
  readonly units: readonly RateUnit[]
  readonly maxStackLevel: number
  readonly maxPeriods: number
  readonly maxProfiles: number
  /** Volts between a phase, or the poles, and phases: what makes power of amperes while no meter tells better. */
  readonly voltage_V: number
  readonly phases: number
  /** Transaction messages kept while they cannot be sent. */
  readonly outboxMost: number
  /** Between two attempts to connect: at first, and at most. */
  readonly retry_s: number
  readonly longestRetry_s: number
  readonly reboot_s: number
  /** Refuses every charging profile that breaks a rule of its version. */
  readonly isStrict: boolean
  /** Who is not known may charge while there is no connection. */
  readonly letsUnknownOffline: boolean
}

export const defaultHabits: StationHabits = {
  vendor: 'anyplug',
  model: 'virtual',
  firmware: '1',
  meter_s: 10,
  heartbeat_s: 300,
  round_W: 100,
  round_A: 1,
  round_soc_frac: 0.01,
  units: ['W', 'A'],
  maxStackLevel: 10,
  maxPeriods: 24,
  maxProfiles: 40,
  voltage_V: 400,
  phases: 1,
  outboxMost: 5000,
  retry_s: 5,
  longestRetry_s: 120,
  reboot_s: 20,
  isStrict: true,
  letsUnknownOffline: true,
}

/** What goes wrong, as data: all absent, nothing does. */
export interface Faults {
  /** Part of readings that are never sent, of commands that are not obeyed and not answered, of answers that are not sent. */
  readonly lost_frac?: number
  /** Profiles: refused without a reason, taken and not obeyed, or not answered. */
  readonly profiles?: 'refuse' | 'ignore' | 'mute'
  /** The clock of the station is ahead by so much, and by so much more of every second. */
  readonly clockOff_s?: number
  readonly clockDrift_frac?: number
  /** The connection is lost so often on average, for so long. */
  readonly disconnectEvery_s?: number
  readonly disconnectFor_s?: number
  /** Power goes so often on average, for so long. */
  readonly powerLossEvery_s?: number
  readonly powerLossFor_s?: number
}

export interface StationSetup {
  readonly stationId: string
  /** Address of the management system without the id. */
  readonly url: string
  readonly password?: string
  readonly versions: readonly OcppVersion[]
  readonly evses: readonly EvseSetup[]
  readonly world: World
  readonly clock: Clock
  /** Uniform in [0, 1): spreads meters and retries, draws faults. */
  readonly chance: () => number
  readonly habits?: Partial<StationHabits>
  readonly faults?: Faults
  /** Bounds of the connection that are not the usual ones. */
  readonly limits?: Partial<RpcLimits>
  readonly listen?: (event: StationEvent) => void
}
