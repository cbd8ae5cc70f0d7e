import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../base/problems/index.ts'
import { readWorkload } from './index.ts'
import { faultOffset } from './syntax.ts'

const columns = ['arriveMin', 'outlet', 'plugMin', 'unplugMin', 'capacityKwh', 'socArrive', 'evMaxKw']
const good = {
  name: 'two',
  version: 1,
  start: '2026-06-01T00:00:00Z',
  horizonMin: 1440,
  outletsKw: [150, 350],
  transitionSoc: 0.8,
  efficiency: 1,
  siteLimitKw: null,
  columns,
  sessions: [
    [0, 0, 1, 31, 60, 0.2, 120],
    [5, 1, 5, 25, 80, 0.1, 250],
  ] as unknown[],
}

function problems(change: Record<string, unknown>): Problem[] {
  const checked = readWorkload(JSON.stringify({ ...good, ...change }, null, 1), 'w.json')
  return checked.ok ? [...checked.warnings] : [...checked.problems]
}

const codes = (change: Record<string, unknown>): string[] => problems(change).map(({ code }) => code)
const row = (...cells: unknown[]): { sessions: unknown[] } => ({ sessions: [cells] })

describe('a good file', () => {
  it('comes back in seconds, in the order of plugging in', () => {
    const checked = readWorkload(JSON.stringify({ ...good, sessions: [...good.sessions].reverse() }), 'w.json')
    expect(checked).toMatchObject({ ok: true, warnings: [], value: { duration_s: 86_400, siteLimit_kW: null } })
    expect(checked.ok && checked.value.sessions.map(({ plug_s }) => plug_s)).toEqual([60, 300])
  })
})

describe('what is wrong is told', () => {
  it.each([
    ['a missing column', { columns: columns.slice(1), sessions: [] }, ['workload.missingColumn']],
    ['a column twice', { columns: [...columns, 'outlet'], sessions: [] }, ['workload.duplicateColumn']],
    ['an unknown column', { columns: [...columns, 'colour'], sessions: [] }, ['workload.unknownColumn']],
    ['no columns', { columns: undefined }, ['workload.noColumns']],
    ['no sessions', { sessions: undefined }, ['workload.noSessions']],
    ['no outlets', { outletsKw: [], sessions: [] }, ['workload.noOutlets']],
    ['an outlet without power', { outletsKw: [150, 0] }, ['workload.notAbove']],
    ['no end', { horizonMin: undefined }, ['document.missingKey']],
    ['an end at zero', { horizonMin: 0, sessions: [] }, ['workload.notAbove']],
    ['a later version', { version: 2 }, ['workload.version']],
    ['a limit as text', { siteLimitKw: '1600' }, ['workload.notNumber']],
    ['a negative limit', { siteLimitKw: -5 }, ['workload.notAbove']],
    ['a start without time zone', { start: '2026-06-01' }, ['workload.badStart']],
    ['a name that is no text', { name: 7 }, ['workload.notText']],
    ['an efficiency above 1', { efficiency: 1.1 }, ['document.tooBig']],
    ['a row that is no list', { sessions: [{ outlet: 1 }] }, ['workload.rowNotArray']],
    ['a short row', row(0, 0, 1, 31, 60, 0.2), ['workload.rowLength']],
    ['text for a number', row(0, 0, 1, 31, '60', 0.2, 120), ['workload.notNumber']],
    ['null for a number', row(0, 0, 1, 31, null, 0.2, 120), ['workload.notNumber']],
    ['a negative time', row(-1, 0, 1, 31, 60, 0.2, 120), ['document.tooSmall']],
    ['more than full', row(0, 0, 1, 31, 60, 1.2, 120), ['document.tooBig']],
    ['no battery', row(0, 0, 1, 31, 0, 0.2, 120), ['workload.notAbove']],
    ['an outlet that is not there', row(0, 2, 1, 31, 60, 0.2, 120), ['workload.outletRange']],
    ['half an outlet', row(0, 0.5, 1, 31, 60, 0.2, 120), ['workload.outletRange']],
    ['a plug before arrival', row(5, 0, 1, 31, 60, 0.2, 120), ['workload.plugBeforeArrival']],
    ['an unplug before the plug', row(0, 0, 31, 31, 60, 0.2, 120), ['workload.unplugBeforePlug']],
    ['a stay beyond the end', row(0, 0, 1, 1441, 60, 0.2, 120), ['workload.afterEnd']],
  ] as const)('%s', (_, change, expected) => {
    expect(codes(change)).toEqual(expected)
  })

  it('a stay that does not match its times', () => {
    const change = { columns: [...columns, 'stayMin'], sessions: [[0, 0, 1, 31, 60, 0.2, 120, 29]] }
    expect(codes(change)).toEqual(['workload.stay'])
  })

  it('two vehicles at one outlet, with both rows', () => {
    const sessions = [
      [0, 0, 10, 40, 60, 0.2, 120],
      [0, 0, 1, 11, 60, 0.2, 120],
      [0, 0, 11, 12, 60, 0.2, 120],
    ]
    const [first, second] = problems({ sessions })
    expect(first).toMatchObject({ code: 'workload.overlap', params: { row: 0, other: 1, outlet: 0 } })
    expect(second).toMatchObject({ code: 'workload.overlap', params: { row: 2, other: 0 } })
  })

  it('everything at once, in the order of the text, with line and column', () => {
    const found = problems({
      horizonMin: 'x',
      sessions: [[0, 9, 1, 31, 60, 0.2, 120], 'row', [0, 0, 1, 31, 60, 2, 120]],
    })
    expect(found.map(({ code, at, path }) => [code, at?.line, path])).toEqual([
      ['workload.notNumber', 5, 'horizonMin'],
      ['workload.outletRange', 25, 'sessions[0][1]'],
      ['workload.rowNotArray', 32, 'sessions[1]'],
      ['document.tooBig', 39, 'sessions[2][5]'],
    ])
    expect(found[1]?.at).toEqual({ file: 'w.json', line: 25, column: 4 })
  })

  it('a hundred of many, and how many more', () => {
    const found = problems({ sessions: Array.from({ length: 250 }, () => 'row') })
    expect(found).toHaveLength(101)
    expect(found.at(-1)).toMatchObject({ code: 'workload.more', params: { count: 150 } })
  })
})

describe('text that is no JSON', () => {
  const at = (text: string) => {
    const checked = readWorkload(text, 'w.json')
    return checked.ok ? null : checked.problems[0]
  }

  it('cut off', () => {
    expect(at('{"name": "x",\n "sessions": [[1, 2')).toMatchObject({ code: 'workload.truncated', at: { line: 2 } })
    expect(at('{"name": "x')).toMatchObject({ code: 'workload.truncated', at: { column: 10 } })
    expect(at('')).toMatchObject({ code: 'workload.truncated', at: { line: 1, column: 1 } })
  })

  it('with a fault in the middle', () => {
    expect(at('{"name": "x",\n  oops: 1}')).toMatchObject({ code: 'document.syntax', at: { line: 2, column: 3 } })
    expect(at('{"a": NaN}')).toMatchObject({ code: 'document.syntax', at: { line: 1, column: 7 } })
    expect(at('{"a": [1,\n 2,]}')).toMatchObject({ code: 'document.syntax', at: { line: 2, column: 4 } })
    expect(at('{"a": 1} x')).toMatchObject({ code: 'document.syntax', at: { column: 10 } })
    expect(at('{"a": 01}')).toMatchObject({ code: 'document.syntax', at: { column: 8 } })
    expect(at('{"a": "line\nend"}')).toMatchObject({ code: 'document.syntax', at: { column: 7 } })
  })

  it('not an object', () => {
    expect(at('[1]')).toMatchObject({ code: 'workload.notObject', params: { found: '[1]' } })
    expect(at('null')).toMatchObject({ code: 'workload.notObject' })
  })

  it('a fault is found exactly where a text is not JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (json, where, change) => {
        const at = where % (json.length + 1)
        const text = json.slice(0, at) + change + json.slice(at + 1)
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        // What can be read before the fault can be read with it cut off, too; a valid text is walked to its end.
        if (valid) expect(faultOffset(text)).toBe(text.length)
        else expect(faultOffset(text)).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => !readWorkload(text, 'w.json').ok))
  })
})
