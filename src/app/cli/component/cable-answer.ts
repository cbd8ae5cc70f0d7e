import {
  Cable,
  type CableParameters,
  type CablePart,
  type Continuous,
  continuous,
  coolDown_s,
  currentFor_A,
  derate,
  firstReached,
  flowShare,
  leastRamp_Apers,
  lossOfCooling,
  type Reached,
  type Surroundings,
  stateAt,
  steadyState,
} from '../../../hub/plant/cable/index.ts'
import type { Compiled } from '../../../hub/plant/parts/index.ts'
import type { ComponentOf } from '../../../hub/standards/schema/index.ts'

/** What is asked about a cable; null: not said. */
export interface CableQuestion {
  readonly ambient_degC: number
  readonly current_A: number | null
  readonly from_degC: number | null
  readonly until_degC: number | null
  readonly flow_frac: number
  readonly packCoolant_degC: number | null
}

/** Temperatures of the parts; a part the cable does not have is left out. */
export type Temperatures = Readonly<Partial<Record<CablePart | 'coolant', number>>>

/** Everything the program can say about a cable. A time that never comes is null. */
export interface CableAnswer {
  readonly id: string
  readonly name: string
  readonly cooling: ComponentOf<'cable'>['cooling']
  readonly length_m: number
  readonly area_mm2: number
  readonly ratedCurrent_A: number | null
  readonly ambient_degC: number
  readonly packCoolant_degC: number | null
  readonly flow_frac: number
  readonly current_A: number
  readonly from_degC: number
  readonly until_degC: number | null
  readonly continuous_A: number
  readonly boundBy: CablePart | null
  /** From ambient to the limits of the cable. */
  readonly boost_s: number | null
  /** From `from_degC` to `until_degC`, or to the limits of the cable. */
  readonly timeToLimit_s: number | null
  /** The part that gets there first. */
  readonly limitedBy: CablePart | null
  /** Whether the current is one the cable stands for ever: temperatures are then those it settles at, else those at the limit. */
  readonly settles: boolean
  readonly temperatures_degC: Temperatures
  readonly heat_kW: number
  /** Without current, from those temperatures until nothing is warmer than `coolDownTo_degC`. */
  readonly coolDown_s: number | null
  readonly coolDownTo_degC: number
  /** Current the cable has settled at before its cooling fails: the one asked for, or the largest without derating. */
  readonly lostAt_A: number
  readonly lostPump_s: number | null
  readonly lostPumpBound_s: number | null
  readonly lostFan_s: number | null
  /** Slowest linear ramp down that is safe when the loss is noticed after `detection_s`; null: none is. */
  readonly leastRamp_Apers: number | null
  readonly detection_s: number
  /** Share of full flow, and continuous current, while the coolant is as cold as the air; null: not known. */
  readonly coldFlow_frac: number | null
  readonly cold_A: number | null
  /** Half an hour of the current from ambient, with the cable's own steps of derating. */
  readonly derated: { readonly mean_A: number; readonly steps: number }
  readonly byAmbient: readonly { readonly ambient_degC: number; readonly current_A: number }[]
  readonly byDuration: readonly { readonly duration_s: number; readonly current_A: number }[]
  readonly confidence: Compiled<unknown>['confidence']
  readonly assumed: readonly string[]
  readonly fittedTo: string | null
  readonly sources: readonly string[]
}

/** Temperatures of a cable as time goes by. */
export interface Course {
  readonly times_s: readonly number[]
  readonly temperatures_degC: readonly Temperatures[]
}

const HALF_HOUR_s = 1800
const HOUR_s = 3600
/** A cable counts as cooled down this close to the warmer of air and pack coolant, or where it began if that is warmer. */
const COOLED_K = 5
const ambients_degC = [-20, -10, 0, 10, 20, 25, 30, 35, 40, 45, 50]
const durations_s = [60, 180, 300, 600, 900, HALF_HOUR_s, HOUR_s]
const COURSE_POINTS = 120
/** A flow switch or a pressure sensor tells within this. An estimate. */
const DETECTION_s = 0.5

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

/** Everything that can be asked about one cable. */
export class CableStudy {
  readonly #record: ComponentOf<'cable'>
  readonly #compiled: Compiled<CableParameters>
  readonly #question: CableQuestion
  readonly #cable: Cable
  readonly #around: Surroundings
  readonly #continuous: Continuous
  readonly #current_A: number
  readonly #from_degC: number

  constructor(record: ComponentOf<'cable'>, compiled: Compiled<CableParameters>, question: CableQuestion) {
    const { ambient_degC, packCoolant_degC, flow_frac, current_A, from_degC } = question
    this.#record = record
    this.#compiled = compiled
    this.#question = question
    this.#cable = new Cable(compiled.parameters)
    this.#around = { ambient_degC, packCoolant_degC, flow_frac, fanOn: true }
    this.#continuous = continuous(this.#cable, this.#around)
    this.#current_A = current_A ?? record.ratedCurrent_A ?? Math.floor(this.#continuous.current_A)
    this.#from_degC = from_degC ?? ambient_degC
  }

  answer(): CableAnswer {
    const { id, name, cooling, length_m, area_mm2, ratedCurrent_A, fittedTo } = this.#record
    const { confidence, assumed, sources } = this.#compiled
    const { ambient_degC, until_degC, flow_frac } = this.#question
    return {
      ...{
        id,
        name,
        cooling,
        length_m,
        area_mm2,
        ratedCurrent_A,
        ambient_degC,
        packCoolant_degC: this.#packCoolant_degC,
        flow_frac,
      },
      ...{ current_A: this.#current_A, from_degC: this.#from_degC, until_degC },
      continuous_A: this.#continuous.current_A,
      boundBy: this.#continuous.boundBy,
      ...this.#times(),
      ...this.#operating(),
      ...this.#losses(),
      ...this.#cold(),
      derated: this.#derated(),
      byAmbient: this.#byAmbient(),
      byDuration: this.#byDuration(),
      ...{ confidence, assumed, fittedTo, sources },
    }
  }

  /** Heating up to the limit, or for an hour, and cooling down again. */
  course(): Course {
    const state = this.#start(this.#from_degC)
    const heating_s = this.#reached(this.#from_degC).time_s
    const times_s: number[] = []
    const temperatures_degC: Temperatures[] = []
    const follow = (current_A: number, duration_s: number) => {
      const form = this.#cable.exactForm(current_A, this.#around.flow_frac, true)
      for (let point = 0; point <= COURSE_POINTS; point++) {
        times_s.push((times_s.at(-1) ?? 0) + (point === 0 ? 0 : duration_s / COURSE_POINTS))
        if (point > 0) form.step(state, 0, duration_s / COURSE_POINTS)
        temperatures_degC.push(this.#temperatures(state))
      }
    }
    follow(this.#current_A, Number.isFinite(heating_s) ? Math.max(heating_s, 1) : HOUR_s)
    const cooling_s = coolDown_s(this.#cable, state, this.#coolDownTo_degC, this.#around)
    follow(0, Math.min(Math.max(1.2 * cooling_s, times_s.at(-1) ?? 0), HOUR_s))
    return { times_s, temperatures_degC }
  }

  get #packCoolant_degC(): number | null {
    const { toPackCoolant_WperK, packCoolant_degC, line } = this.#cable.parameters.inlet
    if (toPackCoolant_WperK === 0 && !line) return null
    return this.#question.packCoolant_degC ?? packCoolant_degC ?? this.#question.ambient_degC
  }

  get #coolDownTo_degC(): number {
    const { ambient_degC } = this.#question
    const around_degC = Math.max(ambient_degC, this.#packCoolant_degC ?? ambient_degC)
    return Math.max(this.#from_degC, around_degC + COOLED_K)
  }

  #start(all_degC: number): Float64Array {
    return stateAt(this.#cable, all_degC, this.#around)
  }

  #reached(from_degC: number, until_degC: number | null = this.#question.until_degC): Reached {
    const limits =
      until_degC === null
        ? this.#cable.limits
        : this.#cable.limits.map((limit) => ({ ...limit, value_degC: until_degC }))
    const form = this.#cable.exactForm(this.#current_A, this.#around.flow_frac, true)
    return firstReached(form, limits, this.#start(from_degC))
  }

  #times(): Pick<CableAnswer, 'boost_s' | 'timeToLimit_s' | 'limitedBy'> {
    const { time_s, part } = this.#reached(this.#from_degC)
    const boost_s = this.#reached(this.#question.ambient_degC, null).time_s
    return { boost_s: finite(boost_s), timeToLimit_s: finite(time_s), limitedBy: part }
  }

  /** Where the cable settles if it stands the current; else where it is when a limit is reached. */
  #operating(): Pick<CableAnswer, 'settles' | 'temperatures_degC' | 'heat_kW' | 'coolDown_s' | 'coolDownTo_degC'> {
    const settles = this.#current_A <= this.#continuous.current_A
    const settled = settles ? steadyState(this.#cable, this.#current_A, this.#around) : null
    const state = settled ?? this.#atLimit()
    return {
      settles,
      temperatures_degC: this.#temperatures(state),
      heat_kW: this.#cable.loss_kW(this.#current_A, state, 0),
      coolDown_s: finite(coolDown_s(this.#cable, state, this.#coolDownTo_degC, this.#around)),
      coolDownTo_degC: this.#coolDownTo_degC,
    }
  }

  #atLimit(): Float64Array {
    const state = this.#start(this.#from_degC)
    const { time_s } = this.#reached(this.#from_degC, null)
    this.#cable.exactForm(this.#current_A, this.#around.flow_frac, true).step(state, 0, time_s)
    return state
  }

  #temperatures(state: Float64Array): Temperatures {
    const parts = this.#cable.limits.map(({ part, slot }) => [part, state[slot] as number] as const)
    const { coolant } = this.#cable.slots
    return { ...Object.fromEntries(parts), ...(coolant < 0 ? {} : { coolant: state[coolant] as number }) }
  }

  /** Current at which the cable settles where its derating begins: in service it is never hotter for long. */
  #inService_A(): number {
    const { parameters } = this.#cable
    const { contact_degC, conductor_degC, inlet_degC } = parameters.limits
    const { drop_degC } = parameters.derating
    const limits = {
      contact_degC: Math.min(contact_degC, drop_degC),
      conductor_degC: Math.min(conductor_degC, drop_degC),
      inlet_degC: Math.min(inlet_degC, drop_degC),
    }
    return continuous(new Cable({ ...parameters, limits }), this.#around).current_A
  }

  #losses(): Pick<
    CableAnswer,
    'lostAt_A' | 'lostPump_s' | 'lostPumpBound_s' | 'lostFan_s' | 'leastRamp_Apers' | 'detection_s'
  > {
    const lostAt_A = Math.min(this.#current_A, this.#inService_A())
    const state = steadyState(this.#cable, lostAt_A, this.#around)
    const lost = state && this.#around.flow_frac > 0 ? lossOfCooling(this.#cable, lostAt_A, state, this.#around) : null
    const found = lost ?? { pump_s: null, adiabatic_s: null, fan_s: null }
    const bound_s = found.adiabatic_s
    return {
      lostAt_A,
      lostPump_s: finite(found.pump_s),
      lostPumpBound_s: finite(bound_s),
      lostFan_s: finite(found.fan_s),
      leastRamp_Apers: bound_s === null ? null : finite(leastRamp_Apers(lostAt_A, DETECTION_s, bound_s)),
      detection_s: DETECTION_s,
    }
  }

  #cold(): Pick<CableAnswer, 'coldFlow_frac' | 'cold_A'> {
    const { cooling } = this.#cable.parameters
    if (!cooling?.loop || this.#around.flow_frac === 0) return { coldFlow_frac: null, cold_A: null }
    const flow_frac = this.#around.flow_frac * flowShare(cooling, this.#around.ambient_degC)
    return { coldFlow_frac: flow_frac, cold_A: continuous(this.#cable, { ...this.#around, flow_frac }).current_A }
  }

  #derated(): CableAnswer['derated'] {
    const { mean_A, events } = derate(this.#cable, {
      current_A: this.#current_A,
      start_degC: this.#around.ambient_degC,
      duration_s: HALF_HOUR_s,
      around: this.#around,
      watch: 'parts',
    })
    return { mean_A, steps: events.length }
  }

  #byAmbient(): CableAnswer['byAmbient'] {
    return ambients_degC.map((ambient_degC) => {
      return { ambient_degC, current_A: continuous(this.#cable, { ...this.#around, ambient_degC }).current_A }
    })
  }

  #byDuration(): CableAnswer['byDuration'] {
    const cold = this.#start(this.#around.ambient_degC)
    return durations_s.map((duration_s) => {
      return { duration_s, current_A: currentFor_A(this.#cable, duration_s, cold, this.#around) }
    })
  }
}
