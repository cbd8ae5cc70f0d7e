import { describe, expect, it } from 'vitest'
import {
  type ControllerSettings,
  defaultSettings,
  explain,
  type HubDescription,
  Readings,
  reasons,
  Setpoints,
  SiteController,
} from './index.ts'

const DEFAULT_kW = 5

interface Setting {
  readonly quantum_kW?: number
  readonly settings?: Partial<ControllerSettings>
  readonly limitEndsWithSession?: boolean
  readonly otherLoad_kW?: number
}

/** A hub of equal EVSEs whose stations do what the test says. */
class Desk {
  readonly controller: SiteController
  readonly readings: Readings
  readonly setpoints: Setpoints
  readonly hub: HubDescription
  now_s = 0
  ask_s = 0

  constructor(site_kW: number, evses: number, { settings, quantum_kW, ...more }: Setting = {}) {
    const at = (id: number) => ({ id: `e${id}`, node: 0, rating_kW: 200, default_kW: DEFAULT_kW, floor_kW: 0 })
    const nodes = [{ id: 'site', source: 'site.limit', parent: -1, capacity_kW: site_kW }]
    const all = Array.from({ length: evses }, (_, i) => (quantum_kW === undefined ? at(i) : { ...at(i), quantum_kW }))
    this.hub = { nodes, evses: all, policy: 'max-min', otherLoad_kW: 0, ...more }
    this.controller = new SiteController(this.hub, settings)
    this.readings = new Readings(evses)
    this.setpoints = new Setpoints(evses)
    this.readings.confirmed_kW.fill(DEFAULT_kW)
  }

  plugIn(evse: number, session = 1): void {
    this.readings.session[evse] = session
    this.readings.touch(evse)
  }

  meter(evse: number, power_kW: number, measured_s = this.now_s): void {
    this.readings.power_kW[evse] = power_kW
    this.readings.measured_s[evse] = measured_s
    this.readings.touch(evse)
  }

  /** The station says it obeys the last command. */
  confirm(evse: number): void {
    this.readings.confirmed[evse] = this.setpoints.number[evse] ?? 0
    this.readings.confirmed_kW[evse] = this.setpoints.limit_kW[evse] ?? 0
    this.readings.confirmedUntil_s[evse] = this.setpoints.until_s[evse] ?? 0
    this.readings.touch(evse)
  }

  /** Decides some time later; answers what is to be sent, limits by EVSE. */
  decide(later_s = 0): Record<number, number> {
    this.now_s += later_s
    this.readings.time_s = this.now_s
    this.ask_s = this.controller.decide(this.readings, this.setpoints)
    const { changed, changedCount, limit_kW } = this.setpoints
    return Object.fromEntries([...changed.subarray(0, changedCount)].map((evse) => [evse, limit_kW[evse] ?? 0]))
  }

  /** Sends until nothing changes, every station obeying at once, every vehicle drawing all it may up to a power. */
  settle(could_kW: readonly number[]): void {
    for (let round = 0; round < 12; round++) {
      this.decide(5)
      for (const evse of could_kW.keys()) this.confirm(evse)
      this.decide(1)
      for (const [evse, kW] of could_kW.entries()) {
        this.meter(evse, Math.min(kW, this.readings.confirmed_kW[evse] ?? 0))
      }
      this.decide(4)
    }
  }

  why(evse = 0): string {
    return reasons[this.setpoints.reason[evse] ?? 0] ?? ''
  }

  whySite(): string {
    return reasons[this.setpoints.siteReason] ?? ''
  }
}

describe('a vehicle comes', () => {
  it('gets all its EVSE can give where there is room, at once', () => {
    const desk = new Desk(1000, 3)
    expect(desk.decide()).toEqual({})
    desk.plugIn(1)
    expect(desk.decide(10)).toEqual({ 1: 200 })
    expect([desk.setpoints.number[1], desk.setpoints.until_s[1]]).toEqual([1, 10 + defaultSettings.validity_s])
    expect([desk.why(0), desk.why(1)]).toEqual(['controller.idle', 'controller.free'])
  })

  it('finds no room: others are lowered first, and it is raised when their meters show it (C1, C2)', () => {
    const desk = new Desk(205, 2)
    desk.plugIn(0)
    desk.settle([200, 0])
    expect(desk.setpoints.limit_kW[0]).toBe(200)
    desk.plugIn(1)
    expect(desk.decide(1)).toEqual({ 0: 102.5 })
    expect(desk.why(1)).toBe('controller.share')
    desk.confirm(0)
    expect(desk.decide(2)).toEqual({})
    desk.meter(0, 150)
    expect(desk.decide(1)).toEqual({})
    desk.now_s += 9
    desk.meter(0, 102.5)
    expect(desk.decide()).toEqual({ 1: 102.5 })
  })

  it('of the three that share, one draws less: the others share what it leaves, and it is not starved', () => {
    const desk = new Desk(300, 3)
    for (const evse of [0, 1, 2]) desk.plugIn(evse)
    desk.settle([60, 200, 200])
    const [small, second, third] = desk.setpoints.limit_kW
    expect(small).toBeGreaterThanOrEqual(60)
    expect(small).toBeLessThan(66)
    expect((small ?? 0) + (second ?? 0) + (third ?? 0)).toBeLessThanOrEqual(300)
    expect((second ?? 0) + (third ?? 0)).toBeGreaterThan(225)
    expect(explain(desk.hub, desk.setpoints, 1)).toEqual({
      code: 'controller.share',
      params: { evse: 'e1', limit: second, source: 'site.limit' },
    })
  })

  it('leaves: its power is free at once, as its command ends with it; not so where commands outlive sessions', () => {
    for (const limitEndsWithSession of [true, false]) {
      const desk = new Desk(205, 2, { limitEndsWithSession })
      desk.plugIn(0)
      desk.settle([200, 0])
      desk.plugIn(0, 0)
      desk.plugIn(1)
      const sent = desk.decide(1)
      expect(sent).toEqual(limitEndsWithSession ? { 1: 200 } : { 0: DEFAULT_kW })
      if (limitEndsWithSession) continue
      desk.confirm(0)
      expect(desk.decide(1)).toEqual({ 1: 200 })
    }
  })
})

describe('readings that are no good', () => {
  const charging = (): Desk => {
    const desk = new Desk(1000, 2)
    desk.plugIn(0)
    desk.settle([100, 0])
    return desk
  }

  it('cannot be: nothing is raised, and the limit in force counts as drawn (C7)', () => {
    for (const power_kW of [Number.NaN, -20, 1e9]) {
      const desk = charging()
      desk.now_s += 10
      desk.meter(0, power_kW)
      expect(desk.decide()).toEqual({})
      expect(desk.why()).toBe('controller.impossible')
      desk.now_s += 10
      desk.meter(0, 100)
      desk.decide()
      expect(desk.why()).not.toBe('controller.impossible')
    }
  })

  it('come from the future, or contradict volts and amperes (C7)', () => {
    const desk = charging()
    desk.meter(0, 100, desk.now_s + 1000)
    desk.decide(1)
    expect(desk.why()).toBe('controller.impossible')
    desk.now_s += 10
    desk.readings.voltage_V[0] = 400
    desk.readings.current_A[0] = 100
    desk.meter(0, 100)
    desk.decide()
    expect(desk.why()).toBe('controller.impossible')
    desk.now_s += 10
    desk.readings.current_A[0] = 250
    desk.meter(0, 100)
    desk.decide()
    expect(desk.why()).toBe('controller.free')
  })

  it('are the same again and again, above the limit or while volts change: frozen (C7)', () => {
    const desk = charging()
    for (const voltage_V of [400, 500, 400, 500, 400]) {
      desk.now_s += 10
      desk.readings.voltage_V[0] = voltage_V
      desk.meter(0, 77.7)
      desk.decide()
    }
    expect(desk.why()).toBe('controller.frozen')
  })

  it('stay out: no raise after a while, then the default (C8)', () => {
    const desk = new Desk(200, 2)
    desk.plugIn(0)
    desk.plugIn(1)
    desk.settle([150, 150])
    const silent = desk.setpoints.limit_kW[0] ?? 0
    let lowered = 0
    for (let now = 0; now < defaultSettings.lost_s + 20; now += 10) {
      desk.now_s += 10
      desk.meter(1, Math.min(150, desk.readings.confirmed_kW[1] ?? 0))
      const sent = desk.decide()
      expect(desk.setpoints.limit_kW[0]).toBeLessThanOrEqual(silent)
      if (sent[0] !== undefined) lowered = sent[0]
      if (now === 40) expect(desk.why()).toBe('controller.stale')
    }
    expect(desk.why()).toBe('controller.lost')
    expect(lowered).toBe(DEFAULT_kW)
  })

  it('show the default out of the blue: the limit is sent again, once (C9)', () => {
    const desk = charging()
    desk.now_s += 10
    desk.meter(0, DEFAULT_kW)
    const again = desk.decide()
    expect(desk.why()).toBe('controller.fallenBack')
    expect(again[0] ?? desk.decide(1)[0]).toBeGreaterThan(100)
    desk.confirm(0)
    desk.now_s += 10
    desk.meter(0, DEFAULT_kW)
    expect(desk.decide()).toEqual({})
    expect(desk.why()).toBe('controller.free')
  })

  it('show more than the limit: others make room for it (C6)', () => {
    const desk = new Desk(200, 2)
    desk.plugIn(0)
    desk.plugIn(1)
    desk.settle([150, 150])
    desk.now_s += 10
    desk.meter(0, 150)
    const sent = desk.decide()
    expect(desk.why()).toBe('controller.disobeys')
    expect(sent[1] ?? 200).toBeLessThan(101)
    for (let round = 0; round < 3; round++) {
      desk.confirm(1)
      desk.now_s += 10
      desk.meter(0, 150)
      desk.meter(1, desk.readings.confirmed_kW[1] ?? 0)
      desk.decide()
    }
    expect((desk.readings.confirmed_kW[1] ?? 0) + 150).toBeLessThanOrEqual(200)
  })
})

describe('a station that cannot be reached', () => {
  it('keeps what it may have; the rest is shared among the others; no command is sent to it', () => {
    const desk = new Desk(300, 3)
    for (const evse of [0, 1, 2]) desk.plugIn(evse)
    desk.settle([200, 200, 200])
    desk.readings.offline[0] = 1
    desk.readings.touch(0)
    for (let round = 0; round < 80; round++) {
      const sent = desk.decide(5)
      expect(sent[0]).toBeUndefined()
      for (const evse of [1, 2]) {
        desk.confirm(evse)
        desk.meter(evse, Math.min(200, desk.readings.confirmed_kW[evse] ?? 0))
      }
      if (desk.now_s < 200) expect(desk.setpoints.limit_kW[1]).toBeLessThanOrEqual(101)
    }
    expect(desk.why()).toBe('controller.offline')
    // Its command has expired: it is at its default, and the others have the rest.
    expect((desk.setpoints.limit_kW[1] ?? 0) + (desk.setpoints.limit_kW[2] ?? 0)).toBeGreaterThan(280)
  })

  it('comes back when its command has expired and others have the power: it is not given it again (C3)', () => {
    const desk = new Desk(205, 2)
    desk.plugIn(0)
    desk.settle([200, 0])
    desk.readings.offline[0] = 1
    desk.plugIn(1)
    desk.readings.touch(0)
    for (let round = 0; round < 80; round++) {
      desk.decide(5)
      desk.confirm(1)
      desk.meter(1, desk.readings.confirmed_kW[1] ?? 0)
    }
    expect(desk.setpoints.limit_kW[1]).toBe(200)
    desk.readings.offline[0] = 0
    desk.meter(0, DEFAULT_kW)
    desk.readings.touch(0)
    expect(desk.decide(1)[0] ?? DEFAULT_kW).toBe(DEFAULT_kW)
    desk.settle([200, 200])
    expect([...desk.setpoints.limit_kW]).toEqual([102.5, 102.5])
  })

  it('of which nothing is known counts at its rating: nobody is raised until it answers (C3, C4)', () => {
    const desk = new Desk(390, 2)
    desk.readings.confirmed_kW.fill(Number.NaN)
    desk.plugIn(0)
    expect(desk.decide(1)).toEqual({ 0: DEFAULT_kW, 1: DEFAULT_kW })
    desk.confirm(0)
    for (let now = 0; now < 8; now++) expect(desk.decide(1)[0]).toBeUndefined()
    desk.confirm(1)
    expect(desk.decide(1)).toEqual({ 0: 200 })
  })

  it('does not answer: the command is sent again at growing intervals (C18)', () => {
    const desk = new Desk(1000, 1)
    desk.plugIn(0)
    const sentAt: number[] = []
    for (let now = 0; now < 200; now++) if (desk.decide(1)[0] !== undefined) sentAt.push(desk.now_s)
    const gaps = sentAt.slice(1).map((at, i) => at - (sentAt[i] ?? 0))
    expect(gaps.slice(0, 4)).toEqual([10, 20, 40, 80])
    expect(desk.why()).toBe('controller.lost')
  })
})

describe('few commands', () => {
  it('steps of a limit are rounded down, never up (C16)', () => {
    for (const quantum_kW of [0.1, 0.92, 0.4, 1]) {
      for (const share_kW of [33.3, 49.99, 66.65, 92]) {
        const desk = new Desk(2 * share_kW, 2, { quantum_kW })
        desk.plugIn(0)
        desk.plugIn(1)
        desk.settle([200, 200])
        const limit_kW = desk.setpoints.limit_kW[0] ?? 0
        expect(limit_kW).toBeLessThanOrEqual(share_kW)
        expect(limit_kW).toBeGreaterThan(share_kW - quantum_kW - defaultSettings.minChange_kW)
        expect(Math.abs(limit_kW / quantum_kW - Math.round(limit_kW / quantum_kW))).toBeLessThan(1e-9)
      }
    }
  })

  it('a draw that wanders or falls where nobody wants the power is no reason for one (C17)', () => {
    const desk = new Desk(1000, 3)
    desk.plugIn(0)
    desk.settle([150, 0, 0])
    let sent = 0
    for (let round = 0; round < 12; round++) {
      desk.now_s += 10
      desk.meter(0, 150 - 8 * round + (round % 2))
      sent += Object.keys(desk.decide()).length
      desk.confirm(0)
    }
    // Its renewal.
    expect(sent).toBeLessThanOrEqual(1)
  })

  it('renewed before they expire, together with others (C18)', () => {
    const desk = new Desk(1000, 2)
    desk.plugIn(0)
    desk.decide(1)
    desk.confirm(0)
    desk.plugIn(1)
    desk.decide(20)
    desk.confirm(1)
    const renewed: [number, string][] = []
    for (let now = 0; now < 250; now += 5) {
      for (const evse of [0, 1]) desk.meter(evse, 150)
      const sent = desk.decide(5)
      if (Object.keys(sent).length > 0) renewed.push([desk.now_s, Object.keys(sent).join()])
      for (const evse of Object.keys(sent)) desk.confirm(Number(evse))
    }
    expect(renewed).toHaveLength(1)
    expect(renewed[0]?.[1]).toBe('0,1')
    expect(renewed[0]?.[0]).toBeLessThan(defaultSettings.validity_s)
  })

  it('it never asks to be asked at once (C20)', () => {
    const desk = new Desk(300, 3)
    for (const evse of [0, 1, 2]) desk.plugIn(evse)
    for (let round = 0; round < 300; round++) {
      desk.decide(1)
      expect(desk.ask_s).toBeGreaterThan(desk.now_s)
    }
  })
})

describe('the site', () => {
  it('a limit that falls without notice lowers all at once, and raises none meanwhile (C3)', () => {
    const desk = new Desk(600, 3)
    for (const evse of [0, 1, 2]) desk.plugIn(evse)
    desk.settle([200, 200, 100])
    desk.readings.siteLimit_kW = 300
    const sent = desk.decide(1)
    expect(sent[0]).toBeLessThanOrEqual(100)
    expect(sent[1]).toBeLessThanOrEqual(100)
    expect((desk.setpoints.limit_kW[2] ?? 0) + (sent[0] ?? 0) + (sent[1] ?? 0)).toBeLessThanOrEqual(300)
    desk.confirm(0)
    desk.now_s += 10
    desk.meter(0, 50)
    const before = [...desk.setpoints.limit_kW]
    for (const [evse, kW] of Object.entries(desk.decide())) expect(kW).toBeLessThanOrEqual(before[Number(evse)] ?? 0)
  })

  it('a limit below the sum of the defaults: those that can be reached get less than theirs, and it is told', () => {
    const desk = new Desk(300, 3)
    for (const evse of [0, 1, 2]) desk.plugIn(evse)
    desk.settle([100, 100, 100])
    desk.readings.siteLimit_kW = 9
    const sent = desk.decide(1)
    expect(sent).toEqual({ 0: 3, 1: 3, 2: 3 })
    expect(desk.whySite()).toBe('controller.defaultsExceedLimit')
  })

  it('power nobody explains is taken off the limits (C6)', () => {
    const desk = new Desk(300, 2)
    desk.plugIn(0)
    desk.plugIn(1)
    desk.settle([200, 200])
    desk.readings.siteMeter_kW = 360
    desk.readings.siteMeasured_s = desk.now_s + 1
    const sent = desk.decide(1)
    expect(sent[0]).toBeLessThanOrEqual(121)
    expect(desk.whySite()).toBe('controller.unaccounted')
  })

  it('EVSEs that show more than the site meter are told', () => {
    const desk = new Desk(500, 2)
    desk.plugIn(0)
    desk.plugIn(1)
    desk.settle([200, 200])
    desk.readings.siteMeter_kW = 100
    desk.readings.siteMeasured_s = desk.now_s + 1
    desk.decide(1)
    expect(desk.whySite()).toBe('controller.metersDisagree')
  })

  it('a clock that goes back stands still', () => {
    const desk = new Desk(300, 1)
    desk.plugIn(0)
    desk.decide(100)
    const until_s = desk.setpoints.until_s[0]
    desk.decide(-50)
    expect(desk.ask_s).toBeGreaterThan(100)
    expect(desk.setpoints.until_s[0]).toBe(until_s)
  })
})
