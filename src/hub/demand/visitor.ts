/** How a driver behaves. */
export interface Manners {
  /** How long the driver waits; Infinity: for ever. */
  readonly patience_s: number
  /** How long the vehicle stays plugged in after it is done. */
  readonly overstay_s: number
  /** Longest time plugged in; Infinity: until done. */
  readonly maxStay_s: number
  /** Drives on where more than this share of drivers does, for the line is too long. */
  readonly balksAt_frac: number
  /** How long before arriving the driver said so; 0: not at all. */
  readonly announced_s: number
  readonly driverless: boolean
}

/** What a driver who arrives brings and wants. Plain data, so that the state of a run can be stored. */
export interface Visitor extends Manners {
  /** Counted in the order of arrival; of a recording: place in its list. */
  readonly number: number
  /** Row of the fleet. */
  readonly row: number
  readonly soc_frac: number
  readonly target_frac: number
  /** EVSE the driver goes to when it is free; null: the one that gives most. */
  readonly evse: number | null
}

/** Who comes and when: drawn by chance, or as it was recorded. */
export interface Visitors {
  /** Moment of the next arrival after `after_ms`; Infinity: nobody comes any more. */
  next_ms(after_ms: number): number
  /** Who arrives at that moment. */
  next(): Visitor
  state: VisitorsState
}

/** Plain data to go on from later. */
export type VisitorsState = readonly (readonly number[])[]
