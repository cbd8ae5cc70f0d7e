import type { Adapter, LowVoltage, Outlet, Vehicle } from '../schema/index.ts'
import type { PreparedVehicle } from './facts.ts'
import type { Obstacle } from './result.ts'

/** What the vehicle does below pack voltage, its options counted. */
export interface LowVoltageMode {
  readonly strategy: LowVoltage['strategy']
  readonly floor_V: number | null
  /** Null: not found. */
  readonly power_kW: number | null
  /** What it takes at most where `power_kW` was not found, e.g. the figure of the option it lacks. */
  readonly atMost_kW: number | null
}

/** Voltages of a session; null where neither side's is known. */
export interface Session {
  /** What current is multiplied with. */
  readonly voltage_V: number | null
  /** Highest voltage between post and vehicle: what an adapter must stand. */
  readonly top_V: number | null
  /** Set where the post cannot reach the pack voltage. */
  readonly low: LowVoltageMode | null
  readonly obstacles: readonly Obstacle[]
}

/** Strategies that give no session, or of which none is shown to work. */
const withoutSession: ReadonlySet<LowVoltage['strategy']> = new Set(['native', 'none', 'none_at_launch', 'unknown'])

export function lowVoltageMode(vehicle: Vehicle, options: ReadonlySet<string>): LowVoltageMode {
  for (const [id, option] of Object.entries(vehicle.options)) {
    if (!options.has(id) || option.lowVoltage === null) continue
    const { strategy, floor_V, maxPower_kW } = option.lowVoltage
    return { strategy, floor_V, power_kW: maxPower_kW, atMost_kW: maxPower_kW }
  }
  const { strategy, floor_V, maxPower_kW, option, withoutOption_kW } = vehicle.lowVoltage
  const power_kW = option === null || options.has(option) ? maxPower_kW : withoutOption_kW
  return { strategy, floor_V, power_kW, atMost_kW: maxPower_kW }
}

/** Option that would give a session below pack voltage; one that is standard elsewhere only cannot be had here. */
function helpfulOption(vehicle: Vehicle): string | null {
  const found = Object.entries(vehicle.options).find(
    ([, option]) =>
      option.lowVoltage !== null && option.standardIn.length === 0 && !withoutSession.has(option.lowVoltage.strategy),
  )
  return found?.[0] ?? null
}

function tooLow(vehicle: PreparedVehicle, reach_V: number, need_V: number, atLeast: boolean): Obstacle {
  const option = helpfulOption(vehicle.record)
  const params = { postMax_V: reach_V, need_V, strategy: vehicle.record.lowVoltage.strategy }
  if (option !== null)
    return { code: 'charger.maxVoltage', params, remedy: { code: 'remedy.option', params: { option } } }
  const code = atLeast ? 'remedy.postVoltage' : 'remedy.postVoltageAbove'
  return { code: 'charger.maxVoltage', params, remedy: { code, params: { voltage_V: need_V } } }
}

function tooHigh(postMin_V: number, pack_V: number): Obstacle {
  const remedy = { code: 'remedy.postMinVoltage', params: { voltage_V: pack_V } } as const
  return { code: 'charger.minVoltage', params: { postMin_V, pack_V }, remedy }
}

/** A session at pack voltage, the ordinary case. */
function direct(vehicle: PreparedVehicle, outlet: Outlet): Session {
  const pack_V = vehicle.window?.voltage_V ?? null
  const min_V = outlet.minVoltage_V
  const obstacles = min_V !== null && pack_V !== null && min_V > pack_V ? [tooHigh(min_V, pack_V)] : []
  return { voltage_V: vehicle.session?.voltage_V ?? null, top_V: pack_V ?? outlet.maxVoltage_V, low: null, obstacles }
}

interface Meeting {
  readonly reach_V: number
  readonly pack_V: number
}

/**
 * A session below pack voltage. A bank switch halves the pack, whose voltage then counts; any other strategy
 * converts inside the vehicle, so that the post works at its own highest voltage.
 */
function below(vehicle: PreparedVehicle, mode: LowVoltageMode, outlet: Outlet, meeting: Meeting): Session {
  const { reach_V, pack_V } = meeting
  const halved = mode.strategy === 'bank_switch'
  const voltage_V = halved ? (vehicle.session?.voltage_V ?? pack_V) / 2 : reach_V
  const top_V = halved ? pack_V / 2 : reach_V
  const aboveFloor = mode.floor_V === null || reach_V > mode.floor_V
  const works = aboveFloor && !withoutSession.has(mode.strategy) && mode.power_kW !== 0 && top_V <= reach_V
  const obstacles: Obstacle[] = works ? [] : [tooLow(vehicle, reach_V, pack_V, true)]
  if (outlet.minVoltage_V !== null && outlet.minVoltage_V > top_V) obstacles.push(tooHigh(outlet.minVoltage_V, top_V))
  return { voltage_V, top_V, low: mode, obstacles }
}

/** At which voltage post and vehicle meet: the post must reach the pack, or the vehicle must have a way around that. */
export function sessionOf(vehicle: PreparedVehicle, mode: LowVoltageMode, outlet: Outlet): Session {
  const reach_V = outlet.maxVoltage_V
  const pack_V = vehicle.window?.voltage_V ?? null
  if (reach_V === null) return direct(vehicle, outlet)
  if (pack_V !== null && reach_V < pack_V) return below(vehicle, mode, outlet, { reach_V, pack_V })
  if (mode.floor_V === null || reach_V > mode.floor_V) return direct(vehicle, outlet)
  return { voltage_V: null, top_V: null, low: mode, obstacles: [tooLow(vehicle, reach_V, mode.floor_V, false)] }
}

/** Adapters that do not stand the voltage of the session. */
export function adapterObstacles(chain: readonly Adapter[], top_V: number | null): Obstacle[] {
  return chain.flatMap(({ id, maxVoltage_V }): Obstacle[] => {
    if (maxVoltage_V === null || top_V === null || top_V <= maxVoltage_V) return []
    const remedy = { code: 'remedy.adapterVoltage', params: { voltage_V: top_V } } as const
    return [{ code: 'adapter.maxVoltage', params: { adapter: id, rated_V: maxVoltage_V, need_V: top_V }, remedy }]
  })
}
