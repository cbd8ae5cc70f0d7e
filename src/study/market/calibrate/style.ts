/** How what was counted goes on. */
export interface ForecastStyle {
  /** What is left of the pace of sales in the next year. */
  readonly fade_frac: number
  /** What is left of a year's growth in the next, in the trend of a series and in the drift of shares. */
  readonly damping_frac: number
  /** Weight of the model in the geometric blend with the three-point log trend, at the last point. */
  readonly model_frac: number
  /** What is left of the trend's weight a year later. */
  readonly trendFade_frac: number
}

/**
 * Equal weights are textbook practice; how they fade, and how the pace does, was chosen over rolling origins: every region
 * and the ends of 2014 to 2022 but for the eight cuts that are scored (41 origins). The damping is the usual one of damped
 * trends.
 */
export const defaultStyle: ForecastStyle = { fade_frac: 0.95, damping_frac: 0.7, model_frac: 0.5, trendFade_frac: 0.25 }
