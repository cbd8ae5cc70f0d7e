import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** The generator spreads the bits of its seed over its state by drawing; the first numbers of near seeds are alike. */
const WARM_UP_DRAWS = 64

/** 32-bit FNV-1a of a text (Fowler, Noll, Vo; draft-eastlake-fnv-21, section 2). */
function hash32(text: string): number {
  let hash = FNV_OFFSET
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME)
  return hash | 0
}

/**
 * Chance for one purpose ("arrivals", "soc", ...): the same numbers for the same seed. Variants of a hub with the same
 * seed meet the same vehicles, since a purpose never takes numbers from another's stream (common random numbers).
 */
export class RandomStream {
  #generator: ReturnType<typeof xoroshiro128plus>

  constructor(seed: number, purpose: string) {
    this.#generator = xoroshiro128plus(hash32(`${purpose}:${seed}`))
    for (let draw = 0; draw < WARM_UP_DRAWS; draw += 1) this.#generator.next()
  }

  get state(): readonly number[] {
    return this.#generator.getState()
  }

  set state(state: readonly number[]) {
    this.#generator = xoroshiro128plusFromState(state)
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator)
  }

  /** Exponential with a mean. */
  exponential(mean: number): number {
    return -mean * Math.log1p(-this.uniform())
  }
}
