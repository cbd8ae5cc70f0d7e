import { describe, expect, it } from 'vitest'
import { loadSite } from '../../site/index.ts'
import { builtInCatalogue } from '../../standards/index.ts'
import { compileHub } from './index.ts'

function hubOf(equipment: string, more = '') {
  const head = `version: 1
name: hub
timezone: America/New_York
location: { latitude_deg: 40, longitude_deg: -75, country: US }
currency: USD
grid: { import_kW: 900 }
${more}`
  const checked = loadSite(`${head}\n${equipment}`, 'hub.yaml', builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return compileHub(checked.value)
}

describe('compiling a site', () => {
  it('makes a tree of grid connection, circuits and cabinets with one place a connector', () => {
    const { model, live, connectors } = hubOf(`circuits:
  - { id: main, max_kW: 800 }
  - { id: row, parent: main, max_kW: 300 }
cabinets:
  - { id: v4, product: tesla_sc_v4cab, circuit: row, stations: 2 }
stations:
  - { id: post, product: ea_350, circuit: main }
  - { id: own, circuit: main, evses: [{ live: 2, connectors: [{ connector: ccs1, maxVoltage_V: 1000, maxCurrent_A: 200, maxPower_kW: 350 }, { connector: nacs, maxVoltage_V: 500, maxPower_kW: 150 }] }] }`)
    const nodes = model.nodes.map(({ source, parent, capacity_kW }) => [source, parent, capacity_kW])
    expect(nodes).toEqual([
      ['site.limit', -1, 900],
      ['circuit.main', 0, 800],
      ['circuit.row', 1, 300],
      ['cabinet.v4', 2, 1200],
      ['cabinet.post', 1, 350],
    ])
    const places = model.places.map(({ node, rating_kW }) => [node, rating_kW])
    expect(places).toEqual([
      [3, 500],
      [3, 500],
      [4, 350],
      [4, 50],
      [1, 200],
      [1, 150],
    ])
    expect(connectors.map(({ evseNumber }) => evseNumber)).toEqual([0, 1, 2, 2, 3, 3])
    expect(live).toEqual([1, 1, 1, 2])
  })

  it('derates cabinets in hot air by the table of the product', () => {
    const cabinet = (ambient: number): number | undefined =>
      hubOf('stations: [{ id: post, product: abb_terra_184 }]', `ambient_degC: ${ambient}`).model.nodes.at(-1)
        ?.capacity_kW
    expect(cabinet(20)).toBe(180)
    expect(cabinet(40)).toBeCloseTo(0.9 * 180, 9)
    expect(cabinet(50)).toBeCloseTo(0.75 * 180, 9)
  })
})
