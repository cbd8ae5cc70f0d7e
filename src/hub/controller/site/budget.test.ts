import { describe, expect, it } from 'vitest'
import { StateStore } from '../../plant/index.ts'
import { Budget } from './budget.ts'
import { defaultSettings, type HubDescription } from './description.ts'
import { Readings } from './readings.ts'
import { reasons } from './reasons.ts'

const { lead_s, validity_s, clockError_s, stale_s } = defaultSettings

function open(otherLoad_kW = 50) {
  const nodes = [{ id: 'site', source: 'site.limit', parent: -1, capacity_kW: 1000 }]
  const hub: HubDescription = { nodes, evses: [], policy: 'max-min', otherLoad_kW }
  const budget = new Budget(hub, defaultSettings, new StateStore())
  const readings = new Readings(0)
  const at = (now_s: number, bound_kW = 0) => {
    budget.update(readings, now_s, bound_kW)
    return budget.capacity_kW
  }
  const schedule = (...steps: [from_s: number, limit_kW: number][]) => {
    readings.scheduleCount = steps.length
    readings.scheduleFrom_s.set(steps.map(([from_s]) => from_s))
    readings.schedule_kW.set(steps.map(([, limit_kW]) => limit_kW))
  }
  const meter = (measured_s: number, power_kW: number) => {
    readings.siteMeasured_s = measured_s
    readings.siteMeter_kW = power_kW
  }
  return { budget, readings, at, schedule, meter, why: () => reasons[budget.reason] }
}

describe('what EVSEs may draw in all', () => {
  it('the limit of the description or a lower one that is read, less other load as read or as described', () => {
    const { at, readings } = open()
    expect(at(0)).toBe(950)
    readings.siteLimit_kW = 600
    readings.otherLoad_kW = 20
    expect(at(1)).toBe(580)
    readings.siteLimit_kW = 5000
    readings.otherLoad_kW = Number.NaN
    expect(at(2)).toBe(950)
    readings.siteLimit_kW = 10
    expect(at(3)).toBe(0)
  })
})

describe('a lower limit announced (C5)', () => {
  it('is heeded ahead, and no longer than it holds', () => {
    const { at, schedule, why } = open()
    schedule([1000, 400], [2000, 900])
    expect(at(1000 - lead_s - 1)).toBe(950)
    expect(at(1000 - lead_s)).toBe(350)
    expect(why()).toBe('controller.limitAhead')
    expect(at(1500)).toBe(350)
    expect(why()).toBe('controller.free')
    expect(at(1999)).toBe(350)
    expect(at(2000)).toBe(850)
  })

  it('bounds what commands may outlast it, from the moment they could', () => {
    const { at, schedule, budget } = open()
    schedule([1000, 400], [1100, 300])
    at(1000 - validity_s - clockError_s - 1)
    expect(budget.step_s).toBe(Number.POSITIVE_INFINITY)
    at(1000 - validity_s - clockError_s)
    expect([budget.step_s, budget.stepCapacity_kW]).toEqual([1000, 350])
    at(1000 - lead_s)
    expect([budget.step_s, budget.stepCapacity_kW]).toEqual([1000, 250])
    at(1000)
    expect([budget.step_s, budget.stepCapacity_kW]).toEqual([1100, 250])
    at(1100)
    expect(budget.step_s).toBe(Number.POSITIVE_INFINITY)
  })

  it('that is no number is none', () => {
    const { at, schedule, budget } = open()
    schedule([100, Number.NaN], [200, 400])
    expect(at(150)).toBe(950)
    expect(budget.step_s).toBe(200)
    expect(at(190)).toBe(350)
  })

  it('says when to look again', () => {
    const { budget, readings, schedule } = open()
    schedule([1000, 400])
    const horizon_s = 1000 - validity_s - clockError_s
    expect(budget.due_s(readings, 0)).toBe(horizon_s)
    expect(budget.due_s(readings, horizon_s)).toBe(1000 - lead_s)
    expect(budget.due_s(readings, 1000 - lead_s)).toBe(1000)
    expect(budget.due_s(readings, 1000)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('what the site meter shows and nothing explains (C6)', () => {
  it('is taken off for a minute after it was last seen', () => {
    const { at, meter, why } = open()
    at(0, 500)
    meter(1, 640)
    expect(at(1, 500)).toBe(950 - 90)
    expect(why()).toBe('controller.unaccounted')
    meter(30, 600)
    expect(at(30, 500)).toBe(950 - 90)
    expect(at(89, 500)).toBe(950 - 90)
    expect(at(90, 500)).toBe(950)
  })

  it('limits of a moment ago explain a reading of a moment ago', () => {
    const { at, meter } = open()
    at(0, 500)
    at(1, 300)
    meter(2, 540)
    expect(at(2, 300)).toBe(950)
    at(17, 300)
    at(34, 300)
    meter(35, 540)
    expect(at(35, 300)).toBeLessThan(950)
  })

  it('no reading, a strange one or one from the future change nothing; a meter that was there is missed', () => {
    const { at, meter, why } = open()
    meter(1, Number.NaN)
    expect(at(1)).toBe(950)
    meter(1000, 900)
    expect(at(2)).toBe(950)
    expect(why()).toBe('controller.free')
    meter(3, 0)
    at(3)
    at(4 + stale_s)
    expect(why()).toBe('controller.siteMeterMissing')
  })
})
