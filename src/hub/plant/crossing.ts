import { SECONDS_PER_HOUR } from '../../base/units/index.ts'
import { type AllocationKind, CAPACITY_kW, KNOT_kWh, Mode, type Plant } from './plant.ts'

/** The search converges quadratically; it gets stuck only where a condition stays within the tolerance for long. */
const MAX_STEPS = 100

/**
 * Earliest moment at which an adopted allocation stops being right: a share meets its envelope, a node without bottleneck
 * role reaches its capacity, a rest vanishes, two nested saturated nodes change places, a sharing slot reaches a knot.
 *
 * Every such condition is a function f(t) >= 0 made of exponentials. At the moment a the search stands, it is bounded
 * from below by f(a) + f'(a) x - q x^2 for all x up to the horizon: the sum of exponentials in a rest is convex, so the
 * rest itself stays below its tangent, and the second derivative of what is not convex is bounded term by term. The
 * search steps to the first root of the lowest bound. It never steps over a crossing and converges quadratically.
 */
export class CrossingSearch {
  readonly #plant: Plant
  /** Those whose own power changes with time, in the order of slots: slot, its node, its growth, its power at the start. */
  readonly #varying: Int32Array
  readonly #varyingAt: Int32Array
  readonly #growth: Float64Array
  readonly #start_kW: Float64Array
  #varyingCount = 0
  /** Those that share something: node whose rest it is, share, energy to the end of the piece, envelope and its change by energy. */
  readonly #restOf: Int32Array
  readonly #share_frac: Float64Array
  readonly #left_kWh: Float64Array
  readonly #envelope_kW: Float64Array
  readonly #rate: Float64Array
  #sharingCount = 0
  /** Of those, whose conditions may fail before the horizon. */
  readonly #open: Int32Array
  #openCount = 0
  #rising = false
  #kind: AllocationKind = 'fair'
  /** By node: power that does not change, varying power, its derivative, bound of its second derivative, its integral. */
  readonly #fixed_kW: Float64Array
  readonly #varying_kW: Float64Array
  readonly #slope: Float64Array
  readonly #bend: Float64Array
  readonly #integral_kWh: Float64Array
  /** Upper bound of the slope of rising powers up to the horizon. */
  readonly #steepest: Float64Array
  /** By node: sum of shares below it in the rest of the next saturated node. */
  readonly #shares: Float64Array
  /** By node: sum of the weights of those who share its rest. */
  readonly #weights: Float64Array
  /** By node: layer of those who share its rest. */
  readonly #layer: Int32Array
  /** By slot whose power varies: power where the search stands, and at the horizon if it rises. */
  readonly #now_kW: Float64Array
  readonly #last_kW: Float64Array

  constructor(plant: Plant) {
    const { nodes, slots } = plant.network
    const { scratch } = plant
    this.#plant = plant
    this.#varying = scratch.i32(slots)
    this.#varyingAt = scratch.i32(slots)
    this.#growth = scratch.f64(slots)
    this.#start_kW = scratch.f64(slots)
    this.#restOf = scratch.i32(slots)
    this.#share_frac = scratch.f64(slots)
    this.#left_kWh = scratch.f64(slots)
    this.#envelope_kW = scratch.f64(slots)
    this.#rate = scratch.f64(slots)
    this.#open = scratch.i32(slots)
    this.#fixed_kW = scratch.f64(nodes)
    this.#varying_kW = scratch.f64(nodes)
    this.#slope = scratch.f64(nodes)
    this.#bend = scratch.f64(nodes)
    this.#integral_kWh = scratch.f64(nodes)
    this.#steepest = scratch.f64(nodes)
    this.#shares = scratch.f64(nodes)
    this.#weights = scratch.f64(nodes)
    this.#layer = scratch.i32(nodes)
    this.#now_kW = scratch.f64(slots)
    this.#last_kW = scratch.f64(slots)
  }

  /**
   * Seconds from now, when the slots below `node` were looked at and listed, to the first crossing or to the horizon, whichever comes
   * first; Infinity when nothing can cross until a slot changes. May answer too early, never too late. Where
   * sharing slots are level by weight, the order of levels is a condition, too; where some are served before others, the
   * rest of every full node is.
   */
  until_s(node: number, horizon_s: number, kind: AllocationKind): number {
    const horizon_h = horizon_s / SECONDS_PER_HOUR
    this.#kind = kind
    this.#collect(node, horizon_h)
    if (this.#sharingCount === 0 && !this.#rising) return Number.POSITIVE_INFINITY
    this.#listOpen(node, horizon_h)
    if (this.#isIdle(node)) return horizon_s
    let at_h = 0
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      this.#evaluate(node, at_h)
      const left_h = horizon_h - at_h
      const step_h = this.#safeStep_h(node, left_h)
      if (step_h === 0) return at_h * SECONDS_PER_HOUR
      if (step_h >= left_h) return horizon_s
      at_h += step_h
    }
    return at_h * SECONDS_PER_HOUR
  }

  #collect(node: number, horizon_h: number): void {
    const plant = this.#plant
    const { firstSlot, slotEnd, nodeOfSlot } = plant.network
    const { charging, chargingCount, mode } = plant
    const first = firstSlot[node] as number
    const end = slotEnd[node] as number
    this.#varyingCount = 0
    this.#sharingCount = 0
    this.#rising = false
    this.#clear(node)
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      if (slot < first || slot >= end) continue
      const at = nodeOfSlot[slot] as number
      if (mode[slot] === Mode.share) this.#collectShare(slot, at)
      else if (mode[slot] === Mode.own) this.#collectOwn(slot, at, horizon_h)
    }
    this.#passUpFixed(node)
  }

  #clear(node: number): void {
    for (let n = node; n < (this.#plant.network.nodeEnd[node] as number); n++) {
      this.#fixed_kW[n] = 0
      this.#steepest[n] = 0
      this.#shares[n] = 0
      this.#weights[n] = 0
    }
  }

  #collectShare(slot: number, at: number): void {
    const plant = this.#plant
    const { to_frac, envelopeSlope } = plant.profiles
    const share_frac = plant.share_frac[slot] as number
    if (share_frac === 0) return
    const bottleneck = plant.bottleneck[slot] as number
    const piece = plant.piece[slot] as number
    const capacity_kWh = plant.capacity_kWh[slot] as number
    const end_frac = Math.min(to_frac[piece] as number, plant.stop_frac[slot] as number)
    const i = this.#sharingCount++
    this.#restOf[i] = bottleneck
    this.#share_frac[i] = share_frac
    this.#left_kWh[i] = (end_frac - (plant.soc_frac[slot] as number)) * capacity_kWh
    this.#envelope_kW[i] = plant.envelope_kW[slot] as number
    this.#rate[i] = (envelopeSlope[piece] as number) / capacity_kWh
    this.#shares[at] = (this.#shares[at] as number) + share_frac
    this.#weights[bottleneck] = (this.#weights[bottleneck] as number) + (plant.weight[slot] as number)
    this.#layer[bottleneck] = plant.layer[slot] as number
  }

  #collectOwn(slot: number, at: number, horizon_h: number): void {
    const plant = this.#plant
    const power_kW = plant.envelope_kW[slot] as number
    const growth = plant.growth[slot] as number
    if (growth === 0) {
      this.#fixed_kW[at] = (this.#fixed_kW[at] as number) + power_kW
      return
    }
    const i = this.#varyingCount++
    this.#varying[i] = slot
    this.#varyingAt[i] = at
    this.#growth[i] = growth
    this.#start_kW[i] = power_kW
    if (growth < 0) return
    this.#rising = true
    this.#last_kW[slot] = power_kW * Math.exp(growth * horizon_h)
    this.#steepest[at] = (this.#steepest[at] as number) + growth * (this.#last_kW[slot] as number)
  }

  #passUpFixed(node: number): void {
    const { nodeEnd, parent, capacity_kW } = this.#plant.network
    for (let n = (nodeEnd[node] as number) - 1; n > node; n--) {
      const up = parent[n] as number
      const saturated = this.#plant.saturated[n] === 1
      this.#fixed_kW[up] = (this.#fixed_kW[up] as number) + ((saturated ? capacity_kW[n] : this.#fixed_kW[n]) as number)
      if (saturated) continue
      this.#steepest[up] = (this.#steepest[up] as number) + (this.#steepest[n] as number)
      this.#shares[up] = (this.#shares[up] as number) + (this.#shares[n] as number)
    }
  }

  /** Fills the sums by node for the moment `at_h` from now. */
  #evaluate(node: number, at_h: number): void {
    const { saturated, network } = this.#plant
    const varying_kW = this.#varying_kW
    const slope = this.#slope
    const bend = this.#bend
    const integral_kWh = this.#integral_kWh
    const count = this.#varyingCount
    const lastNode = network.nodeEnd[node] as number
    for (let n = node; n < lastNode; n++) {
      varying_kW[n] = 0
      slope[n] = 0
      bend[n] = 0
      integral_kWh[n] = 0
    }
    for (let i = 0; i < count; i++) {
      const at = this.#varyingAt[i] as number
      const growth = this.#growth[i] as number
      const start_kW = this.#start_kW[i] as number
      const rise_kW = at_h === 0 ? 0 : start_kW * Math.expm1(growth * at_h)
      const power_kW = start_kW + rise_kW
      const highest_kW = growth > 0 ? (this.#last_kW[this.#varying[i] as number] as number) : power_kW
      varying_kW[at] = (varying_kW[at] as number) + power_kW
      slope[at] = (slope[at] as number) + power_kW * growth
      bend[at] = (bend[at] as number) + highest_kW * growth * growth
      integral_kWh[at] = (integral_kWh[at] as number) + rise_kW / growth
    }
    if (this.#rising) this.#showNow(at_h)
    if (lastNode > node + 1) this.#passUp(node, lastNode)
    for (let n = node; n < lastNode; n++) {
      integral_kWh[n] = (integral_kWh[n] as number) + (this.#fixed_kW[n] as number) * at_h
      if (saturated[n] === 1) this.#restInto(n, at_h)
    }
  }

  /** Powers by slot, for the order of levels. */
  #showNow(at_h: number): void {
    for (let i = 0; i < this.#varyingCount; i++) {
      const start_kW = this.#start_kW[i] as number
      this.#now_kW[this.#varying[i] as number] = start_kW + start_kW * Math.expm1((this.#growth[i] as number) * at_h)
    }
  }

  #passUp(node: number, lastNode: number): void {
    const { parent } = this.#plant.network
    for (let n = lastNode - 1; n > node; n--) {
      if (this.#plant.saturated[n] === 1) continue
      const up = parent[n] as number
      this.#varying_kW[up] = (this.#varying_kW[up] as number) + (this.#varying_kW[n] as number)
      this.#slope[up] = (this.#slope[up] as number) + (this.#slope[n] as number)
      this.#bend[up] = (this.#bend[up] as number) + (this.#bend[n] as number)
      this.#integral_kWh[up] = (this.#integral_kWh[up] as number) + (this.#integral_kWh[n] as number)
    }
  }

  /** Of a saturated node the sums become those of its rest: what is left for the slots that share it. */
  #restInto(node: number, at_h: number): void {
    const capacity_kW = this.#plant.network.capacity_kW[node] as number
    this.#varying_kW[node] = capacity_kW - (this.#fixed_kW[node] as number) - (this.#varying_kW[node] as number)
    this.#slope[node] = -(this.#slope[node] as number)
    this.#integral_kWh[node] = capacity_kW * at_h - (this.#integral_kWh[node] as number)
  }

  /**
   * Lists those that share whose conditions can fail up to the horizon. With nothing rising, shares only grow and envelopes
   * that fall only fall: what holds at the horizon holds all the way.
   */
  #listOpen(node: number, horizon_h: number): void {
    this.#openCount = 0
    if (!this.#rising) this.#evaluate(node, horizon_h)
    for (let i = 0; i < this.#sharingCount; i++) {
      if (this.#rising || !this.#holdsAtEnd(i)) this.#open[this.#openCount++] = i
    }
  }

  /** Whether one that shares has not met its envelope or the end of its piece at the horizon, for which all is evaluated. */
  #holdsAtEnd(i: number): boolean {
    const share_frac = this.#share_frac[i] as number
    const node = this.#restOf[i] as number
    const taken_kWh = share_frac * (this.#integral_kWh[node] as number)
    const share_kW = share_frac * (this.#varying_kW[node] as number)
    const lost_kW = Math.min(0, (this.#rate[i] as number) * taken_kWh)
    const above_kW = (this.#envelope_kW[i] as number) + lost_kW - share_kW
    return (this.#left_kWh[i] as number) - taken_kWh > KNOT_kWh / 2 && above_kW > -CAPACITY_kW / 2
  }

  /** Whether no condition is left to look at. */
  #isIdle(node: number): boolean {
    return this.#openCount === 0 && !this.#rising && this.#plant.network.nodeEnd[node] === node + 1
  }

  /** Hours in which no condition can fail, at most `left_h`; 0 when one has failed by less than the tolerance. */
  #safeStep_h(node: number, left_h: number): number {
    let step_h = left_h
    for (let at = 0; at < this.#openCount; at++) {
      step_h = this.#shareStep_h(this.#open[at] as number, step_h)
      if (step_h === 0) return 0
    }
    // With nothing rising, rests only grow: no level falls, and one node alone cannot fill up further.
    const end = this.#plant.network.nodeEnd[node] as number
    if (this.#rising && this.#kind !== 'ordered') step_h = this.#levelStep_h(node, step_h)
    if (this.#rising || end > node + 1) step_h = this.#nodesStep_h(node, end, step_h)
    return step_h
  }

  /** One that shares meets its envelope or the end of its piece. This and what follows: the time of it, if before `most_h`. */
  #shareStep_h(i: number, most_h: number): number {
    const share_frac = this.#share_frac[i] as number
    const node = this.#restOf[i] as number
    const share_kW = share_frac * (this.#varying_kW[node] as number)
    const gain = share_frac * (this.#slope[node] as number)
    const taken_kWh = share_frac * (this.#integral_kWh[node] as number)
    const left_kWh = (this.#left_kWh[i] as number) - taken_kWh
    const knot_h = firstRoot(left_kWh, -share_kW, gain > 0 ? gain / 2 : 0, KNOT_kWh / 2, most_h)
    const rate = this.#rate[i] as number
    const above_kW = (this.#envelope_kW[i] as number) + rate * taken_kWh - share_kW
    const loss = rate < 0 ? gain : -share_frac * (this.#steepest[node] as number)
    const bend = Math.max(0, (-rate * loss) / 2)
    return firstRoot(above_kW + CAPACITY_kW, rate * share_kW - gain, bend, CAPACITY_kW / 2, knot_h)
  }

  /** A slot that draws its envelope comes above the level of those that share. */
  #levelStep_h(node: number, most_h: number): number {
    const plant = this.#plant
    const { firstSlot, slotEnd } = plant.network
    let step_h = most_h
    for (let slot = firstSlot[node] as number; slot < (slotEnd[node] as number); slot++) {
      const over = plant.under[slot] as number
      if (plant.mode[slot] !== Mode.own || over < 0) continue
      if (plant.layer[slot] !== this.#layer[over]) continue
      const share_frac = (plant.weight[slot] as number) / (this.#weights[over] as number)
      const growth = plant.growth[slot] as number
      const power_kW = growth === 0 ? (plant.envelope_kW[slot] as number) : (this.#now_kW[slot] as number)
      const highest_kW = growth > 0 ? (this.#last_kW[slot] as number) : power_kW
      const below_kW = share_frac * (this.#varying_kW[over] as number) - power_kW
      const slope = share_frac * (this.#slope[over] as number) - power_kW * growth
      const bend = share_frac * (this.#bend[over] as number) + highest_kW * growth * growth
      step_h = firstRoot(below_kW + CAPACITY_kW, slope, bend / 2, CAPACITY_kW / 2, step_h)
    }
    return step_h
  }

  #nodesStep_h(node: number, end: number, most_h: number): number {
    const { saturated } = this.#plant
    let step_h = most_h
    for (let n = node; n < end; n++) {
      if (saturated[n] === 0) step_h = this.#fillStep_h(n, step_h)
      else {
        if (this.#kind !== 'ordered') step_h = this.#nestStep_h(n, step_h)
        if (this.#kind !== 'fair') step_h = this.#restStep_h(n, step_h)
      }
    }
    return step_h
  }

  /** A node reaches its capacity. */
  #fillStep_h(node: number, most_h: number): number {
    const plant = this.#plant
    if (!plant.canBind(node)) return most_h
    const over = plant.over[node] as number
    const shares = over < 0 ? 0 : (this.#shares[node] as number)
    const shared_kW = shares === 0 ? 0 : shares * (this.#varying_kW[over] as number)
    const gain = shares === 0 ? 0 : shares * (this.#slope[over] as number)
    const own_kW = (this.#fixed_kW[node] as number) + (this.#varying_kW[node] as number)
    const left_kW = (plant.network.capacity_kW[node] as number) - own_kW - shared_kW
    const slope = -(this.#slope[node] as number) - gain
    // What slots below draw themselves is missing in the rest: of their bend only what the shares do not give back counts.
    const bend = Math.max(0, 1 - shares) * (this.#bend[node] as number)
    return firstRoot(left_kW + CAPACITY_kW, slope, bend / 2, CAPACITY_kW / 2, most_h)
  }

  /** The level below a saturated node comes above that of the saturated node over it. */
  #nestStep_h(node: number, most_h: number): number {
    const over = this.#plant.over[node] as number
    if (over < 0 || this.#layer[node] !== this.#layer[over]) return most_h
    const ratio = (this.#weights[node] as number) / (this.#weights[over] as number)
    const below_kW = ratio * (this.#varying_kW[over] as number) - (this.#varying_kW[node] as number)
    const slope = ratio * (this.#slope[over] as number) - (this.#slope[node] as number)
    const bend = ratio * (this.#bend[over] as number)
    return firstRoot(below_kW + CAPACITY_kW, slope, bend / 2, CAPACITY_kW / 2, most_h)
  }

  /** Those served first leave nothing to the one that gets the rest. */
  #restStep_h(node: number, most_h: number): number {
    const rest_kW = this.#varying_kW[node] as number
    const bend = (this.#bend[node] as number) / 2
    return firstRoot(rest_kW + CAPACITY_kW, this.#slope[node] as number, bend, CAPACITY_kW / 2, most_h)
  }
}

/**
 * First positive root of value + slope x - bend x^2, or `most` if that comes first; 0 when the value is not above
 * `tolerance`. bend >= 0. size: hot loop
 */
function firstRoot(value: number, slope: number, bend: number, tolerance: number, most: number): number {
  if (value <= tolerance) return 0
  // A parabola that opens downwards and is above zero at both ends has no root between.
  if (value + most * (slope - bend * most) > 0) return most
  return bend === 0 ? -value / slope : (2 * value) / (Math.sqrt(slope * slope + 4 * bend * value) - slope)
}
