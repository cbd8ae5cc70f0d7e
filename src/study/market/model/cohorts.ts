import { keepLastCable } from './attach.ts'
import { QUARTERS } from './setup.ts'

const SHAPE = 3
const OLDEST_YEARS = 15
const LEAST_PORTS = 1e-6

/** Share of ports alive at an age: Weibull of shape 3 around a mean life. */
function alive(age_yr: number, life_yr: number): number {
  const scale = life_yr / 0.892979511569249 // Gamma(1 + 1/3)
  return Math.exp(-((age_yr / scale) ** SHAPE))
}

/** Ports of the open networks by age, with their cables. */
export class Cohorts {
  readonly ports: Float64Array
  /** Cables for each port: cohort x connectors + connector. */
  readonly cables: Float64Array
  #count: number
  /** Older cohorts are gone. */
  #first = 0
  readonly #hazard: Float64Array
  readonly #connectors: number

  /** Room for `quarters` more cohorts beside those that stand at the start, with ages by past growth. */
  constructor(
    start: { ports: number; growth_perYear: number; cables: Float64Array; life_yr: number },
    quarters: number,
  ) {
    const old = OLDEST_YEARS * QUARTERS
    this.#connectors = start.cables.length
    this.ports = new Float64Array(old + quarters)
    this.cables = new Float64Array((old + quarters) * this.#connectors)
    this.#hazard = new Float64Array(old + quarters + 1)
    for (let age = 0; age < this.#hazard.length; age += 1) {
      const [from, to] = [alive(age / QUARTERS, start.life_yr), alive((age + 1) / QUARTERS, start.life_yr)]
      this.#hazard[age] = from > 0 ? 1 - to / from : 1
    }
    this.#count = old
    this.#settle(start)
  }

  #settle({
    ports,
    growth_perYear,
    cables,
    life_yr,
  }: {
    ports: number
    growth_perYear: number
    cables: Float64Array
    life_yr: number
  }): void {
    const old = this.#count
    let sum = 0
    for (let k = 0; k < old; k += 1) {
      const age_yr = (old - 1 - k) / QUARTERS
      this.ports[k] = Math.exp(-Math.max(growth_perYear, 0) * age_yr) * alive(age_yr, life_yr)
      sum += this.ports[k] ?? 0
      this.cables.set(cables, k * this.#connectors)
    }
    for (let k = 0; k < old; k += 1) this.ports[k] = (ports * (this.ports[k] ?? 0)) / sum
  }

  /** A quarter older: ports at the end of their life go. Returns how many. */
  retire(): number {
    let gone = 0
    while (this.#first < this.#count && (this.ports[this.#first] ?? 0) < LEAST_PORTS) this.#first += 1
    for (let k = this.#first; k < this.#count; k += 1) {
      const loss = (this.ports[k] ?? 0) * (this.#hazard[this.#count - k] ?? 1)
      this.ports[k] = (this.ports[k] ?? 0) - loss
      gone += loss
    }
    return gone
  }

  /** New ports with their cables. */
  add(ports: number, cables: Float64Array): void {
    this.ports[this.#count] = ports
    this.cables.set(cables, this.#count * this.#connectors)
    this.#count += 1
  }

  /**
   * Cables that failed are put back only where they are wanted, missing wanted ones are added; no port is left without.
   * `lost` and `added` are shares of a quarter by connector; what was added is summed into `addedCables`.
   * size: hot loop
   */
  wear(
    lost: Float64Array,
    wanted: Float64Array,
    added: Float64Array,
    demand: Float64Array,
    addedCables: Float64Array,
  ): void {
    const width = this.#connectors
    const { cables, ports } = this
    for (let k = this.#first; k < this.#count; k += 1) {
      let sum = 0
      for (let c = 0; c < width; c += 1) {
        const at = k * width + c
        const share = cables[at] ?? 0
        const more = Math.max(0, (wanted[c] ?? 0) - share) * (added[c] ?? 0)
        const next = share * (1 - (lost[c] ?? 0)) + more
        cables[at] = next
        sum += next
        addedCables[c] = (addedCables[c] ?? 0) + more * (ports[k] ?? 0)
      }
      if (sum < 1) keepLastCable(cables, k * width, demand)
    }
  }

  total(): number {
    let sum = 0
    for (let k = this.#first; k < this.#count; k += 1) sum += this.ports[k] ?? 0
    return sum
  }

  /** Cables of each connector in all. */
  countCables(out: Float64Array): void {
    out.fill(0)
    for (let k = this.#first; k < this.#count; k += 1) {
      const ports = this.ports[k] ?? 0
      for (let c = 0; c < this.#connectors; c += 1) {
        out[c] = (out[c] ?? 0) + ports * (this.cables[k * this.#connectors + c] ?? 0)
      }
    }
  }
}
