import { describe, expect, it } from 'vitest'
import { frozenSnapshot, type MarketCase, phaseMap, scenarioNamed, studyOf } from '../index.ts'

const { calibration } = frozenSnapshot()

function caseOf(id: string): MarketCase {
  const loaded = scenarioNamed(id)
  if (!loaded?.ok) throw new Error(`${id} is not there`)
  return loaded.value
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const us = caseOf('us-nacs-domino')
const study = studyOf(us, 0, 1)

describe('what a study tells beside its years', () => {
  it('the past joins the scenario without a jump, at the last counts', () => {
    const last = study.past.at(-1)
    expect(last?.year).toBe((study.years[0]?.year ?? 0) - 1)
    expect(sum(last?.fleet ?? [])).toBeCloseTo(sum(us.state.fleet), 3)
    expect(last?.ports).toBeCloseTo(us.state.ports, 3)
    expect(last?.closedPorts).toBeCloseTo(us.state.closedPorts, 3)
    expect(last?.committed_frac).toBeGreaterThan(0.99)
    expect(study.past.at(-2)?.committed_frac).toBe(0)
  })

  it('the past is what was counted: the cars of every year the register knows, within a tenth', () => {
    const counted = study.history.find(({ id }) => id === 'us.fleet.bev.iea')
    for (const { date, value } of counted?.points.slice(5) ?? []) {
      const year = study.past.find((one) => one.year === Number(date.slice(0, 4)))
      expect(Math.abs(Math.log(sum(year?.fleet ?? []) / value))).toBeLessThan(0.25)
    }
  })

  it('counted series say whether the laws were fitted to them, tables become shares by connector', () => {
    const of = (id: string) => study.history.filter((one) => one.id === id)
    expect(of('us.outlets.ccs1')).toMatchObject([{ what: 'cables', of: 'ccs1', used: true }])
    expect(of('us.sales.ccs1')).toMatchObject([{ what: 'sales', of: 'ccs', used: false }])
    const newPorts = of('us-ny.newports.by_connector')
    expect(newPorts.map((one) => one.of)).toContain('chademo')
    for (const { points } of newPorts) for (const { value } of points) expect(value).toBeLessThanOrEqual(1)
    const named = new Set(study.history.flatMap(({ points }) => points.map(({ source }) => source)))
    expect(Object.keys(study.sources).sort()).toEqual([...named].sort())
  })

  it('events name the maker they move, and a scenario adds its rules', () => {
    const makers = study.events.filter(({ kind }) => kind === 'oem-commit')
    expect(makers).toHaveLength(14)
    expect(makers.every(({ maker }) => maker !== null)).toBe(true)
    const held = studyOf(caseOf('us-ccs1-mandate-holds'), 0, 1).events
    const forgetful = { ...us, scenario: { ...us.scenario, switch: { never: [], forget: true } } }
    expect(studyOf(forgetful, 0, 1).events.filter(({ kind }) => kind === 'oem-commit')).toEqual([])
    expect(held.filter(({ isForecast }) => isForecast).map(({ kind }) => kind)).toContain('rule')
    expect(studyOf(caseOf('us-never-opened'), 0, 1).events.map(({ kind }) => kind)).toContain('opened')
    expect([...held].sort((a, b) => a.at_yr - b.at_yr)).toEqual(held)
  })

  it('a region written out has neither past nor history', () => {
    const trucks = studyOf(caseOf('trucks-mcs'), 0, 1)
    expect([trucks.past, trucks.history, trucks.events.filter(({ isForecast }) => !isForecast)]).toEqual([[], [], []])
    expect(phaseMap(trucks.one, trucks.years)).toBeNull()
  })

  it('assumptions list every parameter, fitted ones with what the fit leaves open', () => {
    expect(study.assumptions).toHaveLength(Object.keys(calibration.parameters).length)
    for (const { kind, sd } of study.assumptions) expect(sd === null).toBe(kind === 'assumed')
  })
})

describe('phase map', () => {
  const map = phaseMap(us, [...study.past, ...study.years])

  it('spans all mixes; shares are shares, and where the plug is open all ways lead to it', () => {
    expect(map).toMatchObject({ from: 'ccs', to: 'nacs-new', connector: 'nacs', border: [] })
    expect(map?.cells).toHaveLength(121)
    for (const { toFleet_frac, endFleet_frac, toCable_frac, endCable_frac, tips } of map?.cells ?? []) {
      for (const part of [toFleet_frac, endFleet_frac, toCable_frac, endCable_frac]) {
        expect(part).toBeGreaterThanOrEqual(0)
        expect(part).toBeLessThanOrEqual(1 + 1e-9)
      }
      expect(tips).toBe(true)
    }
  })

  it('more cars with the inlet never end with fewer, and more of them want more cables', () => {
    const cells = map?.cells ?? []
    cells.forEach((cell, at) => {
      const next = cells[at + 1]
      if (!next || next.cable_frac !== cell.cable_frac) return
      expect(next.endFleet_frac).toBeGreaterThanOrEqual(cell.endFleet_frac - 1e-9)
      expect(next.endCable_frac).toBeGreaterThanOrEqual(cell.endCable_frac - 1e-9)
    })
  })

  it('has a border of basins where makers cannot move, and none is crossed where a rule holds them', () => {
    const closed = caseOf('us-never-opened')
    const border = phaseMap(closed, [])?.border ?? []
    expect(border).toHaveLength(11)
    const held = caseOf('us-ccs1-mandate-holds')
    expect(phaseMap(held, [])?.cells.some(({ tips }) => tips)).toBe(false)
  })

  it('carries the way of the region', () => {
    expect(map?.path).toHaveLength(study.past.length + study.years.length)
    const end = study.years.at(-1)
    const both = (end?.fleet[1] ?? 0) + (end?.fleet[2] ?? 0)
    expect(map?.path.at(-1)?.fleet_frac).toBeCloseTo((end?.fleet[2] ?? 0) / both, 12)
  })
})
