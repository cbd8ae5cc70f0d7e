/** Faults in a run: what they do to the truth, when they are noticed and by what, and what is done about them. */
import { describe, expect, it } from 'vitest'
import type { FaultModeName } from '../src/hub/plant/device/index.ts'
import { type AskedFault, askedOfSite, checkFaults, type FaultResult } from '../src/study/simulate/faults/index.ts'
import type { SiteRun } from '../src/study/simulate/site/index.ts'
import { fault, faultRun, faultSite, usualFaultHub as hub } from './support/fault-hub.ts'

const HOUR_s = 3600

function resultOf(siteRun: SiteRun) {
  siteRun.run.finish()
  return siteRun.result()
}

function only(faults: readonly FaultResult[] | undefined): FaultResult {
  const [first] = faults ?? []
  if (!first) throw new Error('no fault came of it')
  return first
}

const outcomeOf = (...asked: readonly AskedFault[]) => only(resultOf(faultRun(hub, asked)).faults)

/** Current and power at the first post, settled at a moment. */
function drawnAt(siteRun: SiteRun, now_s: number) {
  const { run, plugs } = siteRun
  run.until(now_s)
  run.settle()
  const slot = run.plant.network.slotOfPlace[0] as number
  const power_kW = run.plant.power_kW[slot] as number
  const soc_frac = run.plant.soc_frac[slot] as number
  const current_A = power_kW > 0 ? (plugs?.current_A(run.plant.profile[slot] as number, power_kW, soc_frac) ?? 0) : 0
  return { power_kW, current_A, soc_frac }
}

/** A moment at which the first post gives much, some minutes into a session. */
function busyMoment_s(): number {
  const siteRun = faultRun(hub, [])
  let since = 0
  for (let now_s = HOUR_s; now_s < 2.4 * HOUR_s; now_s += 30) {
    since = drawnAt(siteRun, now_s).current_A > 300 ? since + 1 : 0
    if (since === 8) return now_s
  }
  throw new Error('the post is never busy')
}

const busy_s = busyMoment_s()
const busy_A = drawnAt(faultRun(hub, []), busy_s).current_A

/** Noticed after; by; done; at rest after. 200 A/s down, or contactors within 0.03 s. */
const ramp_s = busy_A / 200
const expected: readonly (readonly [FaultModeName, number, string, string, number | null])[] = [
  ['pump', 1, 'flow', 'ramp', 1 + ramp_s],
  ['hose', 1, 'flow', 'ramp', 1 + ramp_s],
  ['leak', 60, 'level', 'ramp', null],
  ['fan', 10, 'fanSpeed', 'limit', null],
  ['flow-sensor', 1, 'flow', 'ramp', 1 + ramp_s],
  ['sensor-open', 3, 'range', 'limit', null],
  ['sensor-short', 3, 'range', 'limit', null],
  ['sensor-low', 10, 'pair', 'limit', null],
  ['sensor-high', 10, 'pair', 'limit', null],
  ['strands', 1, 'voltageDrop', 'ramp', 1 + ramp_s],
  ['insulation', 1, 'insulationMonitor', 'trip', 1.03],
  ['short', 0.003, 'hardware', 'trip', 0.033],
  ['over-voltage', 0.009, 'hardware', 'trip', 0.039],
  ['latch', 0.01, 'signal', 'trip', 0.04],
  ['control-line', 0.05, 'signal', 'trip', 0.08],
  ['earth', 0.05, 'signal', 'trip', 0.08],
  ['emergency-stop', 0.05, 'signal', 'trip', 0.08],
  ['mains', 0.5, 'mainsSense', 'trip', 0.53],
  ['communication', 60, 'messages', 'ramp', null],
]

describe('a fault of a plug that charges', () => {
  it.each(expected)('%s is noticed after %d s by %s, and then: %s', (mode, detected_s, seenBy, reaction, stopped_s) => {
    const found = outcomeOf(fault(mode, 'post-1', busy_s, { lasts_s: HOUR_s }))
    expect(found.detected_s).toBeCloseTo(detected_s, 2)
    expect(found).toMatchObject({ mode, seenBy, reaction, part: 'post-1', at_s: busy_s, lasts_s: HOUR_s })
    if (stopped_s !== null) expect(found.stopped_s).toBeCloseTo(stopped_s, 1)
    if (reaction !== 'limit') expect(found.sessions).toBeGreaterThan(0)
    expect(found.energyLost_kWh).toBeGreaterThan(0)
  })

  it('one that is weak is not told by the flow, and what flows is enough', () => {
    const found = outcomeOf(fault('pump', 'post-1', busy_s, { severity_frac: 0.3, lasts_s: 600 }))
    expect(found).toMatchObject({ detected_s: null, seenBy: 'none', reaction: 'none', energyLost_kWh: 0 })
  })

  it('insulation at 10 kohm is a fault, at 200 kohm none', () => {
    const lasts_s = 600
    expect(outcomeOf(fault('insulation', 'post-1', busy_s, { severity_frac: 0.5, lasts_s })).detected_s).toBeCloseTo(
      1,
      2,
    )
    expect(outcomeOf(fault('insulation', 'post-1', busy_s, { severity_frac: 0.17, lasts_s })).detected_s).toBeNull()
  })

  it('without a fan the cable goes on with what it carries so', () => {
    const siteRun = faultRun(hub, [fault('fan', 'post-1', busy_s, { lasts_s: HOUR_s })])
    const { current_A } = drawnAt(siteRun, busy_s + 30)
    // 343 A at 25 degC without fan: published run of the reference model of this cable.
    expect(current_A).toBeLessThan(343 * 1.05)
    expect(current_A).toBeGreaterThan(Math.min(busy_A, 343) * 0.8)
  })

  it('the session has ended: the vehicle leaves after five minutes, and the next one gets nothing while it lasts', () => {
    const siteRun = faultRun(hub, [fault('emergency-stop', 'post-1', busy_s, { lasts_s: HOUR_s })])
    for (let now_s = busy_s + 1; now_s < busy_s + HOUR_s; now_s += 197) expect(drawnAt(siteRun, now_s).power_kW).toBe(0)
    const found = only(resultOf(siteRun).faults)
    expect(found.sessions).toBeGreaterThan(1)
    const sound = resultOf(faultRun(hub, []))
    expect(sound.sessions.served).toBeGreaterThan(0)
  })

  it('a welded contactor shows when the session is over, a stuck one when the next begins', () => {
    const [welded, stuck] = (['contactor-welded', 'contactor-stuck'] as const).map((mode) =>
      outcomeOf(fault(mode, 'post-1', busy_s)),
    )
    expect(welded).toMatchObject({ seenBy: 'weldTest', reaction: 'lock' })
    expect(stuck).toMatchObject({ seenBy: 'feedback', reaction: 'lock' })
    expect(stuck?.detected_s ?? 0).toBeGreaterThanOrEqual(welded?.detected_s ?? 0)
  })
})

describe('truth and readings', () => {
  it('a sensor that is stuck changes nothing', () => {
    const { faults: _, events: __, ...stuck } = resultOf(faultRun(hub, [fault('flow-sensor-stuck', 'post-1', busy_s)]))
    const { events: ___, ...sound } = resultOf(faultRun(hub, []))
    expect(stuck.energyDelivered_kWh).toBeCloseTo(sound.energyDelivered_kWh, 6)
    expect(stuck.cables?.['post-1/1/1']?.highest_degC).toBeCloseTo(sound.cables?.['post-1/1/1']?.highest_degC ?? 0, 0)
  })

  it('a thermometer that reads wrong leaves the cable as warm as it is', () => {
    const [low, high] = (['sensor-low', 'sensor-high'] as const).map((mode) =>
      outcomeOf(fault(mode, 'post-1', busy_s, { lasts_s: 9 })),
    )
    expect(low?.highest_degC).toBeCloseTo(high?.highest_degC ?? 0, 1)
  })

  it('a stuck flow sensor hides a pump that stands still: the heat of the contacts tells it, later and hotter', () => {
    const lasts_s = HOUR_s
    const pump = fault('pump', 'post-1', busy_s, { lasts_s })
    const hidden = resultOf(faultRun(hub, [pump, fault('flow-sensor-stuck', 'post-1', 60)])).faults?.[0]
    const open = outcomeOf(pump)
    expect(hidden).toMatchObject({ seenBy: 'temperature', reaction: 'limit' })
    expect(hidden?.detected_s ?? 0).toBeGreaterThan(10 * (open.detected_s ?? 0))
    expect(hidden?.highest_degC ?? 0).toBeGreaterThan((open.highest_degC ?? 0) + 5)
  })

  it('two thermometers disagree once the contacts have changed by 8 K', () => {
    // From the start of a session: the stuck one stays cold.
    const found = outcomeOf(fault('sensor-stuck', 'post-1', busy_s - 240, { lasts_s: 2 * HOUR_s }))
    expect(found).toMatchObject({ seenBy: 'pair', reaction: 'limit' })
    expect(found.detected_s ?? 0).toBeGreaterThan(10)
  })

  it('a worn contact is warmer than its current lets expect', () => {
    const found = outcomeOf(fault('contact', 'post-1', busy_s, { lasts_s: HOUR_s }))
    expect(found.reaction).toBe('limit')
    expect(['model', 'temperature']).toContain(found.seenBy)
  })
})

describe('a fault of a cabinet', () => {
  it('all of its modules: nothing is given while it lasts, and all again after', () => {
    const siteRun = faultRun(hub, [fault('module', 'cab', busy_s, { lasts_s: 600, modules: 15 })])
    const total_kW = (now_s: number): number => {
      siteRun.run.until(now_s)
      siteRun.run.settle()
      return siteRun.run.plant.power_kW.reduce((sum, power_kW) => sum + power_kW, 0)
    }
    expect(total_kW(busy_s - 1)).toBeGreaterThan(50)
    for (let late_s = 1; late_s < 600; late_s += 60) expect(total_kW(busy_s + late_s)).toBe(0)
    expect(total_kW(busy_s + 660)).toBeGreaterThan(50)
    const found = only(resultOf(siteRun).faults)
    expect(found).toMatchObject({ seenBy: 'heartbeat', reaction: 'share', detected_s: 1 })
    expect(found.energyLost_kWh).toBeGreaterThan(5)
  })

  it('some of them: what is left is never exceeded', () => {
    const siteRun = faultRun(hub, [fault('module', 'cab', busy_s, { lasts_s: HOUR_s, modules: 12 })])
    for (let late_s = 0; late_s < HOUR_s; late_s += 31) {
      siteRun.run.until(busy_s + late_s + 0.001)
      siteRun.run.settle()
      const sum_kW = siteRun.run.plant.power_kW.reduce((sum, power_kW) => sum + power_kW, 0)
      expect(sum_kW).toBeLessThanOrEqual(3 * 40 + 1e-6)
    }
  })

  it('of the matrix: found when a module is to move', () => {
    const welded = outcomeOf(fault('matrix-welded', 'cab', HOUR_s))
    expect(welded).toMatchObject({ seenBy: 'weldTest', reaction: 'share' })
    expect(outcomeOf(fault('matrix-stuck', 'cab', HOUR_s))).toMatchObject({ seenBy: 'feedback', reaction: 'share' })
  })
})

it('goes on from a snapshot to the same result', () => {
  const asked = [
    fault('pump', 'post-1', busy_s, { lasts_s: HOUR_s }),
    fault('leak', 'post-2', busy_s - 100, { severity_frac: 0.4 }),
    fault('contact', 'post-1', busy_s - 300),
    fault('module', 'cab', busy_s - 50, { modules: 4 }),
  ]
  const whole = resultOf(faultRun(hub, asked))
  for (const late_s of [-200, 1.2, 700]) {
    const first = faultRun(hub, asked)
    first.run.until(busy_s + late_s)
    const second = faultRun(hub, asked)
    second.run.restore(first.run.snapshot())
    expect(resultOf(second)).toEqual(whole)
  }
})

describe('faults that cannot be', () => {
  const problemsOf = (lines: readonly string[]) => {
    const site = faultSite(hub, `faults:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`)
    return checkFaults(site, askedOfSite(site), 6 * HOUR_s).problems
  }

  it('are told all at once, each with its place and what would mend it', () => {
    const problems = problemsOf([
      'mode: pomp, part: post-1, at_h: 1',
      'mode: pump, part: dry, at_h: 1',
      'mode: fan, part: post-9, at_h: 40',
      'mode: module, part: post-1, at_h: 2',
      'mode: earth, part: cab, at_h: 2',
      'mode: module, part: cab, at_h: 2, modules: 30',
      'mode: fan, part: post-1, at_h: 2, severity_frac: 0.5',
      'mode: latch, part: post-1, at_h: 2, modules: 2',
    ])
    expect(problems.map(({ code, at, path }) => [code, at?.line, path])).toEqual([
      ['fault.unknownMode', 26, 'faults[0].mode'],
      ['fault.notCooled', 27, 'faults[1].mode'],
      ['fault.unknownPart', 28, 'faults[2].part'],
      ['fault.tooLate', 28, 'faults[2].at_h'],
      ['fault.notOfPlug', 29, 'faults[3].mode'],
      ['fault.notOfCabinet', 30, 'faults[4].mode'],
      ['fault.tooManyModules', 31, 'faults[5].modules'],
      ['fault.notGraded', 32, 'faults[6].severity_frac'],
      ['fault.noModules', 33, 'faults[7].modules'],
    ])
    expect(problems[0]?.fix).toMatchObject({ params: { candidate: 'pump' } })
    expect(problems[2]?.fix).toMatchObject({ params: { candidate: 'post-1' } })
  })

  it('overlap where one piece of one part has two at a time, however it is named', () => {
    const overlaps = (...lines: readonly string[]) => problemsOf(lines).map(({ code }) => code)
    const first = 'mode: pump, part: post-1, at_h: 1, lasts_min: 60'
    expect(overlaps(first, 'mode: pump, part: post-1/1, at_h: 1.5')).toEqual(['fault.overlap'])
    expect(overlaps(first, 'mode: pump, part: post-1/1/1, at_h: 2')).toEqual([])
    expect(overlaps(first, 'mode: pump, part: post-2, at_h: 1.5')).toEqual([])
    expect(overlaps(first, 'mode: fan, part: post-1, at_h: 1.5')).toEqual([])
    const sensor = 'mode: sensor-low, part: post-1, at_h: 1'
    expect(overlaps(sensor, 'mode: sensor-open, part: post-1, at_h: 3')).toEqual(['fault.overlap'])
    const module = 'mode: module, part: cab, at_h: 1, lasts_min: 30'
    expect(overlaps(module, 'mode: matrix-stuck, part: cab, at_h: 1.2')).toEqual(['fault.overlap'])
  })
})
