/** What a station measures at an EVSE; NaN: it cannot. */
export interface Sample {
  power_kW: number
  /** Register that only ever counts up. */
  energy_kWhTotal: number
  current_A: number
  voltage_V: number
  soc_frac: number
  cable_degC: number
  /** What the station could give the vehicle now, by its limits and its devices. */
  offered_kW: number
}

export function blankSample(): Sample {
  return {
    power_kW: 0,
    energy_kWhTotal: 0,
    current_A: Number.NaN,
    voltage_V: Number.NaN,
    soc_frac: Number.NaN,
    cable_degC: Number.NaN,
    offered_kW: Number.NaN,
  }
}

/** What is behind the plugs of a station: vehicles and power. It tells the station who plugs in and leaves by `plugIn` and `unplug`. */
export interface World {
  sample(evse: number, into: Sample): void
  /** From now on the vehicle at the EVSE may draw so much. Before it says so, and without a transaction, nothing. */
  allow(evse: number, limit_kW: number): void
  /** Nothing more will flow in this session: it was refused or stopped. The driver may as well leave. */
  over(evse: number): void
}

export type TokenType = 'rfid' | 'mac' | 'emaid' | 'central'

/** Who plugs in. */
export interface Visitor {
  readonly idToken: string
  readonly tokenType: TokenType
  /** When the driver has said to leave; null: not said. */
  readonly departure_ms: number | null
}
