import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import type { CabinetGrants, CabinetLossMeter, CabinetParameters } from '../../../hub/plant/cabinet/index.ts'
import type { Plant, StateStore } from '../../../hub/plant/index.ts'
import type { PlugPhysics } from './plug-physics.ts'

/** An output is booked when its vehicle has gained this: its voltage hardly changes meanwhile. */
const SPAN_frac = 0.15
const Total = { modules_kWh: 0, bus_kWh: 1, fans_kWh: 2, used_h: 3, count: 4 } as const

export interface CabinetBooksInput {
  readonly plant: Plant
  readonly meter: CabinetLossMeter
  readonly parameters: CabinetParameters
  readonly plugs: PlugPhysics
  readonly store: StateStore
}

/**
 * Losses of a cabinet whose outputs have modules of their own, booked by output. Of the power since the last time its mean and its
 * spread are known: the loss is that at one spread below and above the mean, which is right for any cubic in a power as often above as
 * below.
 */
export class CabinetBooks {
  readonly #input: CabinetBooksInput
  readonly #meter: CabinetLossMeter
  /** By output: what was booked last, and with which modules since. */
  readonly #since_s: Float64Array
  readonly #delivered_kWh: Float64Array
  readonly #square_kW2h: Float64Array
  readonly #soc_frac: Float64Array
  readonly #modules: Float64Array
  readonly #inSeries: Int32Array
  readonly #totals: Float64Array

  constructor(input: CabinetBooksInput) {
    const { parameters, store, plant } = input
    const outputs = parameters.outputs.length
    this.#input = input
    this.#meter = input.meter
    this.#since_s = store.f64(outputs)
    this.#delivered_kWh = store.f64(outputs)
    this.#square_kW2h = store.f64(outputs)
    this.#soc_frac = store.f64(outputs)
    this.#modules = store.f64(outputs)
    this.#inSeries = store.i32(outputs)
    this.#totals = store.f64(Total.count)
    plant.followsSquares = true
  }

  /** Energy lost by modules, bus and fans, and hours of modules at work. */
  get totals(): {
    readonly modules_kWh: number
    readonly bus_kWh: number
    readonly fans_kWh: number
    readonly used_h: number
  } {
    const [modules_kWh = 0, bus_kWh = 0, fans_kWh = 0, used_h = 0] = this.#totals
    return { modules_kWh, bus_kWh, fans_kWh, used_h }
  }

  /** A slot, settled now, begins at an output. */
  begin(output: number, slot: number, now_s: number): void {
    const { delivered_kWh, square_kW2h, soc_frac } = this.#input.plant
    this.#since_s[output] = now_s
    this.#delivered_kWh[output] = delivered_kWh[slot] as number
    this.#square_kW2h[output] = square_kW2h[slot] as number
    this.#soc_frac[output] = soc_frac[slot] as number
  }

  /** Whether an output is to be booked. */
  isDue(output: number, slot: number): boolean {
    return (this.#input.plant.soc_frac[slot] as number) - (this.#soc_frac[output] as number) > SPAN_frac
  }

  /** Whether an output has other modules now than it was last booked with. */
  hasOthers(output: number, granted: CabinetGrants): boolean {
    return (
      this.#modules[output] !== this.#meter.modulesOf(output, granted) ||
      this.#inSeries[output] !== granted.inSeries[output]
    )
  }

  /** From now on an output has these modules. */
  take(output: number, granted: CabinetGrants): void {
    this.#modules[output] = this.#meter.modulesOf(output, granted)
    this.#inSeries[output] = granted.inSeries[output] as number
  }

  /** Books what flowed at an output, whose slot is settled now. size: hot loop */
  book(output: number, slot: number, profile: number, now_s: number): void {
    const { plant, plugs, parameters } = this.#input
    const hours_h = (now_s - (this.#since_s[output] as number)) / SECONDS_PER_HOUR
    const drawn_kWh = (plant.delivered_kWh[slot] as number) - (this.#delivered_kWh[output] as number)
    if (hours_h <= 0 || drawn_kWh <= 0) {
      this.begin(output, slot, now_s)
      return
    }
    const mean_kW = drawn_kWh / hours_h
    const square_kW2 = ((plant.square_kW2h[slot] as number) - (this.#square_kW2h[output] as number)) / hours_h
    const spread_kW = Math.min(Math.sqrt(Math.max(0, square_kW2 - mean_kW * mean_kW)), mean_kW)
    const middle_frac = ((plant.soc_frac[slot] as number) + (this.#soc_frac[output] as number)) / 2
    const voltage_V = plugs.voltage_V(profile, mean_kW, middle_frac)
    const { busLoss_frac, fans_frac } = parameters
    const through = 1 / (1 - busLoss_frac)
    this.#bookModules(output, voltage_V, (mean_kW - spread_kW) * through, hours_h / 2)
    this.#bookModules(output, voltage_V, (mean_kW + spread_kW) * through, hours_h / 2)
    this.#add(Total.bus_kWh, drawn_kWh * (through - 1))
    this.#add(Total.fans_kWh, drawn_kWh * through * fans_frac)
    this.begin(output, slot, now_s)
  }

  #bookModules(output: number, voltage_V: number, power_kW: number, hours_h: number): void {
    if (power_kW <= 0) return
    const mode = this.#inSeries[output] === 1 ? 'series' : 'parallel'
    const loss_kW = this.#meter.outputLoss_kW(mode, power_kW, voltage_V, this.#modules[output] as number)
    this.#add(Total.modules_kWh, loss_kW * hours_h)
    this.#add(Total.used_h, this.#meter.atWork * hours_h)
  }

  #add(total: number, amount: number): void {
    this.#totals[total] = (this.#totals[total] as number) + amount
  }
}
