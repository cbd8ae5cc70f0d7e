import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Uniform numbers in [0, 1), the same sequence for the same seed. */
export type RandomStream = () => number

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** 32-bit FNV-1a of a text (Fowler, Noll, Vo; draft-eastlake-fnv-21, section 2). */
function hash32(text: string): number {
  let hash = FNV_OFFSET
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME)
  }
  return hash | 0
}

/**
 * One stream for one purpose ("arrivals", "soc", ...). Variants of a hub with the same seed draw the same vehicles,
 * since a purpose never takes numbers from another's stream (common random numbers).
 */
export function randomStream(seed: number, purpose: string): RandomStream {
  const generator = xoroshiro128plus(hash32(`${purpose}:${seed}`))
  return () => uniformFloat64(generator)
}
