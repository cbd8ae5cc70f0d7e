import type { CabinetGrants } from './grants.ts'
import { type HalvesMode, modulePower_kW } from './module.ts'
import type { CabinetParameters, ModuleParameters } from './parameters.ts'
import type { CabinetRequests } from './requests.ts'
import { Wiring } from './wiring.ts'

const WATTS_PER_KW = 1000

/**
 * Loss of a module that gives a power, as heat, kW: rated power x (k0 + k1 x + k2 x^2 (reference / V)^2) at load x. In series each
 * half carries the whole current at half the voltage, so V counts half. A module that sleeps loses nothing.
 */
export function moduleLoss_kW(module: ModuleParameters, mode: HalvesMode, power_kW: number, voltage_V: number): number {
  const { noLoad_frac, linear_frac, square_frac, reference_V } = module.loss
  const load = power_kW / module.power_kW
  const half_V = Math.max(voltage_V, module.minVoltage_V) / (mode === 'series' ? 2 : 1)
  const scale = reference_V === null ? 1 : (reference_V / half_V) ** 2
  return module.power_kW * (noLoad_frac + linear_frac * load + square_frac * load * load * scale)
}

/** Losses of a cabinet by stage. */
export interface CabinetLosses {
  modules_kW: number
  bus_kW: number
  fans_kW: number
  standby_kW: number
}

/**
 * Losses while a cabinet gives what was granted. Of the granules an output has, as many work as lose least together; the others
 * sleep. Where modules are of different kinds all of an output work, each in proportion to its rating.
 */
export class CabinetLossMeter {
  readonly #cabinet: CabinetParameters
  readonly #wiring: Wiring
  /** The one kind of module; undefined: there are several. */
  readonly #only: ModuleParameters | undefined
  /** The first kind with the mean power, for a rough answer where there are several. */
  readonly #mean: ModuleParameters
  atWork = 0

  constructor(cabinet: CabinetParameters) {
    this.#cabinet = cabinet
    this.#wiring = new Wiring(cabinet)
    const [first] = cabinet.modules
    const mean_kW = cabinet.modules.reduce((sum, module) => sum + module.power_kW, 0) / cabinet.modules.length
    this.#mean = { ...(first as ModuleParameters), power_kW: mean_kW }
    this.#only = cabinet.modules.every((module) => module === first) ? first : undefined
  }

  /** Modules connected to an output. */
  modulesOf(output: number, granted: CabinetGrants): number {
    let modules = 0
    for (let granule = 0; granule < granted.output.length; granule++) {
      if (granted.output[granule] === output) modules += 1 / (this.#wiring.parts[granule] as number)
    }
    return modules
  }

  /**
   * Loss of an output that takes a power from so many modules. Where modules are of different kinds, of as many of the mean kind.
   * `atWork` is then how many of them work. size: hot loop
   */
  outputLoss_kW(mode: HalvesMode, power_kW: number, voltage_V: number, modules: number): number {
    const module = this.#only ?? this.#mean
    const step = mode === 'series' ? 1 : 1 / (this.#wiring.parts[0] as number)
    const { noLoad_frac, square_frac, reference_V } = module.loss
    const half_V = Math.max(voltage_V, module.minVoltage_V) / (mode === 'series' ? 2 : 1)
    const scale = reference_V === null ? 1 : (reference_V / half_V) ** 2
    // The sum over equal modules is convex in their number: the best one is next to where its slope vanishes.
    const best = (power_kW / module.power_kW) * Math.sqrt((square_frac * scale) / noLoad_frac)
    const most = Math.max(step, modules)
    const needed = Math.ceil(power_kW / modulePower_kW(module, mode, voltage_V) / step - 1e-9) * step
    const least = Math.min(most, Math.max(step, needed))
    const lower = Math.min(most, Math.max(least, Math.floor(best / step) * step))
    const upper = Math.min(most, lower + step)
    const lower_kW = lower * moduleLoss_kW(module, mode, power_kW / lower, voltage_V)
    const upper_kW = upper === lower ? lower_kW : upper * moduleLoss_kW(module, mode, power_kW / upper, voltage_V)
    this.atWork = upper_kW < lower_kW ? upper : lower
    return Math.min(lower_kW, upper_kW)
  }

  /** Writes the losses into `into` and returns their sum, kW. `power_kW` is what outputs draw: at most what was granted. */
  measure(faced: CabinetRequests, granted: CabinetGrants, power_kW: Float64Array, into: CabinetLosses): number {
    const { busLoss_frac, fans_frac, matrix, standby_W } = this.#cabinet
    let [modules_kW, drawn_kW] = [0, 0]
    for (let output = 0; output < power_kW.length; output++) {
      const power = power_kW[output] as number
      drawn_kW += power
      if (matrix.kind === 'bus' || power <= 0) continue
      modules_kW += this.#ofOutput_kW(output, granted, power / (1 - busLoss_frac), faced.voltage_V[output] as number)
    }
    const given_kW = drawn_kW / (1 - busLoss_frac)
    into.modules_kW = matrix.kind === 'bus' ? this.#ofBus_kW(given_kW) : modules_kW
    into.bus_kW = given_kW - drawn_kW
    into.fans_kW = fans_frac * given_kW
    into.standby_kW = standby_W / WATTS_PER_KW
    return into.modules_kW + into.bus_kW + into.fans_kW + into.standby_kW
  }

  #ofOutput_kW(output: number, granted: CabinetGrants, power_kW: number, voltage_V: number): number {
    const mode = granted.inSeries[output] === 1 ? 'series' : 'parallel'
    if (this.#only === undefined) return this.#alike_kW(output, granted, power_kW, voltage_V)
    const parts = this.#wiring.parts[0] as number
    let granules = 0
    for (let granule = 0; granule < granted.output.length; granule++) {
      if (granted.output[granule] === output) granules++
    }
    const step = mode === 'series' ? 1 : 1 / parts
    return leastLoss_kW(this.#only, mode, { power_kW, voltage_V, step, most: granules / parts })
  }

  /** All granules of an output at the same load. */
  #alike_kW(output: number, granted: CabinetGrants, power_kW: number, voltage_V: number): number {
    const mode = granted.inSeries[output] === 1 ? 'series' : 'parallel'
    const rated_kW = this.#rated_kW(output, granted)
    let sum_kW = 0
    for (let granule = 0; granule < granted.output.length; granule++) {
      const module = this.#cabinet.modules[this.#wiring.moduleOf[granule] as number]
      if (granted.output[granule] !== output || module === undefined) continue
      const load_kW = (power_kW * module.power_kW) / rated_kW
      sum_kW += moduleLoss_kW(module, mode, load_kW, voltage_V) / (this.#wiring.parts[granule] as number)
    }
    return sum_kW
  }

  #rated_kW(output: number, granted: CabinetGrants): number {
    let sum_kW = 0
    for (let granule = 0; granule < granted.output.length; granule++) {
      if (granted.output[granule] !== output) continue
      const rated_kW = this.#cabinet.modules[this.#wiring.moduleOf[granule] as number]?.power_kW ?? 0
      sum_kW += rated_kW / (this.#wiring.parts[granule] as number)
    }
    return sum_kW
  }

  /** Modules that feed a bus: its voltage is their own, whatever outputs ask for. */
  #ofBus_kW(power_kW: number): number {
    const { modules } = this.#cabinet
    if (power_kW <= 0) return 0
    if (this.#only !== undefined) {
      const share = { power_kW, voltage_V: busVoltage_V(this.#only), step: 1, most: modules.length }
      return leastLoss_kW(this.#only, 'parallel', share)
    }
    let [rated_kW, loss_kW] = [0, 0]
    for (const module of modules) rated_kW += module.power_kW
    for (const module of modules) {
      loss_kW += moduleLoss_kW(module, 'parallel', (power_kW * module.power_kW) / rated_kW, busVoltage_V(module))
    }
    return loss_kW
  }
}

function busVoltage_V(module: ModuleParameters): number {
  return module.loss.reference_V ?? module.maxVoltage_V
}

interface Share {
  readonly power_kW: number
  readonly voltage_V: number
  /** Modules wake in steps of this, up to `most`. */
  readonly step: number
  readonly most: number
}

/** Loss of as many equal modules as lose least together while they can give the power; of all when none can. */
function leastLoss_kW(module: ModuleParameters, mode: HalvesMode, share: Share): number {
  const { power_kW, voltage_V, step, most } = share
  let least_kW = Number.POSITIVE_INFINITY
  for (let count = step; count <= most; count += step) {
    if (power_kW > count * modulePower_kW(module, mode, voltage_V) && count + step <= most) continue
    least_kW = Math.min(least_kW, count * moduleLoss_kW(module, mode, power_kW / count, voltage_V))
  }
  return least_kW === Number.POSITIVE_INFINITY ? 0 : least_kW
}
