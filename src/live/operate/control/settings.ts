/** How the living hub controls its stations. Each has a default. */
export interface ControlSettings {
  /** News that come within this time are decided upon together. */
  readonly gather_ms: number
  /** A station that connects has so long to settle before it is asked and told. */
  readonly settle_ms: number
  /** How long a station has to answer. */
  readonly answer_ms: number
  /** A standing limit that was not taken is tried again after this, then after twice that, and so on. */
  readonly retry_ms: number
  readonly longestRetry_ms: number
  /** Meters are asked for at this interval. */
  readonly meter_s: number
  /** Limits of dynamic profiles count from when they arrive: they end so much earlier, in case they arrive late. */
  readonly dynamicSlack_s: number
  /** Decisions are handed to the store this often. */
  readonly flush_ms: number
  /** A log starts anew, with all the controller remembers, after so many decisions. */
  readonly mostEntries: number
}

export const defaultControlSettings: ControlSettings = {
  gather_ms: 50,
  settle_ms: 500,
  answer_ms: 10_000,
  retry_ms: 5_000,
  longestRetry_ms: 300_000,
  meter_s: 10,
  dynamicSlack_s: 60,
  flush_ms: 1000,
  mostEntries: 50_000,
}
