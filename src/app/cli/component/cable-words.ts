import { type Code, formatNumber, type Language, type Parameters, say } from '../../../base/words/index.ts'
import type { CablePart } from '../../../hub/plant/cable/index.ts'
import type { CableAnswer } from './cable-answer.ts'

const MINUTE_s = 60
const HOUR_s = 3600

/** One line of an answer: what, how much, and a word about it. */
export interface AnswerRow {
  readonly label: string
  readonly value: string
  readonly note: string
}

/** Lines that belong together; the first group has no heading. */
export interface AnswerGroup {
  readonly heading: string | null
  readonly rows: readonly AnswerRow[]
}

/** Says an answer about a cable in one language, line by line, for the screen and for a page. */
export class CableWords {
  readonly #answer: CableAnswer
  readonly #language: Language

  constructor(answer: CableAnswer, language: Language) {
    this.#answer = answer
    this.#language = language
  }

  say(code: Code, params: Parameters = {}): string {
    return say(code, params, this.#language)
  }

  number(value: number, digits = 0): string {
    return formatNumber(value, this.#language, digits)
  }

  duration(time_s: number | null): string {
    if (time_s === null) return this.say('component.cable.never')
    if (time_s < 2 * MINUTE_s) return this.say('component.unit.s', { value: this.number(time_s, time_s < 10 ? 1 : 0) })
    if (time_s < 2 * HOUR_s) return this.say('component.unit.min', { value: this.number(time_s / MINUTE_s, 1) })
    return this.say('component.unit.h', { value: this.number(time_s / HOUR_s, 1) })
  }

  current(current_A: number): string {
    return this.say('component.unit.A', { value: this.number(current_A) })
  }

  degrees(at_degC: number): string {
    return this.say('component.unit.degC', { value: this.number(at_degC, 1) })
  }

  part(part: CablePart | 'coolant'): string {
    return this.say(`component.part.${part}`)
  }

  /** What is asked, in one sentence. */
  asked(): string {
    const { ambient_degC, current_A, from_degC, until_degC, flow_frac, packCoolant_degC, cooling } = this.#answer
    const parts = [this.say('component.cable.asked', { ambient_degC, current_A, from_degC })]
    if (cooling !== 'none') parts.push(this.say('component.cable.asked.flow', { flow: this.percent(flow_frac) }))
    if (packCoolant_degC !== null) parts.push(this.say('component.cable.asked.pack', { degC: packCoolant_degC }))
    if (until_degC !== null) parts.push(this.say('component.cable.asked.until', { until_degC }))
    return this.joined(parts)
  }

  joined(parts: readonly string[]): string {
    return parts.reduce((before, part) => this.say('component.cable.and', { before, part }))
  }

  /** What the cable is: length, area, cooling, rating. */
  made(): string {
    const { length_m, area_mm2, cooling, ratedCurrent_A: current_A } = this.#answer
    const made = this.say('component.cable.made', {
      ...{ length_m, area_mm2 },
      cooling: this.say(`component.cooling.${cooling}`),
    })
    return this.joined([made, ...(current_A === null ? [] : [this.say('component.cable.rated', { current_A })])])
  }

  percent(share: number): string {
    return `${this.number(100 * share)} %`
  }

  groups(): readonly AnswerGroup[] {
    const { lostAt_A, lostPumpBound_s } = this.#answer
    const lost = this.say('component.cable.lost', { current_A: Math.floor(lostAt_A) })
    const groups: readonly AnswerGroup[] = [
      { heading: null, rows: [...this.#currents(), ...this.#times()] },
      { heading: this.say('component.cable.temperatures'), rows: this.#temperatures() },
      { heading: lost, rows: lostPumpBound_s === null ? [] : this.#losses() },
      { heading: this.say('component.cable.byDuration'), rows: this.#byDuration() },
      { heading: this.say('component.cable.byAmbient'), rows: this.#byAmbient() },
      { heading: this.say('component.cable.confidence'), rows: this.#confidence() },
    ]
    return groups.filter(({ rows }) => rows.length > 0)
  }

  #row(code: Code, value: string, note = ''): AnswerRow {
    return { label: this.say(code), value, note }
  }

  #currents(): readonly AnswerRow[] {
    const { continuous_A, boundBy, coldFlow_frac, cold_A, derated } = this.#answer
    const bound =
      boundBy === null
        ? this.say('component.cable.runsAway')
        : this.say('component.cable.boundBy', { part: this.part(boundBy) })
    const steps =
      derated.steps === 0
        ? this.say('component.cable.derated.none')
        : this.say('component.cable.derated.steps', { steps: derated.steps })
    const rows = [
      this.#row('component.cable.continuous', this.current(continuous_A), bound),
      this.#row('component.cable.derated', this.current(derated.mean_A), steps),
    ]
    if (coldFlow_frac === null || cold_A === null || coldFlow_frac >= 1) return rows
    const how = this.say('component.cable.cold.how', { share: this.percent(coldFlow_frac) })
    return [...rows, this.#row('component.cable.cold', this.current(cold_A), how)]
  }

  #times(): readonly AnswerRow[] {
    const { boost_s, timeToLimit_s, limitedBy, from_degC, ambient_degC, until_degC, current_A } = this.#answer
    const { coolDown_s, coolDownTo_degC, heat_kW, settles } = this.#answer
    const first = limitedBy === null ? '' : this.say('component.cable.firstPart', { part: this.part(limitedBy) })
    const until = until_degC === null ? this.say('component.cable.limits') : this.degrees(until_degC)
    const again = from_degC !== ambient_degC || until_degC !== null
    const boostNote = again ? this.say('component.cable.boost.at', { current_A }) : first
    const label = this.say('component.cable.timeToLimit', { from_degC, until })
    const heat = this.say('component.unit.kW', { value: this.number(heat_kW, 2) })
    const heatNote = this.say(settles ? 'component.cable.heat.settled' : 'component.cable.heat.limit')
    const coolDown = this.say('component.cable.coolDown', { to_degC: coolDownTo_degC })
    return [
      this.#row('component.cable.boost', this.duration(boost_s), boostNote),
      ...(again ? [{ label, value: this.duration(timeToLimit_s), note: first }] : []),
      this.#row('component.cable.heat', heat, heatNote),
      { label: coolDown, value: this.duration(coolDown_s), note: this.say('component.cable.noCurrent') },
    ]
  }

  #temperatures(): readonly AnswerRow[] {
    const { temperatures_degC, settles } = this.#answer
    const note = this.say(settles ? 'component.cable.temperatures.settled' : 'component.cable.temperatures.limit')
    return temperaturesOf(temperatures_degC).map(([part, at_degC], index) => {
      return { label: this.part(part), value: this.degrees(at_degC), note: index === 0 ? note : '' }
    })
  }

  #losses(): readonly AnswerRow[] {
    const { lostPump_s, lostPumpBound_s, lostFan_s, leastRamp_Apers, detection_s } = this.#answer
    const ramp =
      leastRamp_Apers === null
        ? this.say('component.cable.ramp.none')
        : this.say('component.unit.Apers', { value: this.number(Math.ceil(leastRamp_Apers)) })
    const rampNote = this.say('component.cable.ramp.how', { detection_s })
    const row = (code: Code, time_s: number | null, note: Code | null) => {
      return this.#row(code, this.duration(time_s), note === null ? '' : this.say(note))
    }
    return [
      row('component.cable.lostBound', lostPumpBound_s, 'component.cable.lostBound.how'),
      row('component.cable.lostPump', lostPump_s, 'component.cable.lostPump.how'),
      row('component.cable.lostFan', lostFan_s, null),
      this.#row('component.cable.ramp', ramp, rampNote),
    ]
  }

  #byDuration(): readonly AnswerRow[] {
    return this.#answer.byDuration.map(({ duration_s, current_A }) => {
      return { label: this.duration(duration_s), value: this.current(current_A), note: '' }
    })
  }

  #byAmbient(): readonly AnswerRow[] {
    return this.#answer.byAmbient.map(({ ambient_degC, current_A }) => {
      return { label: this.degrees(ambient_degC), value: this.current(current_A), note: '' }
    })
  }

  #confidence(): readonly AnswerRow[] {
    const { confidence, assumed, fittedTo } = this.#answer
    const rows = [this.#row('component.cable.confidence.values', this.say(`match.confidence.${confidence}`))]
    if (assumed.length > 0) rows.push(this.#row('component.cable.assumed', assumed.join(', ')))
    if (fittedTo !== null) rows.push(this.#row('component.cable.fittedTo', fittedTo))
    return rows
  }
}

/** Temperatures of the parts there are, in the order they are told. */
export function temperaturesOf(
  temperatures_degC: CableAnswer['temperatures_degC'],
): readonly (readonly [CablePart | 'coolant', number])[] {
  const order = ['conductor', 'contact', 'inlet', 'line', 'joint', 'coolant'] as const
  return order.flatMap((part) => {
    const at_degC = temperatures_degC[part]
    return at_degC === undefined ? [] : [[part, at_degC] as const]
  })
}
