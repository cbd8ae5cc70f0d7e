import type { Maker } from '../model/domino.ts'
import { runMarket } from '../model/run.ts'
import { type MarketSetup, QUARTERS, type SwitchSetup } from '../model/setup.ts'
import type { MarketTrack } from '../model/track.ts'
import type { MarketYear } from '../scenarios/outcome.ts'
import { type MarketCase, scenarioSetup } from '../scenarios/plan.ts'

/** A state of cars and cables, each a share. */
export interface PhasePoint {
  /** Share of the cars that can change which have the new inlet. */
  readonly fleet_frac: number
  /** Cables of the new connector for each open port. */
  readonly cable_frac: number
}

/** A state, where the model takes it within a year, and where it ends. */
export interface PhaseCell extends PhasePoint {
  readonly toFleet_frac: number
  readonly toCable_frac: number
  readonly endFleet_frac: number
  readonly endCable_frac: number
  /** More than half of those cars have the new inlet in the end. */
  readonly tips: boolean
}

/** How cars and cables pull each other, from every mix of both on the day the data end. */
export interface PhaseMap {
  readonly from: string
  readonly to: string
  readonly connector: string
  readonly fleet_frac: readonly number[]
  readonly cable_frac: readonly number[]
  /** Row by row: cables outside, cars inside. */
  readonly cells: readonly PhaseCell[]
  /** The way of the region, past and scenario. */
  readonly path: readonly (PhasePoint & { readonly year: number })[]
  /** Where the basins meet; empty where every state ends on the same side. */
  readonly border: readonly PhasePoint[]
}

const STEPS = 10
const END_YEARS = 15
const TIPPED = 0.5
/** Makers alike that stand for those of a region; a multiple of the steps, so that every state is a number of them. */
const MAKERS = 2 * STEPS
const LONG_AGO_YEARS = 30

const axis: readonly number[] = Array.from({ length: STEPS + 1 }, (_, at) => at / STEPS)

/** Makers of which a share committed long ago; those that never do are the last. */
function makersAt(fleet_frac: number, { makers }: SwitchSetup, from_yr: number): readonly Maker[] {
  const all = makers.reduce((sum, { weight }) => sum + weight, 0)
  const stubborn = makers.reduce((sum, { weight, never }) => sum + (never ? weight : 0), 0) / all
  const free = Math.round(MAKERS * (1 - stubborn))
  return Array.from({ length: MAKERS }, (_, at) => ({
    id: String(at),
    weight: 1 / MAKERS,
    committed_yr: at < Math.min(free, Math.round(fleet_frac * MAKERS)) ? from_yr - LONG_AGO_YEARS : null,
    never: at >= free,
  }))
}

/** The region with such a mix of cars and cables; its other cables stand as they do. */
function setupAt(setup: MarketSetup, change: SwitchSetup, connector: number, at: PhasePoint): MarketSetup {
  const cars = (setup.groups[change.from]?.stock ?? 0) + (setup.groups[change.to]?.stock ?? 0)
  const stock = new Map([
    [change.from, cars * (1 - at.fleet_frac)],
    [change.to, cars * at.fleet_frac],
  ])
  const cables = Float64Array.from(setup.open.cables)
  cables[connector] = at.cable_frac
  return {
    ...setup,
    groups: setup.groups.map((group, g) => ({ ...group, stock: stock.get(g) ?? group.stock })),
    open: { ...setup.open, cables },
    switch: { ...change, makers: makersAt(at.fleet_frac, change, setup.from_yr) },
  }
}

function pointAt(track: MarketTrack, quarter: number, { from, to }: SwitchSetup, connector: number): PhasePoint {
  const { groups, connectors } = track.setup
  const cars = (g: number): number => track.fleet[quarter * groups.length + g] ?? 0
  const both = cars(from) + cars(to)
  const ports = track.ports[quarter] ?? 0
  return {
    fleet_frac: both > 0 ? cars(to) / both : 0,
    cable_frac: ports > 0 ? (track.cables[quarter * connectors + connector] ?? 0) / ports : 0,
  }
}

function cellAt(setup: MarketSetup, change: SwitchSetup, connector: number, at: PhasePoint): PhaseCell {
  const track = runMarket(setupAt(setup, change, connector, at))
  const [soon, end] = [QUARTERS - 1, setup.quarters - 1].map((quarter) => pointAt(track, quarter, change, connector))
  const [toFleet_frac, toCable_frac] = [soon?.fleet_frac ?? 0, soon?.cable_frac ?? 0]
  const [endFleet_frac, endCable_frac] = [end?.fleet_frac ?? 0, end?.cable_frac ?? 0]
  return { ...at, toFleet_frac, toCable_frac, endFleet_frac, endCable_frac, tips: endFleet_frac > TIPPED }
}

/** In each row the mix of cars at which the end passes one half. */
function borderOf(cells: readonly PhaseCell[]): readonly PhasePoint[] {
  return cells.flatMap((cell, at): PhasePoint[] => {
    const next = cells[at + 1]
    if (!next || next.cable_frac !== cell.cable_frac || cell.tips === next.tips) return []
    const part = (TIPPED - cell.endFleet_frac) / (next.endFleet_frac - cell.endFleet_frac)
    const fleet_frac = cell.fleet_frac + part * (next.fleet_frac - cell.fleet_frac)
    return [{ fleet_frac, cable_frac: cell.cable_frac }]
  })
}

function pathOf(years: readonly MarketYear[], { from, to }: SwitchSetup, connector: number): PhaseMap['path'] {
  return years.map(({ year, fleet, ports, cables }) => {
    const both = (fleet[from] ?? 0) + (fleet[to] ?? 0)
    return {
      year,
      fleet_frac: both > 0 ? (fleet[to] ?? 0) / both : 0,
      cable_frac: ports > 0 ? (cables[connector] ?? 0) / ports : 0,
    }
  })
}

/**
 * The phase map of a scenario: the model run from each mix of cars and cables for a year and for fifteen, by the
 * scenario's rules and without the dates of the makers. Null where no makers can change.
 */
export function phaseMap(one: MarketCase, years: readonly MarketYear[]): PhaseMap | null {
  const setup = scenarioSetup({ ...one, to_yr: one.state.from_yr + END_YEARS })
  const change = setup.switch
  const connector = change ? (setup.groups[change.to]?.inlets[0] ?? -1) : -1
  if (!change || connector < 0) return null
  const cells = axis.flatMap((cable_frac) =>
    axis.map((fleet_frac) => cellAt(setup, change, connector, { fleet_frac, cable_frac })),
  )
  return {
    from: one.region.groups[change.from]?.id ?? '',
    to: one.region.groups[change.to]?.id ?? '',
    connector: one.region.connectors[connector]?.id ?? '',
    fleet_frac: axis,
    cable_frac: axis,
    cells,
    path: pathOf(years, change, connector),
    border: borderOf(cells),
  }
}
