import { salesHow } from '../calibrate/fit.ts'
import { historicSetup, prepareRegion } from '../calibrate/region-setup.ts'
import { defaultStyle } from '../calibrate/style.ts'
import { runMarket } from '../model/run.ts'
import { type MarketYear, yearsOf } from '../scenarios/outcome.ts'
import { type MarketCase, makersOf } from '../scenarios/plan.ts'

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Factors that carry a run through history to what was counted at its end. */
interface Scale {
  readonly cars: number
  readonly ports: number
  readonly closedPorts: number
}

const ratio = (counted: number, modelled: number): number => (modelled > 0 ? counted / modelled : 1)

function scaled(year: MarketYear, { cars, ports, closedPorts }: Scale): MarketYear {
  const by = (factor: number) => (value: number) => value * factor
  return {
    ...year,
    ...{ fleet: year.fleet.map(by(cars)), sales: year.sales.map(by(cars)) },
    ...{ ports: year.ports * ports, newPorts: year.newPorts * ports },
    ...{ closedPorts: year.closedPorts * closedPorts, newClosedPorts: year.newClosedPorts * closedPorts },
    ...{ cables: year.cables.map(by(ports)), newCables: year.newCables.map(by(ports)) },
    addedCables: year.addedCables.map(by(ports)),
    redundantCables: year.redundantCables * ports,
    strandedCables: year.strandedCables * ports,
  }
}

/** Share of the makers' sales that had committed by the end of a year, by the dates. */
function committedBy(one: MarketCase, end_yr: number): number {
  const makers = makersOf(one)
  const done = makers.filter(({ committed_yr, never }) => !never && committed_yr !== null && committed_yr <= end_yr)
  const all = sum(makers.map(({ weight }) => weight))
  return all > 0 ? sum(done.map(({ weight }) => weight)) / all : 0
}

/**
 * The years before a scenario: the model driven by the sales that were counted, scaled to the last counts of cars and
 * ports. An estimate where no register told cars or cables apart. Empty for a region that no history tells of.
 */
export function pastOf(one: MarketCase): readonly MarketYear[] {
  const { history, base, state, calibration } = one
  if (!history) return []
  const { parameters } = calibration
  const how = salesHow(calibration, defaultStyle)
  const levels = calibration.levels[base.id] ?? { open: -3, closed: -3 }
  const years = yearsOf(
    runMarket(historicSetup(prepareRegion(base, history, state.from_yr, how), parameters, levels)),
  ).filter(({ year }) => year + 1 <= state.from_yr)
  const last = years[years.length - 1]
  if (!last) return []
  const isWhole = last.year + 1 === state.from_yr
  const scale: Scale = isWhole
    ? {
        cars: ratio(sum(state.fleet), sum(last.fleet)),
        ports: ratio(state.ports, last.ports),
        closedPorts: ratio(state.closedPorts, last.closedPorts),
      }
    : { cars: 1, ports: 1, closedPorts: 1 }
  return years
    .filter(({ fleet }) => sum(fleet) > 0)
    .map((year) => ({ ...scaled(year, scale), committed_frac: committedBy(one, year.year + 1) }))
}
