import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInCatalogue } from '../../standards/index.ts'
import {
  adjustTime_s,
  CONTACTOR_STATE,
  ContactorPosition,
  cableCheckLimits,
  cableCheckVoltage_V,
  closeContactor,
  conducts,
  currentError_A,
  detectionWindow,
  drawnSetUp_s,
  faultLimit_ohm,
  gbtLimits,
  IEC_EARTH_LOST_s,
  insulationRules,
  insulationVerdict,
  looksWelded,
  MESSAGE_TIMEOUTS,
  mayClose,
  mayOpen,
  meanTimeToTimeout_s,
  meltingShare,
  meltingTime_s,
  messageLoss,
  modulesWithin,
  observeSustained,
  openContactor,
  overVoltageLevel_V,
  parallel_ohm,
  passesShortCircuitTest,
  plausibility,
  REST_A,
  rampHeat_s,
  readResistance_ohm,
  resetContactor,
  resetSustained,
  settleContactor,
  setUpTime,
  shortCircuitTest,
  shortCurrent_A,
  spread_V,
  stopWithin_s,
  sustainedAt_s,
  watchedMessages,
  weldByClosing,
  weldByOpening,
  yCapacitance_F,
} from './index.ts'

const monitor = {
  fastUpTo_ohm: 100_000,
  fast_s: 1,
  other_s: 10,
  sample_s: 0.5,
  selfTest_s: 30,
  maxLeakage_F: 5e-6,
  chademoLeakage_F: 1.6e-6,
}
const contactor = { close_s: 0.05, open_s: 0.03, makeMismatch_V: 20, breakCurrent_A: 5, cycles: 1e6 }
const filter = { yCapacitance_F: 1e-7, messageLoss_frac: 0.1 }

describe('P1 insulation', () => {
  test('a verdict never gets better with less resistance or more voltage', () => {
    const rank = ['ok', 'warning', 'fault']
    const resistance = fc.double({ min: 1, max: 1e6, noNaN: true })
    const voltage = fc.double({ min: 50, max: 1500, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(insulationRules)), resistance, voltage, (rule, ohm, volt) => {
        const here = rank.indexOf(insulationVerdict(rule, ohm, volt))
        expect(rank.indexOf(insulationVerdict(rule, ohm / 2, volt))).toBeGreaterThanOrEqual(here)
        expect(rank.indexOf(insulationVerdict(rule, ohm, volt * 2))).toBeGreaterThanOrEqual(here)
        if (ohm < faultLimit_ohm(rule, volt)) expect(here).toBe(2)
      }),
    )
  })

  test('resistances side by side', () => {
    expect(parallel_ohm([300_000, 150_000])).toBeCloseTo(100_000, 6)
    expect(parallel_ohm([1e6])).toBeCloseTo(1e6, 6)
  })

  test('P2 a fault is told no sooner than R C and no later than the monitor and a sample', () => {
    const fault = { resistance_ohm: 100_000, oneSided: true }
    const told = detectionWindow(monitor, fault, 5e-6)
    expect(told.earliest_s).toBeCloseTo(0.5, 12)
    expect(told.latest_s).toBe(1.5)
    expect(detectionWindow(monitor, fault, 10e-6).latest_s).toBe(2.5)
    const chademo = detectionWindow(monitor, fault, 1.6e-6, monitor.chademoLeakage_F)
    expect(chademo.latest_s).toBe(1.5)
    const slow = detectionWindow(monitor, { resistance_ohm: 5e6, oneSided: false }, 5e-6)
    expect(slow.latest_s).toBeCloseTo(25.5, 9)
  })

  test('P2 the reading goes from the old to the new resistance with R C', () => {
    const [before, after] = [1e6, 50_000]
    expect(readResistance_ohm(before, after, 5e-6, 0)).toBeCloseTo(before, 6)
    expect(readResistance_ohm(before, after, 5e-6, 60)).toBeCloseTo(after, 6)
    // conductance is two of e closer after two time constants
    const at = readResistance_ohm(before, after, 5e-6, 2 * after * 5e-6)
    expect(1 / at).toBeCloseTo(1 / after + (1 / before - 1 / after) * Math.exp(-2), 12)
  })
})

describe('P3 voltages', () => {
  test('the check never exceeds what the post gives, and covers the vehicle where it can', () => {
    const volt = fc.double({ min: 50, max: 1500, noNaN: true })
    fc.assert(
      fc.property(volt, volt, (vehicle, post) => {
        const check = cableCheckVoltage_V(vehicle, post)
        expect(check).toBeLessThanOrEqual(post)
        expect(check).toBeGreaterThanOrEqual(Math.min(vehicle, post) - 1e-9)
      }),
    )
  })

  test('an over-voltage lies a tenth above the class', () => {
    for (const class_V of [500, 750, 850, 1000, 1250]) expect(overVoltageLevel_V(class_V)).toBeCloseTo(1.1 * class_V, 9)
  })

  test('readings that disagree for 30 s are implausible, an interruption starts anew', () => {
    const state = new Float64Array(3)
    const [at, limit] = [1, plausibility.spread_V]
    const watch = (now_s: number, readings: readonly number[]) =>
      observeSustained(state, at, spread_V(readings) > limit, now_s)
    resetSustained(state, at)
    expect(sustainedAt_s(state, at, plausibility.duration_s)).toBe(Number.POSITIVE_INFINITY)
    watch(10, [400, 451, Number.NaN])
    watch(30, [400, 470, 420])
    expect(sustainedAt_s(state, at, plausibility.duration_s)).toBe(40)
    watch(35, [400, 440, 420])
    watch(36, [400, 460, 420])
    expect(sustainedAt_s(state, at, plausibility.duration_s)).toBe(66)
    expect([state[0], state[2]]).toEqual([0, 0])
    expect(spread_V([Number.NaN])).toBe(0)
  })
})

describe('P4 shorts and fuses', () => {
  test('a pack melts the fuse in milliseconds', () => {
    const fuse = { melting_A2s: 200_000 }
    for (const [voltage_V, pack_ohm, loop_ohm] of [
      [400, 0.035, 0.015],
      [800, 0.085, 0.015],
    ] as const) {
      const current_A = shortCurrent_A(voltage_V, pack_ohm, loop_ohm)
      expect(current_A).toBeCloseTo(8000, 6)
      expect(meltingTime_s(fuse, current_A)).toBeCloseTo(0.003_125, 9)
      expect(meltingShare(fuse, current_A, 0.003_125)).toBeCloseTo(1, 9)
    }
    expect(meltingTime_s(fuse, 16_000) * 1000).toBeLessThan(1)
  })

  test('the test across 110 ohm', () => {
    expect(passesShortCircuitTest(1, 2.5)).toBe(true)
    expect(passesShortCircuitTest(1.01, 2)).toBe(false)
    expect(passesShortCircuitTest(0.2, 2.6)).toBe(false)
    expect(shortCircuitTest.resistance_ohm).toBe(110)
  })
})

describe('P5 contactors', () => {
  test('close only within 20 V, open only below 5 A', () => {
    expect([mayClose(contactor, 20), mayClose(contactor, -20.1)]).toEqual([true, false])
    expect([mayOpen(contactor, 5), mayOpen(contactor, -6)]).toEqual([true, false])
  })

  test('conduct while they open, not while they close', () => {
    const state = new Float64Array(CONTACTOR_STATE)
    resetContactor(state, 0)
    expect(closeContactor(contactor, state, 0, 10)).toBeCloseTo(10.05, 12)
    expect([conducts(state, 0), settleContactor(state, 0, 10.04)]).toEqual([false, 10.05])
    expect(closeContactor(contactor, state, 0, 10.04)).toBeCloseTo(10.05, 12)
    settleContactor(state, 0, 10.05)
    expect([conducts(state, 0), state[0]]).toEqual([true, ContactorPosition.closed])
    expect(closeContactor(contactor, state, 0, 11)).toBe(Number.POSITIVE_INFINITY)
    expect(openContactor(contactor, state, 0, 12)).toBeCloseTo(12.03, 12)
    expect(conducts(state, 0)).toBe(true)
    settleContactor(state, 0, 12.03)
    expect([conducts(state, 0), state[0]]).toEqual([false, ContactorPosition.open])
  })

  test('welded ones stay, and are found by the voltage behind them', () => {
    const state = Float64Array.of(ContactorPosition.welded, Number.POSITIVE_INFINITY)
    expect(openContactor(contactor, state, 0, 1)).toBe(Number.POSITIVE_INFINITY)
    expect([conducts(state, 0), settleContactor(state, 0, 99)]).toEqual([true, Number.POSITIVE_INFINITY])
    expect([looksWelded(400, 60), looksWelded(12, 60)]).toEqual([true, false])
    const stuck = Float64Array.of(ContactorPosition.stuck, Number.POSITIVE_INFINITY)
    expect(closeContactor(contactor, stuck, 0, 1)).toBe(Number.POSITIVE_INFINITY)
    expect(conducts(stuck, 0)).toBe(false)
  })

  test('P6 welds: the two points of the data sheet, and no more than certainty', () => {
    expect(1 / weldByClosing(32)).toBeCloseTo(50_000, 6)
    expect(1 / weldByClosing(64)).toBeCloseTo(50, 6)
    expect(weldByClosing(0)).toBe(0)
    expect(weldByClosing(800)).toBe(1)
    expect(1 / weldByOpening(contactor, 3)).toBeCloseTo(1e6, 3)
    expect(weldByOpening(contactor, 2000)).toBeCloseTo(1, 9)
    const amps = [5, 50, 200, 500, 1000, 2000, 5000]
    const chances = amps.map((current_A) => weldByOpening(contactor, current_A))
    expect(chances.toSorted((a, b) => a - b)).toEqual(chances)
    expect(chances.at(-1)).toBe(1)
  })
})

describe('P7 stops', () => {
  test('a ramp makes the heat of a third of its length at full current', () => {
    const [current_A, ramp_Apers, steps] = [1000, 100, 100_000]
    const length_s = current_A / ramp_Apers
    let heat = 0
    for (let step = 0; step < steps; step++) heat += (1 - (step + 0.5) / steps) ** 2 * (length_s / steps)
    expect(rampHeat_s(current_A, ramp_Apers)).toBeCloseTo(heat, 6)
  })

  test('other figures of the standards', () => {
    expect(gbtLimits).toEqual({ dischargeTo_V: 60, discharge_s: 1, inrush_A: 20, voltageError_frac: 0.005 })
    expect(cableCheckLimits).toEqual({ current_A: 2, safe_V: 60 })
    expect([IEC_EARTH_LOST_s, MESSAGE_TIMEOUTS, REST_A]).toEqual([5, 3, 5])
  })

  test('changes of current and its error', () => {
    expect([adjustTime_s(10), adjustTime_s(20), adjustTime_s(-100)]).toEqual([1, 1, 5])
    expect([currentError_A(29), currentError_A(30), currentError_A(500)]).toEqual([0.3, 0.3, 5])
    expect(stopWithin_s('messageTimeout', 500)).toBe(10)
    expect(stopWithin_s('normal', 3)).toBe(0)
  })
})

describe('P8 interference', () => {
  test('filters add up against the monitor', () => {
    expect(yCapacitance_F(filter, 18)).toBeCloseTo(1.8e-6, 12)
    expect(modulesWithin(filter, monitor, 0)).toBe(50)
    expect(modulesWithin(filter, monitor, 3.5e-6)).toBe(15)
    expect(modulesWithin(filter, monitor, 6e-6)).toBe(0)
    expect(modulesWithin({ ...filter, yCapacitance_F: 0 }, monitor, 0)).toBe(Number.POSITIVE_INFINITY)
    expect(messageLoss(filter, 0.5)).toBeCloseTo(0.05, 12)
  })

  test('mean time to a run of losses is that of the chain of states, solved', () => {
    for (const [run, lost] of [
      [1, 0.3],
      [3, 0.5],
      [4, 0.9],
    ] as const) {
      // expected messages left from each length of the run so far, by iteration
      const left = new Float64Array(run + 1)
      for (let round = 0; round < 20_000; round++) {
        for (let at = run - 1; at >= 0; at--) {
          left[at] = 1 + lost * (left[at + 1] as number) + (1 - lost) * (left[0] as number)
        }
      }
      const message = { cycle_s: 2, timeout_s: 2 * run }
      expect(meanTimeToTimeout_s(message, lost)).toBeCloseTo(2 * (left[0] as number), 4)
    }
    expect(meanTimeToTimeout_s(watchedMessages.gbtDemand, 0)).toBe(Number.POSITIVE_INFINITY)
    expect(meanTimeToTimeout_s(watchedMessages.gbtDemand, 1)).toBeCloseTo(1, 12)
  })
})

describe('P9 set-up times', () => {
  const catalogue = builtInCatalogue()
  test('measured ones', () => {
    expect(setUpTime('din_70121', catalogue)).toMatchObject({
      median_s: 15.4,
      slowQuartile_s: 30.4,
      confidence: 'reported',
      rule: { code: 'protection.setUp.measured' },
    })
    expect(setUpTime('gbt_27930_2015', catalogue)).toMatchObject({ median_s: 18.1 })
    expect(setUpTime('chademo_1_0', catalogue)).toMatchObject({ median_s: 19.6 })
  })

  test('every protocol has one, of a relative where none was measured', () => {
    for (const id of catalogue.protocols.keys()) {
      const found = setUpTime(id, catalogue)
      expect(found?.median_s, id).toBeGreaterThan(5)
      if (found?.protocol !== id) expect(found).toMatchObject({ confidence: 'uncertain' })
    }
    expect(setUpTime('gbt_27930_2023_a', catalogue)?.protocol).toBe('gbt_27930_2015')
    expect(setUpTime('none', catalogue)).toBeNull()
  })

  test('drawn ones go through median and quartile', () => {
    const time = setUpTime('iso_15118_2', catalogue)
    if (!time) throw new Error('no time')
    expect(drawnSetUp_s(time, 0)).toBeCloseTo(11.6, 9)
    expect(drawnSetUp_s(time, 0.674_489_75)).toBeCloseTo(24.9, 9)
    expect(drawnSetUp_s(time, -8)).toBeGreaterThan(0)
  })
})
