import type { RatingShare } from '../../hub/controller/index.ts'
import type { GovernedHub, Governor } from './governor.ts'

/** The naive reference: allowances follow the vehicles that are plugged in, and are set anew when one comes or goes. */
export class RatingGovernor implements Governor {
  readonly alarms = 0
  readonly #share: RatingShare
  #hub: GovernedHub | null = null

  constructor(share: RatingShare) {
    this.#share = share
  }

  start(hub: GovernedHub): void {
    this.#hub = hub
  }

  plugged(slot: number): void {
    const plant = this.#hub?.plant
    if (plant) plant.weight[slot] = plant.network.rating_kW[slot] as number
    this.#allowAnew(-1)
  }

  unplugged(slot: number): void {
    this.#allowAnew(slot)
  }

  ring(): void {}
  stretchEnds(): void {}
  stretchBegins(): void {}

  snapshot(): null {
    return null
  }

  restore(): void {}

  #allowAnew(leaving: number): void {
    const hub = this.#hub
    if (hub === null) return
    const { plant } = hub
    this.#share.allot(leaving)
    for (let i = 0; i < plant.chargingCount; i++) {
      const slot = plant.charging[i] as number
      const node = this.#share.node[slot] as number
      const source = node < 0 ? 0 : (plant.sourceOfNode[node] as number)
      hub.setAllowance(slot, this.#share.allowed_kW[slot] as number, source)
    }
  }
}
