import { describe, expect, it } from 'vitest'
import { layOut, StateStore } from '../../plant/index.ts'
import { defaultSettings, type HubDescription } from './description.ts'
import { Ledger } from './ledger.ts'

const RATING_kW = 200
const DEFAULT_kW = 10
const { clockError_s, validity_s } = defaultSettings

function open(): Ledger {
  const evse = { id: 'e', node: 0, rating_kW: RATING_kW, default_kW: DEFAULT_kW, floor_kW: 0 }
  const nodes = [{ id: 'site', source: 'site.limit', parent: -1, capacity_kW: 500 }]
  const hub: HubDescription = { nodes, evses: [evse], policy: 'max-min', otherLoad_kW: 0 }
  const ledger = new Ledger(layOut({ nodes, places: [evse] }), hub, defaultSettings, new StateStore())
  ledger.startKnown(0, { number: 0, limit_kW: DEFAULT_kW, until_s: Number.NEGATIVE_INFINITY })
  return ledger
}

function bound_kW(ledger: Ledger, now_s: number): number {
  ledger.updateAbove(0, now_s)
  expect(ledger.nodeBound_kW[0]).toBeCloseTo(ledger.bound_kW[0] ?? 0)
  return ledger.bound_kW[0] ?? 0
}

const send = (ledger: Ledger, limit_kW: number, until_s: number) => ({
  number: ledger.send(0, limit_kW, until_s),
  limit_kW,
  until_s,
})

describe('what may be in force (C1)', () => {
  it('a raise from the moment it is sent, until it expires with its answer lost', () => {
    const ledger = open()
    expect(bound_kW(ledger, 0)).toBe(DEFAULT_kW)
    send(ledger, 100, 300)
    expect(bound_kW(ledger, 0)).toBe(100)
    expect(ledger.lowest_kW(0, 0)).toBe(DEFAULT_kW)
    expect(bound_kW(ledger, 300 + clockError_s - 0.1)).toBe(100)
    expect(bound_kW(ledger, 300 + clockError_s)).toBe(DEFAULT_kW)
  })

  it('every open command until a younger one is confirmed, whatever is confirmed in between', () => {
    const ledger = open()
    const first = send(ledger, 100, 300)
    const second = send(ledger, 150, 310)
    const third = send(ledger, 50, 320)
    expect(bound_kW(ledger, 1)).toBe(150)
    expect(ledger.lowest_kW(0, 1)).toBe(DEFAULT_kW)
    ledger.confirm(0, first, 2)
    expect(bound_kW(ledger, 2)).toBe(150)
    expect(ledger.confirm(0, third, 3)).toBe(true)
    expect(ledger.confirm(0, second, 4)).toBe(false)
    ledger.meter(0, 40, 5)
    expect(bound_kW(ledger, 5)).toBe(50)
    expect(ledger.isOpen(0)).toBe(false)
  })

  it('the default in any case', () => {
    const ledger = open()
    ledger.confirm(0, send(ledger, 3, 300), 1)
    ledger.meter(0, 3, 2)
    expect(bound_kW(ledger, 2)).toBe(DEFAULT_kW)
  })

  it('nothing of a session that has ended, answers that come late included', () => {
    const ledger = open()
    const old = send(ledger, 150, 300)
    ledger.endSession(0, 10)
    expect(bound_kW(ledger, 10)).toBe(DEFAULT_kW)
    expect(ledger.confirm(0, old, 11)).toBe(false)
    expect(bound_kW(ledger, 11)).toBe(DEFAULT_kW)
  })

  it('the rating, for a station nothing is known of, as long as commands hold (C4)', () => {
    const ledger = open()
    ledger.startUnknown(0, 1000)
    expect(bound_kW(ledger, 1000)).toBe(RATING_kW)
    expect(bound_kW(ledger, 1000 + validity_s)).toBe(RATING_kW)
    expect(bound_kW(ledger, 1000 + validity_s + clockError_s)).toBe(DEFAULT_kW)
  })
})

describe('a lowering counts when the meter has shown it (C2)', () => {
  const lowered = () => {
    const ledger = open()
    ledger.confirm(0, send(ledger, 100, 300), 1)
    ledger.confirm(0, send(ledger, 40, 400), 50)
    return ledger
  }

  it('not by the answer alone, nor by a reading of before it, nor by one above the limit', () => {
    const ledger = lowered()
    expect(bound_kW(ledger, 50)).toBe(100)
    ledger.meter(0, 30, 50)
    expect(bound_kW(ledger, 51)).toBe(100)
    ledger.meter(0, 60, 55)
    expect(bound_kW(ledger, 55)).toBe(100)
    ledger.meter(0, 40.2, 65)
    expect(bound_kW(ledger, 65)).toBe(40)
  })

  it('or when the command before it has expired', () => {
    const ledger = lowered()
    expect(bound_kW(ledger, 300 + clockError_s - 1)).toBe(100)
    expect(bound_kW(ledger, 300 + clockError_s)).toBe(40)
  })

  it('says when that is', () => {
    const ledger = lowered()
    expect(ledger.expires_s(0)).toBe(300 + clockError_s)
    ledger.meter(0, 40, 60)
    expect(ledger.expires_s(0)).toBe(400 + clockError_s)
  })
})

describe('a draw above all that is allowed (C6)', () => {
  it('counts as measured until a reading shows less; one of before the bound fell does not count', () => {
    const ledger = open()
    ledger.confirm(0, send(ledger, 50, 300), 1)
    bound_kW(ledger, 1)
    expect(ledger.meter(0, 80, 20)).toBe(true)
    expect(bound_kW(ledger, 20)).toBe(80)
    expect(ledger.meter(0, 50, 30)).toBe(false)
    expect(bound_kW(ledger, 30)).toBe(50)
    expect(ledger.meter(0, 80, 25)).toBe(false)
  })
})

describe('what outlasts a moment to come (C5)', () => {
  it('is the highest of the commands that may be in force then', () => {
    const ledger = open()
    send(ledger, 120, 300)
    expect(ledger.later_kW(0, 299)).toBe(120)
    expect(ledger.later_kW(0, 300 + clockError_s)).toBe(DEFAULT_kW)
  })
})
