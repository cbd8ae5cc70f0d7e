import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../../hub/demand/index.ts'
import type { PlugIn } from '../../../hub/plant/index.ts'
import type { SetUpTime } from '../../../hub/plant/protection/index.ts'
import { SetUpDevice } from './set-up-device.ts'

const QUARTILE = 0.6745
const time: SetUpTime = {
  ...{ median_s: 12, slowQuartile_s: 25, confidence: 'confirmed', protocol: 'x' },
  rule: { code: 'protection.setUp.measured', params: {} },
}

const vehicle = (profile: number): PlugIn => ({
  ...{ place: 0, profile, capacity_kWh: 80, soc_frac: 0.2, target_frac: 0.8, leaves_s: Number.POSITIVE_INFINITY },
  ...{ waited_s: 0, connector: 0, vehicle: 0 },
})

/** A device, and what it did: times at which it rings, slots that are held, slots that became ready. */
function device(seed = 1) {
  const rings = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const told: string[] = []
  const made = new SetUpDevice({
    ...{ slots: 2, times: new Map([[0, time]]), chance: new RandomStream(seed, 'set-up') },
    hold: (slot) => void told.push(`hold ${slot}`),
    alarm: (slot, when_s) => void rings.splice(slot, 1, when_s),
    ready: (slot) => void told.push(`ready ${slot}`),
  })
  return { made, rings, told }
}

describe('set-up time', () => {
  test('its mean is that of the lognormal through median and quartile', () => {
    const { made, rings } = device()
    for (let session = 0; session < 20_000; session++) {
      made.plugged(0, vehicle(0), 100)
      made.ring(0, rings[0] as number)
    }
    const sigma = Math.log(time.slowQuartile_s / time.median_s) / QUARTILE
    const mean_s = time.median_s * Math.exp(sigma ** 2 / 2)
    expect((made.result.mean_s as number) / mean_s).toBeGreaterThan(0.95)
    expect((made.result.mean_s as number) / mean_s).toBeLessThan(1.05)
  })

  test('a vehicle is held until it is over; one of an unknown protocol is not', () => {
    const { made, rings, told } = device()
    made.plugged(0, vehicle(0), 100)
    made.plugged(1, vehicle(7), 100)
    expect(told).toEqual(['hold 0', 'ready 1'])
    expect(rings[0]).toBeGreaterThan(100)
    made.ring(0, rings[0] as number)
    expect(told.at(-1)).toBe('ready 0')
    expect(made.unplugged(0)).toBe(true)
    expect(made.result.sessions).toBe(1)
  })

  test('one that leaves before was never ready', () => {
    const { made, rings, told } = device()
    made.plugged(0, vehicle(0), 100)
    expect(made.unplugged(0)).toBe(false)
    expect(rings[0]).toBe(Number.POSITIVE_INFINITY)
    made.ring(0, 200)
    expect(told).toEqual(['hold 0'])
  })

  test('it goes on from a snapshot as if nothing had been', () => {
    const [one, other] = [device(3), device(9)]
    one.made.plugged(0, vehicle(0), 0)
    other.made.restore(one.made.snapshot())
    one.made.plugged(1, vehicle(0), 10)
    other.made.plugged(1, vehicle(0), 10)
    expect(other.rings[1]).toBe(one.rings[1])
    other.made.ring(0, 50)
    expect(other.told).toContain('ready 0')
  })
})
