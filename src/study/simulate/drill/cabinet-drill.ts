import {
  CabinetAllocator,
  type CabinetParameters,
  createGrants,
  createRequests,
} from '../../../hub/plant/cabinet/index.ts'
import { watch } from '../../../hub/plant/device/index.ts'

const loads = [1, 0.6] as const
/** Voltages of the two classes of packs. */
const voltages_V = [400, 800] as const
/** Looks at a cabinet, one move and hold after the other, until it has settled. */
const LOOKS = 50
const SAME_kW = 1e-6

/** Modules lost by a cabinet at work. */
export interface CabinetDrill {
  readonly modules: number
  readonly voltage_V: number
  readonly load_frac: number
  /** All outputs together: before, right after the loss was told, and once modules have moved. */
  readonly before_kW: number
  readonly atOnce_kW: number
  readonly after_kW: number
  /** What is left of the modules, or of what is asked for. */
  readonly could_kW: number
  readonly detected_s: number
  /** From the loss until modules have moved. */
  readonly settled_s: number
  /** Power beyond what is left of the modules. */
  readonly isOver: boolean
}

class CabinetBench {
  readonly #isBus: boolean
  readonly #allocator: CabinetAllocator
  readonly #state: Float64Array
  readonly #faced: ReturnType<typeof createRequests>
  readonly #granted: ReturnType<typeof createGrants>

  constructor(cabinet: CabinetParameters, ambient_degC: number) {
    this.#isBus = cabinet.matrix.kind === 'bus'
    this.#allocator = new CabinetAllocator(cabinet)
    this.#state = new Float64Array(this.#allocator.stateLength)
    this.#faced = createRequests(cabinet)
    this.#faced.ambient_degC = ambient_degC
    this.#granted = createGrants(cabinet)
    this.#allocator.start(this.#state, 0)
  }

  ask(each_kW: number, voltage_V: number): void {
    this.#faced.demand_kW.fill(each_kW)
    this.#faced.voltage_V.fill(voltage_V)
    this.#faced.remaining_kWh.fill(50)
    this.#faced.departs_s.fill(3600)
  }

  /** On one bus each output loses its own converter. */
  lose(modules: number): void {
    this.#faced.health_frac.fill(0, 0, modules)
    if (this.#isBus) this.#faced.demand_kW.fill(0, 0, modules)
  }

  get now_s(): number {
    return this.#faced.now_s
  }

  wait(wait_s: number): void {
    this.#faced.now_s += wait_s
  }

  /** Shares; answers the power of all outputs and when it wants to be asked again. */
  share(): { readonly power_kW: number; readonly next_s: number } {
    const next_s = this.#allocator.allocate(this.#state, 0, this.#faced, this.#granted)
    return { power_kW: this.#granted.power_kW.reduce((sum, power_kW) => sum + power_kW, 0), next_s }
  }

  /** Shares until nothing is on its way. */
  settle(): number {
    let found = this.share()
    for (let look = 0; look < LOOKS && Number.isFinite(found.next_s); look++) {
      this.#faced.now_s = found.next_s
      found = this.share()
    }
    return found.power_kW
  }
}

interface Asked {
  readonly modules: number
  readonly voltage_V: number
  readonly load_frac: number
}

/** One module and half of them, at both voltages and loads. */
export function cabinetCases({ modules }: CabinetParameters): readonly Asked[] {
  const half = Math.floor(modules.length / 2)
  return [1, ...(half > 1 ? [half] : [])].flatMap((lost) =>
    voltages_V.flatMap((voltage_V) => loads.map((load_frac) => ({ modules: lost, voltage_V, load_frac }))),
  )
}

/** Lets the first modules of a cabinet fail while every output asks for the same. */
export function drillCabinet(cabinet: CabinetParameters, ambient_degC: number, asked: Asked): CabinetDrill {
  const bench = new CabinetBench(cabinet, ambient_degC)
  const { outputs, modules, maxPower_kW } = cabinet
  const asked_kW =
    Math.min(
      maxPower_kW,
      modules.reduce((sum, { power_kW }) => sum + power_kW, 0),
    ) * asked.load_frac
  bench.ask(asked_kW / outputs.length, asked.voltage_V)
  const before_kW = bench.settle()
  const lost_s = bench.now_s
  bench.lose(asked.modules)
  bench.wait(watch.heartbeat_s)
  const atOnce_kW = bench.share().power_kW
  const after_kW = bench.settle()
  const left_kW = modules.slice(asked.modules).reduce((sum, { power_kW }) => sum + power_kW, 0)
  return {
    ...asked,
    ...{ before_kW, atOnce_kW, after_kW },
    could_kW: Math.min(asked_kW, left_kW),
    detected_s: watch.heartbeat_s,
    settled_s: bench.now_s - lost_s,
    isOver: Math.max(atOnce_kW, after_kW) > left_kW + SAME_kW,
  }
}
