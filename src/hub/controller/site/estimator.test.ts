import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut, StateStore } from '../../plant/index.ts'
import { CurveTable } from './curves.ts'
import { defaultSettings, type HubDescription } from './description.ts'
import { Estimator } from './estimator.ts'
import { Ledger } from './ledger.ts'

const RATING_kW = 300
const nothing = { soc_frac: Number.NaN, canTake_kW: Number.NaN, curve: -1, cable_degC: Number.NaN }
const curve: readonly (readonly [number, number])[] = [
  [0, 200],
  [0.5, 200],
  [1, 0],
]

/** One EVSE whose limit is what it is said to be, and a vehicle that takes what it is told to be able to. */
class Bay {
  readonly ledger: Ledger
  readonly estimator: Estimator
  now_s = 0
  limit_kW = 0

  constructor() {
    const evse = { id: 'e', node: 0, rating_kW: RATING_kW, default_kW: 5, floor_kW: 0 }
    const nodes = [{ id: 'site', source: 'site.limit', parent: -1, capacity_kW: 500 }]
    const hub: HubDescription = { nodes, evses: [evse], policy: 'max-min', otherLoad_kW: 0, curves: [curve] }
    const network = layOut({ nodes, places: [evse] })
    const store = new StateStore()
    this.ledger = new Ledger(network, hub, defaultSettings, store)
    this.ledger.startKnown(0, { number: 0, limit_kW: 5, until_s: Number.NEGATIVE_INFINITY })
    this.estimator = new Estimator(network, hub, { settings: defaultSettings, ledger: this.ledger }, store)
    this.estimator.begin(0, 1, 0)
  }

  setLimit(limit_kW: number): void {
    this.limit_kW = limit_kW
    const number = this.ledger.send(0, limit_kW, this.now_s + 300)
    this.ledger.confirm(0, { number, limit_kW, until_s: this.now_s + 300 }, this.now_s)
  }

  /** Ten seconds later the meter is read. */
  meter(could_kW: number): number {
    this.now_s += 10
    const power_kW = Math.min(could_kW, this.limit_kW)
    this.ledger.meter(0, power_kW, this.now_s)
    this.estimator.meter(0, power_kW, this.now_s)
    return this.want_kW()
  }

  want_kW(): number {
    this.estimator.estimate(0, this.now_s)
    return this.estimator.want_kW[0] ?? 0
  }
}

describe('what a vehicle can take (C10)', () => {
  it('all of its EVSE, until it has shown a bound; then that and a margin', () => {
    const bay = new Bay()
    expect(bay.want_kW()).toBe(RATING_kW)
    bay.setLimit(60)
    expect(bay.meter(90)).toBe(RATING_kW)
    bay.setLimit(200)
    expect(bay.meter(90)).toBeCloseTo(90 + 0.02 * 90)
  })

  it('a reading of before the vehicle could follow a raise shows no bound', () => {
    const bay = new Bay()
    bay.setLimit(60)
    bay.meter(90)
    bay.now_s += 8
    bay.setLimit(200)
    bay.now_s -= 8
    expect(bay.meter(70)).toBe(RATING_kW)
  })

  it('is not waited for when it draws nothing for long', () => {
    const bay = new Bay()
    bay.setLimit(200)
    expect(bay.meter(0)).toBe(RATING_kW)
    bay.now_s = defaultSettings.startUp_s
    expect(bay.want_kW()).toBe(defaultSettings.probe_kW)
    expect(bay.estimator.due_s(0, 0)).toBe(defaultSettings.startUp_s)
  })
})

describe('the search for more (C11)', () => {
  it('steps double while they are filled, and begin anew after one that is not', () => {
    const bay = new Bay()
    bay.setLimit(100)
    let want_kW = bay.meter(50)
    const wants: number[] = []
    for (let i = 0; i < 4; i++) {
      bay.setLimit(want_kW)
      want_kW = bay.meter(400)
      wants.push(want_kW)
    }
    const steps = wants.map((kW, i) => kW / 1.02 - (wants[i - 1] ?? 51))
    expect(steps[1]).toBeCloseTo(2 * (steps[0] ?? 0), -1)
    expect(steps[2]).toBeCloseTo(2 * (steps[1] ?? 0), -1)
    bay.setLimit(want_kW)
    expect(bay.meter(110)).toBeCloseTo(110 * 1.02)
  })

  it('finds every bump of a curve within a few readings, and never asks for much more than twice what it can take', () => {
    const bumps = fc.array(fc.integer({ min: 20, max: 290 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(bumps, (plateaus_kW) => {
        const bay = new Bay()
        bay.setLimit(RATING_kW)
        for (const could_kW of plateaus_kW) {
          let want_kW = 0
          for (let reading = 0; reading < 8; reading++) {
            want_kW = bay.meter(could_kW)
            expect(want_kW).toBeLessThanOrEqual(RATING_kW)
            bay.setLimit(want_kW)
          }
          expect(want_kW).toBeGreaterThanOrEqual(could_kW)
          expect(want_kW).toBeLessThan(2 * could_kW + 2 * defaultSettings.probe_kW)
        }
      }),
    )
  })

  it('no step while the limit is below what it is known to take, nor with a hot cable', () => {
    const bay = new Bay()
    bay.setLimit(200)
    const known_kW = bay.meter(100)
    bay.setLimit(60)
    expect(bay.meter(100)).toBe(known_kW)
    bay.setLimit(known_kW)
    bay.estimator.tell(0, { ...nothing, cable_degC: 90 })
    expect(bay.meter(200)).toBe(known_kW)
    bay.estimator.tell(0, nothing)
    expect(bay.meter(200)).toBeGreaterThan(known_kW)
  })
})

describe('what bounds it (C12)', () => {
  it('a falling draw is followed ahead', () => {
    const bay = new Bay()
    bay.setLimit(300)
    bay.meter(200)
    bay.meter(190)
    expect(bay.meter(180)).toBeLessThan(180)
    expect(bay.meter(180)).toBeCloseTo(180 * 1.02)
  })

  it('its curve at its state of charge, scaled to its draw', () => {
    const bay = new Bay()
    bay.estimator.tell(0, { ...nothing, soc_frac: 0.75, curve: 0 })
    expect(bay.want_kW()).toBeCloseTo(100 * 1.02)
    bay.setLimit(300)
    for (let i = 0; i < 9; i++) bay.meter(110)
    bay.estimator.tell(0, { ...nothing, soc_frac: 0.9, curve: 0 })
    expect(bay.want_kW()).toBeCloseTo(44 * 1.02, 0)
  })

  it('a curve that is far off counts no more', () => {
    const bay = new Bay()
    bay.estimator.tell(0, { ...nothing, soc_frac: 0.75, curve: 0 })
    bay.setLimit(300)
    expect(bay.meter(250)).toBeCloseTo(250 * 1.02)
  })

  it('its own word', () => {
    const bay = new Bay()
    bay.estimator.tell(0, { ...nothing, canTake_kW: 77 })
    expect(bay.want_kW()).toBe(77)
    bay.estimator.tell(0, { ...nothing, canTake_kW: 500 })
    expect(bay.want_kW()).toBe(RATING_kW)
    bay.estimator.tell(0, { ...nothing, canTake_kW: -5, soc_frac: 7, curve: 99 })
    expect(bay.want_kW()).toBe(RATING_kW)
  })
})

describe('charge curves', () => {
  it('are linear between points and constant outside; of two points at one state of charge the later counts', () => {
    const jump: readonly (readonly [number, number])[] = [
      [0.2, 50],
      [0.4, 100],
      [0.4, 60],
    ]
    const table = new CurveTable([curve, jump])
    expect([0, 0.75, 1, 1.2].map((soc) => table.power_kW(0, soc))).toEqual([200, 100, 0, 0])
    expect([0, 0.3, 0.4, 0.9].map((soc) => table.power_kW(1, soc))).toEqual([50, 75, 60, 60])
  })
})
