import type { Plant } from '../plant/index.ts'

function isAfter({ rank, network }: Plant, slot: number, other: number): boolean {
  const difference = (rank[slot] as number) - (rank[other] as number)
  // Two ranks of Infinity differ by NaN: they are equal.
  if (difference > 0 || difference < 0) return difference > 0
  return (network.placeOfSlot[slot] as number) > (network.placeOfSlot[other] as number)
}

/** Writes the listed charging slots into `order`, by rank and then by place. */
export function sortByRank(plant: Plant, order: Int32Array): void {
  const { charging, chargingCount } = plant
  for (let i = 0; i < chargingCount; i++) {
    const slot = charging[i] as number
    let at = i
    while (at > 0 && isAfter(plant, order[at - 1] as number, slot)) {
      order[at] = order[at - 1] as number
      at--
    }
    order[at] = slot
  }
}
