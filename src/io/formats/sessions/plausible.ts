import type { Coded } from '../../../base/words/index.ts'
import type { TraceSession } from '../../../hub/demand/trace/index.ts'

const MS_PER_HOUR = 3_600_000
const MS_PER_DAY = 24 * MS_PER_HOUR
/** Above MCS, the strongest plug there is: 1250 V x 3000 A = 3750 kW (CharIN). */
const MAX_POWER_kW = 4000
/** Above every battery on wheels. */
const MAX_BATTERY_kWh = 3000
/** Meters and clocks are not exact, and recorded power is often rounded. */
const TOLERANCE = 1.05
/** Energy at the plug for energy in the battery: no vehicle wastes more than a fifth. */
const MIN_EFFICIENCY_frac = 0.8
const MAX_STAY_days = 366
const FIRST_ms = Date.UTC(1990, 0, 1)
const LAST_ms = Date.UTC(2100, 0, 1)

function iso(time_ms: number): string {
  return Number.isFinite(time_ms) && Math.abs(time_ms) < 8.64e15 ? new Date(time_ms).toISOString() : ''
}

function wrongTimes({ arrive_ms, depart_ms }: TraceSession): Coded | null {
  const params = (): Coded['params'] => ({ arrive: iso(arrive_ms), depart: iso(depart_ms) })
  if (depart_ms < arrive_ms) return { code: 'trace.endBeforeStart', params: params() }
  if (depart_ms === arrive_ms) return { code: 'trace.zeroLength', params: params() }
  if (arrive_ms < FIRST_ms || depart_ms > LAST_ms) return { code: 'trace.farDate', params: params() }
  const days = (depart_ms - arrive_ms) / MS_PER_DAY
  return days > MAX_STAY_days ? { code: 'trace.tooLong', params: { days } } : null
}

function wrongEnergy(session: TraceSession): Coded | null {
  const { energy_kWh, arrive_ms, plug_ms = arrive_ms, depart_ms, maxPower_kW = MAX_POWER_kW, capacity_kWh } = session
  if (energy_kWh < 0) return { code: 'trace.negativeEnergy', params: { energy: energy_kWh } }
  if (energy_kWh === 0) return { code: 'trace.noEnergy', params: {} }
  const hours = (depart_ms - plug_ms) / MS_PER_HOUR
  if (energy_kWh > hours * maxPower_kW * TOLERANCE) {
    return { code: 'trace.abovePower', params: { energy: energy_kWh, minutes: hours * 60, power: maxPower_kW } }
  }
  const most_kWh = capacity_kWh === undefined ? MAX_BATTERY_kWh : capacity_kWh / MIN_EFFICIENCY_frac
  if (energy_kWh <= most_kWh) return null
  return { code: 'trace.aboveBattery', params: { energy: energy_kWh, capacity: capacity_kWh ?? MAX_BATTERY_kWh } }
}

/** Why a session cannot have happened as recorded; null: it can. */
export function implausible(session: TraceSession): Coded | null {
  const wrong = wrongTimes(session) ?? wrongEnergy(session)
  if (wrong !== null) return wrong
  const { soc_frac = 0 } = session
  return soc_frac < 0 || soc_frac > 1 ? { code: 'trace.badSoc', params: { soc: soc_frac } } : null
}

const DECADES = 16
const STEPS_PER_DECADE = 20
const LOWEST_DECADE = -6

/** Median of positive numbers to about a tenth, in memory that does not grow. */
export class RoughMedian {
  readonly #counts = new Float64Array(DECADES * STEPS_PER_DECADE)
  #count = 0

  add(value: number): void {
    if (!(value > 0)) return
    const step = Math.floor((Math.log10(value) - LOWEST_DECADE) * STEPS_PER_DECADE)
    const at = Math.min(this.#counts.length - 1, Math.max(0, step))
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#count += 1
  }

  /** NaN without numbers. */
  get value(): number {
    if (this.#count === 0) return Number.NaN
    let left = this.#count / 2
    const step = this.#counts.findIndex((count) => {
      left -= count
      return left <= 0
    })
    return 10 ** (LOWEST_DECADE + (step + 0.5) / STEPS_PER_DECADE)
  }
}
