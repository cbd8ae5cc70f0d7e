import type { CableParameters, ContactParameters } from '../../src/hub/plant/cable/index.ts'

const CELLS = 40
const WAY = 2 * CELLS
const POLES = [0, 1] as const

/** Currents and cooling of a piece of time. */
export interface Conditions {
  readonly current_A: number
  readonly flow_frac: number
  readonly fanOn: boolean
  readonly ambient_degC: number
}

/** What is constant over a piece of time, for one cell. */
interface Rates {
  readonly square: number
  readonly resistance_ohm: number
  readonly film_WperK: number
  readonly flow_WperK: number
  readonly air_WperK: number
  readonly along_WperK: number
}

/**
 * A cooled cable in space: 40 cells along each pole, each with its conductor and its coolant; coolant is carried from cell to cell,
 * out along one pole, past the contacts and back along the other, then mixed in the tank. Euler steps, a fifth of the shortest
 * time constant. Written from the balances alone, to compare the lumped model with. How well standing coolant touches the
 * conductor is not known: `standingFilm` is its share of the film at full flow.
 */
export class DistributedCable {
  readonly #cable: CableParameters
  readonly #cooling: NonNullable<CableParameters['cooling']>
  readonly #standingFilm: number
  /** Out along the first pole from the post, back along the second: cells in the order of the coolant. */
  readonly wire_degC = new Float64Array(WAY)
  readonly coolant_degC = new Float64Array(WAY)
  readonly contact_degC = new Float64Array(2)
  readonly inlet_degC = new Float64Array(2)
  tank_degC: number
  /** Heat made by the current and the pump, and given to air and pack, since the beginning, J. */
  made_J = 0
  given_J = 0
  readonly #wire_W = new Float64Array(WAY)
  readonly #coolant_W = new Float64Array(WAY)
  readonly #contact_W = new Float64Array(2)
  readonly #inlet_W = new Float64Array(2)

  constructor(cable: CableParameters, start_degC: number, standingFilm = 0.5) {
    if (cable.cooling === null) throw new Error('the reference is for cooled cables')
    this.#cable = cable
    this.#cooling = cable.cooling
    this.#standingFilm = standingFilm
    this.tank_degC = start_degC
    for (const part of [this.wire_degC, this.coolant_degC, this.contact_degC, this.inlet_degC]) part.fill(start_degC)
  }

  get hottestWire_degC(): number {
    return Math.max(...this.wire_degC)
  }

  get hottestContact_degC(): number {
    return Math.max(...this.contact_degC)
  }

  get hottest_degC(): number {
    return Math.max(this.hottestWire_degC, this.hottestContact_degC, ...this.inlet_degC)
  }

  stored_J(): number {
    const { wire_JperK, coolant_JperK } = this.#cell()
    return (
      sum(this.wire_degC) * wire_JperK +
      sum(this.coolant_degC) * coolant_JperK +
      sum(this.contact_degC) * this.#cable.contact.capacity_JperK +
      sum(this.inlet_degC) * this.#cable.inlet.capacity_JperK +
      this.tank_degC * this.#cooling.tank_JperK
    )
  }

  run(duration_s: number, conditions: Conditions): void {
    const steps = Math.ceil(duration_s / this.#step_s(conditions))
    const rates = this.#rates(conditions)
    for (let step = 0; step < steps; step++) this.#advance(duration_s / steps, conditions, rates)
  }

  /** Seconds until the hottest place reaches a limit; the state is then the one there. */
  until_s(limit_degC: number, horizon_s: number, conditions: Conditions): number {
    const dt_s = this.#step_s(conditions)
    const rates = this.#rates(conditions)
    for (let time_s = 0; time_s < horizon_s; time_s += dt_s) {
      if (this.hottest_degC >= limit_degC) return time_s
      this.#advance(dt_s, conditions, rates)
    }
    return Number.POSITIVE_INFINITY
  }

  #cell() {
    const { area_mm2, layFactor, material, sheathCapacity_JperKm, length_m } = this.#cable
    const cell_m = length_m / CELLS
    const copper = area_mm2 * 1e-6 * layFactor * material.density_kgperm3 * material.specificHeat_JperkgK
    return {
      cell_m,
      wire_JperK: (copper + sheathCapacity_JperKm) * cell_m,
      coolant_JperK: this.#cooling.stagnantCapacity_JperKm * cell_m,
    }
  }

  #rates({ current_A, flow_frac }: Conditions): Rates {
    const { material, layFactor, area_mm2, wireToAmbient_WperKm } = this.#cable
    const { filmFlowExponent, wireToCoolant_KmperW, capacityRate_WperK } = this.#cooling
    const { cell_m } = this.#cell()
    const film = flow_frac > 0 ? flow_frac ** filmFlowExponent : this.#standingFilm
    return {
      square: current_A ** 2,
      resistance_ohm: (material.resistivity_ohmm * layFactor * cell_m) / (area_mm2 * 1e-6),
      film_WperK: (cell_m / wireToCoolant_KmperW) * film,
      flow_WperK: capacityRate_WperK * flow_frac,
      air_WperK: wireToAmbient_WperKm * cell_m,
      along_WperK: (material.conductivity_WpermK * area_mm2 * 1e-6) / cell_m,
    }
  }

  #step_s({ flow_frac }: Conditions): number {
    const { coolant_JperK, wire_JperK, cell_m } = this.#cell()
    const film_WperK = cell_m / this.#cooling.wireToCoolant_KmperW
    const flow_WperK = this.#cooling.capacityRate_WperK * flow_frac
    return 0.2 * Math.min(coolant_JperK / (flow_WperK + film_WperK), wire_JperK / film_WperK)
  }

  #advance(dt_s: number, conditions: Conditions, rates: Rates): void {
    const { wire_JperK, coolant_JperK } = this.#cell()
    const back_degC = this.#balanceCells(dt_s, conditions, rates)
    for (const pole of POLES) this.#balanceEnd(pole, dt_s, conditions)
    const tank_W = this.#balanceTank(dt_s, conditions, rates.flow_WperK * (back_degC - this.tank_degC))
    move(this.wire_degC, this.#wire_W, dt_s / wire_JperK)
    move(this.coolant_degC, this.#coolant_W, dt_s / coolant_JperK)
    move(this.contact_degC, this.#contact_W, dt_s / this.#cable.contact.capacity_JperK)
    move(this.inlet_degC, this.#inlet_W, dt_s / this.#cable.inlet.capacity_JperK)
    this.tank_degC += (tank_W * dt_s) / this.#cooling.tank_JperK
  }

  /** Heat into each cell of conductor and coolant, and what the coolant takes from the contacts; temperature it comes back with. */
  #balanceCells(dt_s: number, { ambient_degC, flow_frac }: Conditions, rates: Rates): number {
    const { square, resistance_ohm, film_WperK, flow_WperK, air_WperK, along_WperK } = rates
    const coefficient_perK = this.#cable.material.temperatureCoefficient_perK
    let flowing_degC = this.tank_degC
    let made_W = 0
    let given_W = 0
    for (let i = 0; i < WAY; i++) {
      const wire = this.wire_degC[i] as number
      const coolant = this.coolant_degC[i] as number
      const heat_W = square * resistance_ohm * (1 + coefficient_perK * (wire - 20))
      const toAir_W = air_WperK * (wire - ambient_degC)
      const toCoolant_W = film_WperK * (wire - coolant)
      made_W += heat_W
      given_W += toAir_W
      this.#wire_W[i] = (this.#wire_W[i] as number) + heat_W - toAir_W - toCoolant_W
      this.#coolant_W[i] = toCoolant_W + flow_WperK * (flowing_degC - coolant)
      flowing_degC = coolant
      if (i === CELLS - 1) flowing_degC = this.#passContacts(coolant, flow_frac)
      // The poles meet in the contacts only.
      else if (i < WAY - 1) this.#exchange(i, along_WperK * (wire - (this.wire_degC[i + 1] as number)))
    }
    this.made_J += made_W * dt_s
    this.given_J += given_W * dt_s
    return flowing_degC
  }

  #exchange(cell: number, heat_W: number): void {
    this.#wire_W[cell] = (this.#wire_W[cell] as number) - heat_W
    this.#wire_W[cell + 1] = (this.#wire_W[cell + 1] as number) + heat_W
  }

  /** Coolant past one contact after the other takes heat along at once; its temperature behind them. */
  #passContacts(before_degC: number, flow_frac: number): number {
    if (flow_frac === 0) return before_degC
    const { filmFlowExponent, contactToCoolant_WperK, capacityRate_WperK } = this.#cooling
    const film_WperK = contactToCoolant_WperK * flow_frac ** filmFlowExponent
    let flowing_degC = before_degC
    for (const pole of POLES) {
      const heat_W = film_WperK * ((this.contact_degC[pole] as number) - flowing_degC)
      this.#contact_W[pole] = (this.#contact_W[pole] as number) - heat_W
      flowing_degC += heat_W / (capacityRate_WperK * flow_frac)
    }
    return flowing_degC
  }

  #balanceEnd(pole: 0 | 1, dt_s: number, { current_A, ambient_degC }: Conditions): void {
    const { contact, inlet } = this.#cable
    const cell = pole === 0 ? CELLS - 1 : CELLS
    const at = this.contact_degC[pole] as number
    const terminal = this.inlet_degC[pole] as number
    const contact_W = loss_W(contact, current_A, at)
    const inlet_W = loss_W(inlet, current_A, terminal)
    const toWire_W = contact.toWire_WperK * (at - (this.wire_degC[cell] as number))
    const toInlet_W = contact.toInlet_WperK * (at - terminal)
    const contactAir_W = contact.toAmbient_WperK * (at - ambient_degC)
    const inletAir_W = inlet.toAmbient_WperK * (terminal - ambient_degC)
    const pack_W = inlet.toPackCoolant_WperK * (terminal - (inlet.packCoolant_degC ?? terminal))
    this.#wire_W[cell] = (this.#wire_W[cell] as number) + toWire_W
    this.#contact_W[pole] = (this.#contact_W[pole] as number) + contact_W - toWire_W - toInlet_W - contactAir_W
    this.#inlet_W[pole] = inlet_W + toInlet_W - inletAir_W - pack_W
    this.made_J += (contact_W + inlet_W) * dt_s
    this.given_J += (contactAir_W + inletAir_W + pack_W) * dt_s
  }

  #balanceTank(dt_s: number, { fanOn, flow_frac, ambient_degC }: Conditions, brought_W: number): number {
    const { radiatorFanOn_WperK, radiatorFanOff_WperK, pump_W } = this.#cooling
    const radiator_W = (fanOn ? radiatorFanOn_WperK : radiatorFanOff_WperK) * (this.tank_degC - ambient_degC)
    const pumped_W = flow_frac > 0 ? pump_W : 0
    this.made_J += pumped_W * dt_s
    this.given_J += radiator_W * dt_s
    return brought_W + pumped_W - radiator_W
  }
}

type Joint = Pick<ContactParameters, 'resistance_ohm' | 'temperatureCoefficient_perK'>

function loss_W({ resistance_ohm, temperatureCoefficient_perK }: Joint, current_A: number, at_degC: number): number {
  return current_A ** 2 * resistance_ohm * (1 + temperatureCoefficient_perK * (at_degC - 20))
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Moves temperatures by their heat, which is then used up. */
function move(temperatures: Float64Array, heats_W: Float64Array, perHeat: number): void {
  for (let i = 0; i < temperatures.length; i++) {
    temperatures[i] = (temperatures[i] as number) + (heats_W[i] as number) * perHeat
    heats_W[i] = 0
  }
}
