import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HubDescription } from '../description.ts'
import { Setpoints } from '../setpoints.ts'
import { blankMessage, MessageQueue } from './message-queue.ts'
import { csms, perfect, type SightParameters } from './parameters.ts'
import { Sight, type Truth } from './sight.ts'

const DEFAULT_kW = 5
const ARRIVAL = { curve: 2, departure_s: 900, priority: 1 }
const safe: SightParameters = { ...csms, lost_frac: 0, late_frac: 0, siteMeter_s: Number.POSITIVE_INFINITY }

/** Two EVSEs whose true power is what the test sets, and what their stations allow. */
function open(parameters: SightParameters, more: Partial<HubDescription> = {}, uniform = () => 0.5) {
  const at = (id: string) => ({ id, node: 0, rating_kW: 200, default_kW: DEFAULT_kW, floor_kW: 0 })
  const nodes = [{ id: 'site', source: 'site.limit', parent: -1, capacity_kW: 500 }]
  const hub: HubDescription = { nodes, evses: [at('a'), at('b')], policy: 'max-min', otherLoad_kW: 0, ...more }
  const power_kW = [0, 0]
  const allowed_kW = [0, 0]
  const truth: Truth = {
    sample: (evse, into) => {
      into.power_kW = power_kW[evse] ?? 0
      into.current_A = 123.4
      into.soc_frac = 0.5
      into.canTake_kW = 99
    },
    site_kW: () => (power_kW[0] ?? 0) + (power_kW[1] ?? 0),
    allow: (evse, limit_kW) => {
      allowed_kW[evse] = limit_kW
    },
  }
  const sight = new Sight({ hub, parameters, truth, uniform })
  const until = (to_s: number) => {
    while (sight.next_s <= to_s) sight.advance(sight.next_s)
  }
  const setpoints = new Setpoints(2)
  let number = 0
  const command = (now_s: number, limit_kW: number, until_s = now_s + 300) => {
    setpoints.changed[0] = 0
    setpoints.changedCount = 1
    setpoints.number[0] = ++number
    setpoints.limit_kW[0] = limit_kW
    setpoints.until_s[0] = until_s
    sight.command(setpoints, now_s)
  }
  return { sight, readings: sight.readings, power_kW, allowed_kW, until, command }
}

describe('what a management system sees (C21)', () => {
  it('a vehicle half a second after it plugs in, with what is known of it', () => {
    const { sight, readings, until } = open(safe)
    sight.plugIn(0, ARRIVAL, 100)
    until(100.4)
    expect(readings.session[0]).toBe(0)
    until(100.5)
    expect([readings.session[0], readings.curve[0], readings.departure_s[0], readings.priority[0]]).toEqual([
      1, 2, 900, 1,
    ])
    sight.unplug(0, 200)
    until(201)
    expect([readings.session[0], readings.curve[0]]).toEqual([0, -1])
  })

  it('meters every ten seconds, spread over the EVSEs, rounded, while a vehicle is there', () => {
    const { sight, readings, until, power_kW } = open(safe)
    power_kW[0] = 77.777
    power_kW[1] = 11.12
    sight.plugIn(0, ARRIVAL, 0)
    sight.plugIn(1, ARRIVAL, 0)
    until(9)
    expect(readings.measured_s[0]).toBe(Number.NEGATIVE_INFINITY)
    expect(readings.measured_s[1]).toBe(5)
    until(11)
    expect([readings.measured_s[0], readings.measured_s[1]]).toEqual([10, 5])
    expect(readings.power_kW[0]).toBeCloseTo(77.8, 9)
    expect(readings.current_A[0]).toBe(123)
    expect([readings.soc_frac[0], readings.canTake_kW[0]]).toEqual([0.5, Number.NaN])
    sight.unplug(0, 12)
    until(60)
    expect([readings.measured_s[0], readings.measured_s[1]]).toEqual([10, 55])
  })

  it('a command is obeyed after two seconds, confirmed a little later, and over when it expires', () => {
    const { sight, readings, until, command, allowed_kW } = open(safe)
    sight.plugIn(0, ARRIVAL, 0)
    until(1)
    command(10, 80, 60)
    until(11.9)
    expect(allowed_kW[0]).toBe(DEFAULT_kW)
    until(12)
    expect([allowed_kW[0], readings.confirmed[0]]).toEqual([80, 0])
    until(12.2)
    expect([readings.confirmed[0], readings.confirmed_kW[0], readings.confirmedUntil_s[0]]).toEqual([1, 80, 60])
    until(59)
    command(58, 70, 90)
    until(61)
    expect(allowed_kW[0]).toBe(70)
    until(90)
    expect(allowed_kW[0]).toBe(DEFAULT_kW)
  })

  it('a command ends with its session; one that arrives after it is dropped, unless commands outlive sessions', () => {
    for (const limitEndsWithSession of [true, false]) {
      const { sight, readings, until, command, allowed_kW } = open(safe, { limitEndsWithSession })
      sight.plugIn(0, ARRIVAL, 0)
      until(1)
      command(10, 80)
      until(13)
      command(13, 90)
      sight.unplug(0, 14)
      expect(allowed_kW[0]).toBe(limitEndsWithSession ? DEFAULT_kW : 80)
      until(20)
      expect(allowed_kW[0]).toBe(limitEndsWithSession ? DEFAULT_kW : 90)
      expect(readings.confirmed[0]).toBe(limitEndsWithSession ? 1 : 2)
    }
  })

  it('of two commands that overtake each other the younger holds', () => {
    // The first draw says that nothing is late but the first command, by 10 s * ln 2.
    const draws = [1, 0, 0.5, 1, 1, 1]
    const chance = () => draws.shift() ?? 1
    const { sight, until, command, allowed_kW, readings } = open({ ...safe, late_frac: 0.3 }, {}, chance)
    sight.plugIn(0, ARRIVAL, 0)
    until(1)
    command(1, 80)
    command(2, 60)
    until(5)
    expect(allowed_kW[0]).toBe(60)
    until(30)
    expect([allowed_kW[0], readings.confirmed[0]]).toEqual([60, 2])
  })

  it('readings of an ended session are dropped (C22)', () => {
    const draws = [1, 0, 0.99]
    const { sight, until, readings, power_kW } = open({ ...safe, late_frac: 0.3 }, {}, () => draws.shift() ?? 1)
    power_kW[1] = 50
    sight.plugIn(1, ARRIVAL, 0)
    until(7)
    sight.unplug(1, 7)
    sight.plugIn(1, ARRIVAL, 8)
    until(14)
    expect(readings.session[1]).toBe(2)
    until(14.9)
    expect(readings.measured_s[1]).toBe(Number.NEGATIVE_INFINITY)
  })

  it('loses about the part it is told to lose', () => {
    let seed = 1
    const uniform = () => {
      seed = (seed * 48_271) % 0x7fffffff
      return seed / 0x7fffffff
    }
    const { sight, readings, until } = open({ ...safe, lost_frac: 0.2 }, {}, uniform)
    sight.plugIn(0, ARRIVAL, 0)
    let heard = 0
    for (let at_s = 10.3; at_s < 20_000; at_s += 10) {
      until(at_s)
      if ((readings.measured_s[0] ?? 0) > at_s - 1) heard++
    }
    expect(heard / 1999).toBeGreaterThan(0.77)
    expect(heard / 1999).toBeLessThan(0.83)
  })

  it('the site meter, too', () => {
    const { readings, until, power_kW } = open({ ...safe, siteMeter_s: 10 })
    power_kW[0] = 100
    power_kW[1] = 20.04
    until(10.3)
    expect(readings.siteMeasured_s).toBe(10)
    expect(readings.siteMeter_kW).toBeCloseTo(120, 9)
  })
})

describe('perfect sight (C21)', () => {
  it('is the truth at once, with what the vehicle could take', () => {
    const { sight, readings, until, power_kW, command, allowed_kW } = open(perfect)
    power_kW[0] = 12.3456
    sight.plugIn(0, ARRIVAL, 5)
    until(6)
    expect([readings.power_kW[0], readings.measured_s[0], readings.canTake_kW[0]]).toEqual([12.3456, 6, 99])
    command(6, 80)
    sight.advance(6)
    expect([allowed_kW[0], readings.confirmed_kW[0]]).toEqual([80, 80])
  })
})

describe('snapshot', () => {
  it('what is in flight arrives after a restore as it would have', () => {
    const run = open(safe)
    run.sight.plugIn(0, ARRIVAL, 0)
    run.until(1)
    run.command(10, 80, 60)
    const snapshot = run.sight.snapshot()
    const other = open(safe)
    other.sight.restore(snapshot)
    for (const { until, readings, allowed_kW } of [run, other]) {
      until(20.3)
      expect([allowed_kW[0], readings.confirmed_kW[0], readings.measured_s[0]]).toEqual([80, 80, 20])
      until(60)
      expect(allowed_kW[0]).toBe(DEFAULT_kW)
    }
  })
})

describe('the queue of messages', () => {
  it('gives them in the order of time, equal ones in the order they were sent', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 200 }), (times) => {
        const queue = new MessageQueue()
        const message = blankMessage()
        for (const [number, at_s] of times.entries()) {
          message.at_s = at_s
          message.values[0] = number
          queue.push(message)
        }
        const expected = times.map((at_s, number) => [at_s, number] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])
        const found = times.map(() => (queue.pop() ? [queue.out.at_s, queue.out.values[0]] : []))
        expect(found).toEqual(expected)
        expect(queue.pop()).toBe(false)
      }),
    )
  })
})
