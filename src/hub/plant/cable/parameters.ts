/** What a conductor is made of; handbook constants at 20 degC. */
export interface ConductorMaterial {
  readonly resistivity_ohmm: number
  readonly temperatureCoefficient_perK: number
  readonly density_kgperm3: number
  readonly specificHeat_JperkgK: number
  /** Thermal conductivity, for heat that runs along the conductor. */
  readonly conductivity_WpermK: number
}

/** Pin and socket of one pole. */
export interface ContactParameters {
  /** Per pole at 20 degC. */
  readonly resistance_ohm: number
  readonly temperatureCoefficient_perK: number
  readonly capacity_JperK: number
  readonly toWire_WperK: number
  readonly toInlet_WperK: number
  readonly toAmbient_WperK: number
}

/** Terminal of one pole on the vehicle's side. */
export interface InletParameters {
  readonly resistance_ohm: number
  readonly temperatureCoefficient_perK: number
  readonly capacity_JperK: number
  readonly toAmbient_WperK: number
  /** Joint cooling of inlet and pack; 0 without. */
  readonly toPackCoolant_WperK: number
  /** Temperature of the pack's coolant where nothing else is known; null without joint cooling. */
  readonly packCoolant_degC: number | null
  /** What carries the current on to the pack; left out: no heat passes that way. */
  readonly line?: PackLineParameters
}

/** Conductor from the inlet to the pack; a tube carries the pack's coolant. Values are for one pole. */
export interface PackLineParameters {
  readonly material: ConductorMaterial
  readonly area_mm2: number
  /** One way. */
  readonly length_m: number
  /** 0 without coolant in it; the pack's coolant is taken to have one temperature along it. */
  readonly toPackCoolant_WperKm: number
  readonly toAmbient_WperKm: number
  readonly max_degC: number
  readonly joint: JointParameters | null
}

/** Two bars bolted together: at the pack, one for each pole. */
export interface JointParameters {
  /** Of the new joint at 20 degC; see `agedResistance_ohm`. */
  readonly resistance_ohm: number
  readonly temperatureCoefficient_perK: number
  readonly capacity_JperK: number
  readonly toAmbient_WperK: number
  readonly max_degC: number
}

/** How the resistance of a bolted joint grows. */
export interface JointAgeing {
  /** Rise in the first year at the reference temperature; it goes on with the square root of time. */
  readonly firstYear_frac: number
  readonly reference_degC: number
  /** Further kelvins that double the speed. */
  readonly doubling_K: number
}

export interface CoolantMaterial {
  readonly density_kgperm3: number
  readonly specificHeat_JperkgK: number
  /** Dynamic viscosity at 40 degC, and the exponent of its fall: mu40 exp(-b (T - 40)). */
  readonly viscosityAt40_Pas: number
  readonly viscosityFall_perK: number
}

/** Pump against hose: dp = shutOff n^2 - curve Q^2, over a round channel. Null in `CoolingParameters` where unknown. */
export interface CoolantLoop {
  readonly shutOff_Pa: number
  /** The pump's own loss, Pa per (m3/s)^2. */
  readonly pumpCurve_Pas2perm6: number
  readonly channelLength_m: number
  readonly channelDiameter_m: number
}

/** The liquid side; totals for the cable unless said. */
export interface CoolingParameters {
  readonly coolant: CoolantMaterial
  /** Resistance between conductor and coolant, per pole and metre at full flow. */
  readonly wireToCoolant_KmperW: number
  /** Per pole, at full flow. */
  readonly contactToCoolant_WperK: number
  /** Both conductances above grow with the flow to this power. */
  readonly filmFlowExponent: number
  /** Density x specific heat x volume flow at full flow. */
  readonly capacityRate_WperK: number
  readonly tank_JperK: number
  /** Coolant that stands in the cable when the flow stops, per pole and metre; it then warms with the conductor. */
  readonly stagnantCapacity_JperKm: number
  readonly radiatorFanOn_WperK: number
  readonly radiatorFanOff_WperK: number
  /** Electric power of the pump, all of which ends up in the coolant. */
  readonly pump_W: number
  /** Series: out along one pole, past the contacts, back along the other. Parallel: the contacts get fresh coolant. */
  readonly feed: 'series' | 'parallel'
  readonly loop: CoolantLoop | null
}

/** Temperatures that must not be passed. */
export interface ThermalLimits {
  readonly contact_degC: number
  readonly conductor_degC: number
  readonly inlet_degC: number
}

/** Stepped derating: one step down each time `drop_degC` is reached, one step up at `recover_degC`, off at `trip_degC`. */
export interface DeratingLadder {
  readonly drop_degC: number
  readonly recover_degC: number
  readonly trip_degC: number
  /** Size of a step as a share of the current asked for. */
  readonly step_frac: number
}

/**
 * A charging cable of two equal poles with its contacts and the vehicle's inlet. Everything is in SI units; values of
 * contact and inlet are per pole. Without `cooling` it is air-cooled.
 */
export interface CableParameters {
  readonly material: ConductorMaterial
  readonly area_mm2: number
  /** One way. */
  readonly length_m: number
  /** Length of a strand over length of the cable. */
  readonly layFactor: number
  /** Heat capacity beyond the conductor's own (insulation, sheath), per pole and metre. */
  readonly sheathCapacity_JperKm: number
  /** Per pole and metre. */
  readonly wireToAmbient_WperKm: number
  readonly contact: ContactParameters
  readonly inlet: InletParameters
  readonly cooling: CoolingParameters | null
  readonly limits: ThermalLimits
  readonly derating: DeratingLadder
  /** First-order lag of the contact's temperature sensor. */
  readonly sensorLag_s: number
  /** The same of a sensor at the hot end of the conductor; left out: there is none, and its heat goes unseen. */
  readonly conductorSensorLag_s?: number
}
