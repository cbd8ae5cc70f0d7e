/** The air is held at multiples of this, so it is wrong by at most half of it; no part of a cable then is by more. */
const STEP_K = 0.5

/** Temperature of the air over a run, between moments straight; before the first and after the last it stays as there. */
export interface AirCourse {
  /** Seconds since the start of the run, rising. */
  readonly times_s: readonly number[]
  readonly temperature_degC: readonly number[]
}

/** Lowest, highest and mean temperature of the air in a run. */
export interface AirRange {
  readonly lowest_degC: number
  readonly highest_degC: number
  readonly mean_degC: number
}

/** The last place in a rising list that is not beyond a value; -1: none. */
function lastUpTo(values: readonly number[], value: number): number {
  let [low, high] = [-1, values.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((values[middle] as number) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** Temperature of a course at a moment. */
function courseAt_degC({ times_s, temperature_degC }: AirCourse, time_s: number): number {
  const at = lastUpTo(times_s, time_s)
  const left_degC = temperature_degC[Math.max(at, 0)] as number
  const right_degC = temperature_degC[at + 1]
  if (at < 0 || right_degC === undefined) return left_degC
  const [from_s, to_s] = [times_s[at] as number, times_s[at + 1] as number]
  return left_degC + ((right_degC - left_degC) * (time_s - from_s)) / (to_s - from_s)
}

/** The part of a course that lies in a run, with its ends. */
function within(course: AirCourse, duration_s: number): AirCourse {
  const inside = course.times_s.flatMap((time_s, at) => (time_s > 0 && time_s < duration_s ? [at] : []))
  return {
    times_s: [0, ...inside.map((at) => course.times_s[at] as number), duration_s],
    temperature_degC: [
      courseAt_degC(course, 0),
      ...inside.map((at) => course.temperature_degC[at] as number),
      courseAt_degC(course, duration_s),
    ],
  }
}

function rangeOf({ times_s, temperature_degC }: AirCourse): AirRange {
  let area_Ks = 0
  for (let at = 1; at < times_s.length; at++) {
    const mean_degC = ((temperature_degC[at - 1] as number) + (temperature_degC[at] as number)) / 2
    area_Ks += mean_degC * ((times_s[at] as number) - (times_s[at - 1] as number))
  }
  return {
    lowest_degC: temperature_degC.reduce((least, degC) => Math.min(least, degC)),
    highest_degC: temperature_degC.reduce((most, degC) => Math.max(most, degC)),
    mean_degC: area_Ks / (times_s.at(-1) as number),
  }
}

/**
 * The air around the devices of a run. They take it as held between moments at which it changes by half a kelvin: between two of
 * them everything around a cable, a cabinet, a pack is constant, and their steps stay exact.
 */
export class Air {
  /** Of the air as it was told, not as it is held. */
  readonly range: AirRange
  /** What devices have to stand: held values may pass told ones by half a step. */
  readonly lowest_degC: number
  readonly highest_degC: number
  readonly #from_s: readonly number[]
  readonly #held_degC: readonly number[]

  private constructor(range: AirRange, from_s: readonly number[], held_degC: readonly number[]) {
    this.range = range
    this.#from_s = from_s
    this.#held_degC = held_degC
    this.lowest_degC = held_degC.reduce((least, degC) => Math.min(least, degC))
    this.highest_degC = held_degC.reduce((most, degC) => Math.max(most, degC))
  }

  /** Air that never changes. */
  static constant(degC: number): Air {
    return new Air({ lowest_degC: degC, highest_degC: degC, mean_degC: degC }, [0], [degC])
  }

  /** Air that follows a course, from the start of a run to its end. */
  static following(course: AirCourse, duration_s: number): Air {
    const { times_s, temperature_degC } = within(course, duration_s)
    const from_s = [0]
    const held_degC = [Math.round((temperature_degC[0] as number) / STEP_K) * STEP_K]
    for (let at = 1; at < times_s.length; at++) {
      const [left_s, right_s] = [times_s[at - 1] as number, times_s[at] as number]
      const [left_degC, right_degC] = [temperature_degC[at - 1] as number, temperature_degC[at] as number]
      const way = Math.sign(right_degC - left_degC)
      for (;;) {
        const border_degC = (held_degC.at(-1) as number) + (way * STEP_K) / 2
        if (way === 0 || way * (right_degC - border_degC) <= 0) break
        from_s.push(left_s + ((right_s - left_s) * (border_degC - left_degC)) / (right_degC - left_degC))
        held_degC.push(border_degC + (way * STEP_K) / 2)
      }
    }
    return new Air(rangeOf({ times_s, temperature_degC }), from_s, held_degC)
  }

  /** What the air is held at from a moment on. */
  held_degC(time_s: number): number {
    return this.#held_degC[Math.max(0, lastUpTo(this.#from_s, time_s))] as number
  }

  /** When it changes next; Infinity: never again. */
  nextChange_s(time_s: number): number {
    return this.#from_s[lastUpTo(this.#from_s, time_s) + 1] ?? Number.POSITIVE_INFINITY
  }
}
