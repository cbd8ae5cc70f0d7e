/** Watches the insulation of an output. */
export interface InsulationMonitorParameters {
  /** One-sided faults at or below this are told within `fast_s`. */
  readonly fastUpTo_ohm: number
  readonly fast_s: number
  /** Longest time to tell any other fault. */
  readonly other_s: number
  readonly sample_s: number
  readonly selfTest_s: number
  /** Highest leakage capacitance for which the times hold. */
  readonly maxLeakage_F: number
  readonly chademoLeakage_F: number
}

/** Fuse by the I2t up to melting. */
export interface FuseParameters {
  readonly melting_A2s: number
}

/** Contactor of an output. */
export interface ContactorParameters {
  readonly close_s: number
  readonly open_s: number
  /** It must not close across a higher voltage. */
  readonly makeMismatch_V: number
  /** It must not open under a greater current. */
  readonly breakCurrent_A: number
  /** Operations without load it is made for; Infinity: not told. */
  readonly cycles: number
}

/** Filter of one module. */
export interface EmiFilterParameters {
  readonly yCapacitance_F: number
  /** Share of messages lost at full power. */
  readonly messageLoss_frac: number
}
