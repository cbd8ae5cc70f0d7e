import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { crowdChanges, siteChanges } from './site-changes.ts'

const text = readFileSync(new URL('../../../../examples/us-highway.yaml', import.meta.url), 'utf8')
const sourceOf = (changed: string) => ({ file: 'hub.yaml', text: changed, catalogue: [] })

/** Changes after replacing parts of the example, each of which must be there. */
function changesAfter(...replaced: readonly (readonly [string | RegExp, string])[]) {
  const changed = replaced.reduce((all, [from, to]) => {
    const next = all.replace(from, to)
    if (next === all) throw new Error(`nothing to replace: ${from}`)
    return next
  }, text)
  return siteChanges(sourceOf(text), sourceOf(changed))
}

describe('differences of two site files', () => {
  it('are none of a file with itself, another name, comments or order of keys', () => {
    expect(changesAfter()).toEqual([])
    expect(changesAfter(['name: Desert Junction', 'name: Elsewhere'], [/^#.*\n/gm, ''])).toEqual([])
    expect(changesAfter(['{ id: row-nacs, max_kW: 1250 }', '{ max_kW: 1250, id: row-nacs }'])).toEqual([])
  })

  it('name the value by the ids of its parts', () => {
    const changes = changesAfter(['import_kW: 1500', 'import_kW: 1800'], ['max_kW: 1250', 'max_kW: 1300'])
    expect(changes).toEqual([
      { path: 'grid.import_kW', from: '1500', to: '1800' },
      { path: 'circuits[row-nacs].max_kW', from: '1250', to: '1300' },
    ])
  })

  it('tell parts that were added and taken away', () => {
    const changes = changesAfter([/ {2}- \{ id: nacs,.*\n/, '  - { id: extra, product: ea_350, circuit: row-ccs }\n'])
    expect(changes.map(({ path, from, to }) => [path, from === null, to === null])).toEqual([
      ['stations[nacs]', false, true],
      ['stations[extra]', true, false],
    ])
    expect(changes[1]?.to).toContain('ea_350')
  })

  it('see a default that is stated as the same', () => {
    expect(changesAfter(['currency: USD', 'currency: USD\npolicy: max-min'])).toEqual([])
    expect(changesAfter(['currency: USD', 'currency: USD\npolicy: fifo'])).toEqual([
      { path: 'policy', from: 'max-min', to: 'fifo' },
    ])
  })

  it('see another order of the fleet, which brings other vehicles', () => {
    const rows = [...text.matchAll(/ {4}- \{ vehicle: (chevrolet-bolt-2017|vw-id4-77-2021),.*\n/g)].map(([row]) => row)
    const changes = changesAfter([rows.join(''), rows.toReversed().join('')])
    expect(changes.map(({ path }) => path)).toEqual(['demand.fleet'])
    expect(crowdChanges(changes)).toHaveLength(1)
  })

  it('refuse a file that is not sound', () => {
    expect(() => siteChanges(sourceOf(text), sourceOf('version: 1'))).toThrow('sound before')
  })
})

describe('another crowd', () => {
  it.each([
    ['sessions_perDay: 300', 'sessions_perDay: 310'],
    ['timezone: America/Los_Angeles', 'timezone: America/Denver'],
    ['country: US', 'country: CA'],
    ['currency: USD', 'currency: USD\nmarket: EU'],
    ['share_frac: 0.22', 'share_frac: 0.22, usable_kWh: 70'],
  ] as const)('comes after %s became %s', (from, to) => {
    expect(crowdChanges(changesAfter([from, to]))).toHaveLength(1)
  })

  it.each([
    ['import_kW: 1500', 'import_kW: 100'],
    ['places: 8', 'places: 2'],
    ['currency: USD', 'currency: USD\npolicy: fifo'],
    ['share_frac: 0.22', 'share_frac: 0.22, priority: 3'],
    ['  queue:', '  maxStay_min: 60\n  queue:'],
    ['latitude_deg: 34.9', 'latitude_deg: 35'],
  ] as const)('does not come after %s became %s', (from, to) => {
    const changes = changesAfter([from, to])
    expect(changes).toHaveLength(1)
    expect(crowdChanges(changes)).toEqual([])
  })

  it.each([
    ['sessions_perDay: 300', 'sessions_perDay: 310', ['fitted', 'replayed']],
    [/ {2}target: \{.*/, '  energy: { mean_kWh: 30, distribution: constant }', ['fitted', 'replayed']],
    [/overstay: \{ mean_min: \d+/, 'overstay: { mean_min: 99', ['replayed']],
    ['share_frac: 0.22', 'share_frac: 0.22, usable_kWh: 70', []],
    [/ {2}arrival: \{ mean_frac: [\d.]+/, '  arrival: { mean_frac: 0.33', []],
  ] as const)('of a recording does not come from what the recording says: %s', (from, to, same) => {
    const changes = changesAfter([from, to])
    expect(crowdChanges(changes).length).toBeGreaterThan(0)
    const none = (['fitted', 'replayed'] as const).filter((by) => crowdChanges(changes, by).length === 0)
    expect(none).toEqual(same)
  })
})
