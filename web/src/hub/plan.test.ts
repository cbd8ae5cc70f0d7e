import { expect, test } from 'vitest'
import { BOX, type HubPlan, layOut } from './plan.ts'

const evses = (station: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `${station}/${at + 1}`,
    connectors: [{ id: `${station}/${at + 1}/1`, standard: 'ccs2' }],
  }))
const plan: HubPlan = {
  name: 'A',
  timezone: 'UTC',
  import_kW: 1000,
  circuits: [
    { id: 'row', parent: null, max_kW: 600 },
    { id: 'end', parent: 'row', max_kW: 200 },
  ],
  cabinets: [{ id: 'cab', circuit: 'row', power_kW: 480, module_kW: 40 }],
  stations: [
    { id: 'a', cabinet: 'cab', circuit: null, evses: evses('a', 2) },
    { id: 'b', cabinet: null, circuit: 'end', evses: evses('b', 1) },
    { id: 'c', cabinet: null, circuit: null, evses: evses('c', 1) },
  ],
}

test('every part is drawn once and fed by what feeds it', () => {
  const { boxes, rows, feeds } = layOut(plan)
  expect(boxes.map(({ key }) => key).sort()).toEqual(['cabinet cab', 'circuit end', 'circuit row', 'grid'])
  expect(rows.map(({ evse }) => evse.id).sort()).toEqual(['a/1', 'a/2', 'b/1', 'c/1'])
  expect(feeds.map(({ from, to }) => `${from} > ${to}`).sort()).toEqual([
    'cabinet cab > evse a/1',
    'cabinet cab > evse a/2',
    'circuit end > evse b/1',
    'circuit row > cabinet cab',
    'circuit row > circuit end',
    'grid > circuit row',
    'grid > evse c/1',
  ])
})

const posts: HubPlan = {
  ...plan,
  cabinets: ['p', 'q', 'r'].map((id) => ({ id, circuit: null, power_kW: 150, module_kW: null })),
  stations: ['p', 'q', 'r'].map((id) => ({ id, cabinet: id, circuit: null, evses: evses(id, 1) })),
}

test.each([plan, posts])('lines run to the right, and boxes of a column do not overlap', (hub) => {
  const { boxes, rows, feeds, height } = layOut(hub)
  for (const { x1, x2 } of feeds) expect(x2).toBeGreaterThan(x1)
  for (const a of boxes) {
    for (const b of boxes) {
      if (a !== b && a.x === b.x) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(BOX.height)
    }
  }
  const ys = rows.map(({ y }) => y)
  expect(new Set(ys).size).toBe(ys.length)
  expect(Math.max(...ys)).toBeLessThan(height)
})

test('a hub without stations is drawn', () => {
  expect(layOut({ ...plan, circuits: [], cabinets: [], stations: [] }).boxes).toHaveLength(1)
})
