import type { MarketTrack } from '../model/track.ts'
import type { Observable, RegionFile } from '../region/schema.ts'

/** Value at the end of a quarter, straight between quarters. */
function at(track: MarketTrack, at_yr: number, value: (quarter: number) => number): number {
  const { from_yr, quarters } = track.setup
  const place = Math.min(quarters - 1, (at_yr - from_yr) * 4 - 1)
  const before = Math.floor(place)
  const low = before < 0 ? 0 : value(before)
  if (before >= quarters - 1) return low
  return low + (place - before) * (value(before + 1) - low)
}

function sumTo(track: MarketTrack, at_yr: number, from_yr: number, value: (quarter: number) => number): number {
  const { setup } = track
  const first = Math.max(0, Math.round((from_yr - setup.from_yr) * 4))
  const last = Math.min(setup.quarters, Math.round((at_yr - setup.from_yr) * 4))
  let sum = 0
  for (let quarter = first; quarter < last; quarter += 1) sum += value(quarter)
  return sum
}

function ofGroups(track: MarketTrack, values: Float64Array, group: number): (quarter: number) => number {
  const width = track.setup.groups.length
  if (group >= 0) return (quarter) => values[quarter * width + group] ?? 0
  return (quarter) => {
    let sum = 0
    for (let g = 0; g < width; g += 1) sum += values[quarter * width + g] ?? 0
    return sum
  }
}

/** Share of the demand on open networks that comes from cars whose first inlet is of a connector. */
function shareOfUse(track: MarketTrack, connector: number): (quarter: number) => number {
  const { groups } = track.setup
  return (quarter) => {
    let [own, all] = [0, 0]
    groups.forEach(({ inlets, openUse }, g) => {
      const demand = (openUse[quarter] ?? 1) * (track.fleet[quarter * groups.length + g] ?? 0)
      all += demand
      if (inlets[0] === connector) own += demand
    })
    return all > 0 ? own / all : 0
  }
}

/** What the model says of a thing that is counted, at a date. */
export function observe(track: MarketTrack, region: RegionFile, { what, of }: Observable, at_yr: number): number {
  const group = of === undefined ? -1 : region.groups.findIndex(({ id }) => id === of)
  const connector = of === undefined ? -1 : region.connectors.findIndex(({ id }) => id === of)
  const width = region.connectors.length
  const single = (values: Float64Array) => (quarter: number) => values[quarter] ?? 0
  const cable = (values: Float64Array) => (quarter: number) => values[quarter * width + connector] ?? 0
  switch (what) {
    case 'fleet':
      return at(track, at_yr, ofGroups(track, track.fleet, group))
    case 'sales':
      return sumTo(track, at_yr, at_yr - 1, ofGroups(track, track.sales, group))
    case 'cumulativeSales':
      return sumTo(track, at_yr, 0, ofGroups(track, track.sales, group))
    case 'openPorts':
      return at(track, at_yr, single(track.ports))
    case 'closedPorts':
      return at(track, at_yr, single(track.closedPorts))
    case 'allPorts':
      return at(track, at_yr, single(track.ports)) + at(track, at_yr, single(track.closedPorts))
    case 'cables':
      return at(track, at_yr, cable(track.cables))
    case 'fitted':
      return at(track, at_yr, cable(track.attached))
    case 'use':
      return at(track, at_yr, shareOfUse(track, connector))
  }
}
