import { attachShare, fitProbability, keepLastCable } from './attach.ts'
import { Cohorts } from './cohorts.ts'
import { abilityOf, cableDemand } from './need.ts'
import { type MarketSetup, QUARTERS } from './setup.ts'
import { Switching } from './switching.ts'
import { emptyTrack, type MarketTrack } from './track.ts'

const DT = 1 / QUARTERS
/** A plug that has just reached no outlet yet does not make a ratio infinite. */
const FEW_OUTLETS = 1

/** One region on its way, a quarter at a time. */
class Region {
  readonly track: MarketTrack
  readonly #setup: MarketSetup
  readonly #cohorts: Cohorts
  readonly #switching: Switching | null
  readonly #fleet: Float64Array
  readonly #sales: Float64Array
  readonly #weight: Float64Array
  readonly #demand: Float64Array
  readonly #present: Float64Array
  readonly #attach: Float64Array
  readonly #wanted: Float64Array
  readonly #lost: Float64Array
  readonly #added: Float64Array
  readonly #counted: Float64Array
  #closed: number

  constructor(setup: MarketSetup) {
    const { groups, connectors, open, quarters } = setup
    this.track = emptyTrack(setup)
    this.#setup = setup
    this.#cohorts = new Cohorts(open, quarters)
    this.#switching = setup.switch ? new Switching(setup.switch, setup.from_yr) : null
    this.#fleet = Float64Array.from(groups, ({ stock }) => stock)
    this.#sales = new Float64Array(groups.length)
    this.#weight = new Float64Array(groups.length)
    const ofConnectors = () => new Float64Array(connectors)
    this.#demand = ofConnectors()
    this.#present = Float64Array.from(open.cables)
    this.#attach = ofConnectors()
    this.#wanted = ofConnectors()
    this.#lost = ofConnectors()
    this.#added = ofConnectors()
    this.#counted = ofConnectors()
    this.#closed = setup.closed?.ports ?? 0
  }

  step(quarter: number): void {
    this.#makersMove(quarter)
    this.#sellCars(quarter)
    this.#expect(quarter)
    this.#chooseCables(quarter)
    this.#buildPorts(quarter)
    this.#growClosed(quarter)
    this.#writeDown(quarter)
  }

  #makersMove(quarter: number): void {
    const { switch: change, from_yr } = this.#setup
    if (!change || !this.#switching) return
    const [newPlug, oldPlug] = [this.#firstInlet(change.to), this.#firstInlet(change.from)]
    const reached = this.#outlets(newPlug, from_yr + quarter * DT >= change.opened_yr)
    const ratio = Math.log((reached + FEW_OUTLETS) / (this.#outlets(oldPlug, false) + FEW_OUTLETS))
    this.#switching.step(from_yr + (quarter + 1) * DT, ratio)
  }

  #firstInlet(group: number): number {
    return this.#setup.groups[group]?.inlets[0] ?? -1
  }

  /** Outlets with a connector, open ones and, where its network is open to all, the closed ones. */
  #outlets(connector: number, withClosed: boolean): number {
    const open = this.#cohorts.total() * (this.#present[connector] ?? 0)
    const isOwn = this.#setup.closed?.connector === connector
    return open + (withClosed && isOwn ? this.#closed : 0)
  }

  #sellCars(quarter: number): void {
    const { groups, scrap_perYear, switch: change } = this.#setup
    const native = this.#switching?.native ?? 0
    groups.forEach(({ sales }, g) => {
      this.#sales[g] = sales[quarter] ?? 0
    })
    if (change) {
      const moved = (this.#sales[change.from] ?? 0) * native
      this.#sales[change.from] = (this.#sales[change.from] ?? 0) - moved
      this.#sales[change.to] = (this.#sales[change.to] ?? 0) + moved
    }
    this.#followAccess(quarter)
    groups.forEach((_, g) => {
      this.#fleet[g] = (this.#fleet[g] ?? 0) * (1 - scrap_perYear * DT) + (this.#sales[g] ?? 0)
    })
  }

  /** Sales move between groups by the outlets they can use, against those of the reference run; the sum stays. */
  #followAccess(quarter: number): void {
    const { reference, accessElasticity, groups } = this.#setup
    if (!reference || quarter === 0) return
    let [before, after] = [0, 0]
    for (let g = 0; g < groups.length; g += 1) {
      const at = (quarter - 1) * groups.length + g
      const ratio = ((this.track.usable[at] ?? 0) + FEW_OUTLETS) / ((reference[at] ?? 0) + FEW_OUTLETS)
      before += this.#sales[g] ?? 0
      this.#sales[g] = (this.#sales[g] ?? 0) * ratio ** accessElasticity
      after += this.#sales[g] ?? 0
    }
    if (after <= 0) return
    for (let g = 0; g < groups.length; g += 1) this.#sales[g] = ((this.#sales[g] ?? 0) * before) / after
  }

  /** Cars an operator counts on: those on the road, and those sold within its horizon, with the inlet their makers have said. */
  #expect(quarter: number): void {
    const { groups, horizon_yr, switch: change } = this.#setup
    groups.forEach(({ openUse }, g) => {
      const soon = (this.#sales[g] ?? 0) * QUARTERS * horizon_yr
      this.#weight[g] = (openUse[quarter] ?? 1) * ((this.#fleet[g] ?? 0) + soon)
    })
    if (!change || !this.#switching) return
    const { committed, native } = this.#switching
    const capped = Math.min(committed, change.cap_frac)
    const coming = native < 1 ? Math.max(0, (capped - native) / (1 - native)) : 0
    const cars = (this.#sales[change.from] ?? 0) * QUARTERS * horizon_yr * coming * 0.5
    const use = (group: number): number => groups[group]?.openUse[quarter] ?? 1
    this.#weight[change.from] = (this.#weight[change.from] ?? 0) - cars * use(change.from)
    this.#weight[change.to] = (this.#weight[change.to] ?? 0) + cars * use(change.to)
  }

  #chooseCables(quarter: number): void {
    const { groups, connectors, law, open, cable } = this.#setup
    cableDemand({ groups, connectors, quarter, weight: this.#weight, present: this.#present }, this.#demand)
    const failing = 1 - Math.exp(-cable.failure_perYear * DT)
    for (let c = 0; c < connectors; c += 1) {
      const at = quarter * connectors + c
      const [must, canBuy, grant] = [open.mandate[at] ?? 0, open.available[at] ?? 1, open.grant[at] ?? 0]
      const share = this.#demand[c] ?? 0
      const wants = canBuy * fitProbability(share, law)
      const free = canBuy * attachShare(share, open.portsPerSite, law)
      const granted = Math.min(1, free + (grant * (1 - wants)) / open.portsPerSite)
      this.#attach[c] = must + (1 - must) * granted
      this.#wanted[c] = must + (1 - must) * wants
      this.#lost[c] = failing * (1 - (this.#wanted[c] ?? 0))
      this.#added[c] = failing * cable.retrofit
      this.track.fitted[at] = wants
    }
    keepLastCable(this.#attach, 0, this.#demand)
  }

  #buildPorts(quarter: number): void {
    const { groups, open, connectors } = this.#setup
    let cars = 0
    groups.forEach(({ openUse }, g) => {
      cars += (openUse[quarter] ?? 1) * (this.#fleet[g] ?? 0)
    })
    const target = Math.exp(open.level) * cars ** open.elasticity
    const gone = this.#cohorts.retire()
    const missing = Math.max(0, target - this.#cohorts.total() - gone) / open.lag_yr
    const asked = missing * DT + gone
    const programme = open.programme[quarter] ?? 0
    const added = this.track.addedCables.subarray(quarter * connectors, (quarter + 1) * connectors)
    this.#cohorts.wear(this.#lost, this.#attach, this.#added, this.#demand, added)
    this.#cohorts.add(asked + programme, this.#mixed(asked, programme, quarter))
    this.track.newPorts[quarter] = asked + programme
    for (let c = 0; c < connectors; c += 1) {
      this.track.newCables[quarter * connectors + c] = (asked + programme) * (this.#counted[c] ?? 0)
    }
    this.#cohorts.countCables(this.#counted)
    const ports = this.#cohorts.total()
    for (let c = 0; c < connectors; c += 1) this.#present[c] = ports > 0 ? (this.#counted[c] ?? 0) / ports : 0
  }

  /** Cables of the ports of a quarter: those the law chooses, and those of programmes. */
  #mixed(asked: number, programme: number, quarter: number): Float64Array {
    const { connectors, open } = this.#setup
    const part = asked + programme > 0 ? programme / (asked + programme) : 0
    for (let c = 0; c < connectors; c += 1) {
      this.#counted[c] =
        (1 - part) * (this.#attach[c] ?? 0) + part * (open.programmeCables[quarter * connectors + c] ?? 0)
    }
    return this.#counted
  }

  #growClosed(quarter: number): void {
    const { closed, groups } = this.#setup
    if (!closed) return
    let guests = 0
    groups.forEach(({ closedAccess }, g) => {
      if (g !== closed.owner) guests += (closedAccess[quarter] ?? 0) * (this.#fleet[g] ?? 0)
    })
    const cars = (this.#fleet[closed.owner] ?? 0) + closed.guestWeight * guests
    const target = Math.exp(closed.level) * cars ** closed.elasticity
    const more = (Math.max(0, target - this.#closed) * DT) / closed.lag_yr
    this.#closed += more
    this.track.newClosedPorts[quarter] = more
  }

  #writeDown(quarter: number): void {
    const { connectors, groups } = this.#setup
    const { track } = this
    track.fleet.set(this.#fleet, quarter * groups.length)
    track.sales.set(this.#sales, quarter * groups.length)
    track.cables.set(this.#counted, quarter * connectors)
    track.demand.set(this.#demand, quarter * connectors)
    track.attached.set(this.#attach, quarter * connectors)
    track.ports[quarter] = this.#cohorts.total()
    track.closedPorts[quarter] = this.#closed
    track.committed[quarter] = this.#switching?.committed ?? 0
    track.native[quarter] = this.#switching?.native ?? 0
    this.#writeUse(quarter)
  }

  /** Which outlets each group can use, natively and by adapter; a port serves a car by the best of its cables. */
  #writeUse(quarter: number): void {
    const { connectors, groups, closed } = this.#setup
    const ports = this.track.ports[quarter] ?? 0
    let [all, adapter, cars, shutOut] = [0, 0, 0, 0]
    groups.forEach((group, g) => {
      let [without, withoutNative] = [1, 1]
      for (let c = 0; c < connectors; c += 1) {
        const present = Math.min(1, this.#present[c] ?? 0)
        const native = group.inlets.includes(c)
        without *= 1 - present * (native ? 1 : abilityOf(group, c, connectors, quarter))
        if (native) withoutNative *= 1 - present
      }
      const guest = closed ? (g === closed.owner ? 1 : (group.closedAccess[quarter] ?? 0)) : 0
      const at = quarter * groups.length + g
      const byAdapter = Math.max(0, withoutNative - without)
      this.track.usable[at] = ports * (1 - without) + guest * this.#closed
      this.track.usableByAdapter[at] = ports * byAdapter
      const weight = (group.openUse[quarter] ?? 1) * (this.#fleet[g] ?? 0)
      all += weight
      adapter += weight * (without < 1 ? byAdapter / (1 - without) : 0)
      if (group.inlets.length > 0) cars += this.#fleet[g] ?? 0
      if (group.inlets.length > 0) shutOut += (this.#fleet[g] ?? 0) * (ports * without + (1 - guest) * this.#closed)
    })
    this.track.adapterShare[quarter] = all > 0 ? adapter / all : 0
    this.track.unusable[quarter] = cars > 0 ? shutOut / cars / (ports + this.#closed) : 0
  }
}

/** Runs a region quarter by quarter: deterministic, no input is changed. */
export function runMarket(setup: MarketSetup): MarketTrack {
  const region = new Region(setup)
  for (let quarter = 0; quarter < setup.quarters; quarter += 1) region.step(quarter)
  return region.track
}
