import type { Policy } from '../../hub/controller/index.ts'
import {
  adjust,
  adopt,
  atKnot,
  CrossingSearch,
  draw,
  lookBelow,
  lowerBound,
  Mode,
  type Plant,
  settleSlot,
  untilChange_s,
} from '../../hub/plant/index.ts'
import type { Agenda } from './agenda.ts'
import type { SlotNews } from './slot-news.ts'

/** A smaller change of power at a knot is rounding. */
const SMOOTH_kW = 1e-10

/** What becomes of slots while power is shared. */
export interface SlotLife {
  /** How many have ended charging in the event at work. */
  readonly endedCount: number
  /** Moves a settled slot on; false when its charging ends here. */
  advance(slot: number): boolean
  /** Charging ends at a settled slot. */
  end(slot: number): void
}

export interface SharingInput {
  readonly plant: Plant
  readonly policy: Policy
  readonly agenda: Agenda
  readonly life: SlotLife
  /** Told of slots whose draw goes on in another way; null: nobody asks. */
  readonly news: SlotNews | null
  /** First thing of each kind in the agenda (slots from 0), and the end of the window. */
  readonly leaves: number
  readonly nodes: number
  readonly closing: number
}

/** Carries out a policy exactly: shares anew only where and when an allocation stops being right. Times count from the start of the window. */
export class Sharing {
  readonly #plant: Plant
  readonly #policy: Policy
  readonly #agenda: Agenda
  readonly #life: SlotLife
  readonly #news: SlotNews | null
  /** Made when something can bind. */
  #search: CrossingSearch | null = null
  readonly #leaves: number
  readonly #nodes: number
  readonly #closing: number

  constructor({ plant, policy, agenda, life, news, leaves, nodes, closing }: SharingInput) {
    this.#plant = plant
    this.#policy = policy
    this.#agenda = agenda
    this.#life = life
    this.#news = news
    this.#leaves = leaves
    this.#nodes = nodes
    this.#closing = closing
  }

  /** Whether those who share a limit are level by weight. */
  get isLevel(): boolean {
    return this.#policy.kind === 'fair'
  }

  /** A slot that may draw joins the others. */
  join(slot: number, now: number): void {
    const plant = this.#plant
    const region = plant.regionOf(slot)
    if (region < 0) {
      this.#arm(slot, now)
      return
    }
    lookBelow(plant, region, now)
    plant.under[slot] = plant.saturatedAbove(slot)
    this.allocate(region, now)
  }

  /** Lets `change` happen to what a slot that charges may draw, and shares anew where that matters. */
  change(slot: number, now: number, change: () => void): void {
    const plant = this.#plant
    const before = plant.regionOf(slot)
    if (before >= 0) lookBelow(plant, before, now)
    settleSlot(plant, slot, now)
    change()
    if (plant.mode[slot] !== Mode.share) draw(plant, slot)
    plant.armed[slot] = -1
    this.#agenda.set(slot, Number.POSITIVE_INFINITY)
    this.#news?.add(slot)
    const after = plant.regionOf(slot)
    if (after < 0) {
      this.#arm(slot, now)
      return
    }
    if (after !== before) lookBelow(plant, after, now)
    plant.under[slot] = plant.saturatedAbove(slot)
    this.allocate(before < 0 ? after : Math.min(before, after), now)
  }

  anySaturated(region: number): boolean {
    const end = this.#plant.network.nodeEnd[region] as number
    for (let node = region; node < end; node++) if (this.#plant.saturated[node] === 1) return true
    return false
  }

  /** A slot that draws its own power reached a knot, its target or its allowance. */
  slotAlarm(slot: number, now: number): void {
    const plant = this.#plant
    const region = plant.regionOf(slot)
    if (region >= 0 && this.anySaturated(region)) {
      this.#turn(slot, region, now)
      return
    }
    settleSlot(plant, slot, now)
    const before_kW = plant.power_kW[slot] as number
    if (!this.#life.advance(slot)) {
      this.#life.end(slot)
      return
    }
    draw(plant, slot)
    const rises = (plant.growth[slot] as number) > 0 || (plant.power_kW[slot] as number) > before_kW
    if (region >= 0 && rises) {
      this.#resolve(region, now)
      return
    }
    plant.armed[slot] = plant.piece[slot] as number
    this.#agenda.set(slot, now + untilChange_s(plant, slot))
    this.#news?.add(slot)
  }

  /**
   * A slot in a region with a saturated node reached the end of its piece. Where its power goes on without a jump, and does
   * not rise, nobody's part changes; with layers it may, since a claim on a layer follows the envelope.
   */
  #turn(slot: number, region: number, now: number): void {
    const plant = this.#plant
    lookBelow(plant, region, now)
    settleSlot(plant, slot, now)
    if (this.#policy.kind === 'layered') {
      this.allocate(region, now)
      return
    }
    const before_kW = plant.power_kW[slot] as number
    const goesOn = plant.mode[slot] === Mode.own && this.#life.advance(slot)
    const jump_kW = Math.abs((plant.envelope_kW[slot] as number) - before_kW)
    if (goesOn) draw(plant, slot)
    if (!goesOn || jump_kW > SMOOTH_kW || (plant.growth[slot] as number) > 0) {
      this.allocate(region, now)
      return
    }
    plant.armed[slot] = plant.piece[slot] as number
    this.#agenda.set(slot, now + untilChange_s(plant, slot))
    this.#news?.add(slot)
    plant.listCharging(region)
    this.#watch(region, now)
  }

  /**
   * A condition of the allocation below a node ends. Where it is only that a sharing slot came to the end of its piece,
   * nobody's part changes; if its next piece lies below its part, the next crossing is now.
   */
  cross(node: number, now: number): void {
    const plant = this.#plant
    lookBelow(plant, node, now)
    if (this.#policy.kind === 'layered') {
      this.allocate(node, now)
      return
    }
    plant.listCharging(node)
    const before = this.#life.endedCount
    let turned = 0
    for (let i = 0; i < plant.chargingCount; i++) {
      const slot = plant.charging[i] as number
      if (plant.mode[slot] !== Mode.share || !atKnot(plant, slot)) continue
      if (this.#life.advance(slot)) turned++
      else this.#life.end(slot)
      this.#news?.add(slot)
    }
    if (turned > 0 && this.#life.endedCount === before) this.#watch(node, now)
    else this.allocate(node, now)
  }

  /** Looks at a region, moves its slots on to where they have come, and shares power anew. */
  #resolve(region: number, now: number): void {
    lookBelow(this.#plant, region, now)
    this.allocate(region, now)
  }

  /** Moves the slots of a region that was looked at on to where they have come, and shares power anew. */
  allocate(region: number, now: number): void {
    const plant = this.#plant
    plant.listCharging(region)
    const before = this.#life.endedCount
    for (let i = 0; i < plant.chargingCount; i++) {
      const slot = plant.charging[i] as number
      if (plant.settled_s[slot] !== now) lowerBound(plant, slot)
      else if (!this.#life.advance(slot)) this.#life.end(slot)
    }
    if (this.#life.endedCount > before) plant.listCharging(region)
    if (this.#policy.amend(region)) adjust(plant, now)
    else {
      this.#policy.allocate(region)
      adopt(plant, region, now)
    }
    for (let i = 0; i < plant.changedCount; i++) this.#arm(plant.changed[i] as number, now)
    if (this.#news) for (let i = 0; i < plant.changedCount; i++) this.#news.add(plant.changed[i] as number)
    this.#watch(region, now)
  }

  /** Sets the alarm of a slot in a region; one that goes on drawing along its piece keeps the alarm it has. */
  #arm(slot: number, now: number): void {
    const plant = this.#plant
    const piece = plant.mode[slot] === Mode.own ? (plant.piece[slot] as number) : -1
    if (plant.armed[slot] === piece) return
    plant.armed[slot] = piece
    this.#agenda.set(slot, piece < 0 ? Number.POSITIVE_INFINITY : now + untilChange_s(plant, slot))
  }

  /** Sets the alarm of every topmost node of a region that can bind to its next crossing. */
  #watch(region: number, now: number): void {
    const { nodeEnd } = this.#plant.network
    const end = nodeEnd[region] as number
    let watchedEnd = region
    for (let node = region; node < end; node++) {
      const top = node >= watchedEnd && (this.#plant.canBind(node) || this.#plant.saturated[node] === 1)
      if (top) watchedEnd = nodeEnd[node] as number
      this.#agenda.set(this.#nodes + node, top ? this.#crossing_s(node, now) : Number.POSITIVE_INFINITY)
    }
  }

  #crossing_s(node: number, now: number): number {
    const { charging, chargingCount } = this.#plant
    const { at_s } = this.#agenda
    const leaves = this.#leaves
    let horizon = at_s[this.#closing] as number
    // Slots of the region outside the node only bring the horizon nearer than it need be.
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const changes = at_s[slot] as number
      const unplugs = at_s[leaves + slot] as number
      if (changes < horizon) horizon = changes
      if (unplugs < horizon) horizon = unplugs
    }
    this.#search ??= new CrossingSearch(this.#plant)
    return now + this.#search.until_s(node, horizon - now, this.#policy.kind)
  }
}
