import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellKinds } from './classes.ts'
import { Electrics, type Leg, plugElectrics } from './electrics.ts'
import { aPack } from './test-support.ts'

const pack = aPack({})
const electrics = plugElectrics(pack, { kind: 'direct' })
const soc = fc.double({ min: 0, max: 1, noNaN: true })
const power = fc.double({ min: 0.01, max: 1500, noNaN: true })
const ohm = fc.double({ min: 0, max: 0.5, noNaN: true })

describe('current, voltage, power', () => {
  it('what flows in is what the cells take and heat (V3)', () => {
    fc.assert(
      fc.property(power, soc, ohm, (power_kW, soc_frac, pack_ohm) => {
        const current_A = electrics.current_A(power_kW, soc_frac, pack_ohm)
        const cells_kW = (current_A * electrics.openCircuit_V(soc_frac)) / 1000
        expect(cells_kW + (current_A * current_A * pack_ohm) / 1000).toBeCloseTo(power_kW, 8)
        expect(electrics.voltage_V(power_kW, soc_frac, pack_ohm) * current_A).toBeCloseTo(power_kW * 1000, 4)
        expect(electrics.power_kW(current_A, soc_frac, pack_ohm)).toBeCloseTo(power_kW, 8)
      }),
    )
  })

  it('more power is more current; more resistance is less', () => {
    fc.assert(
      fc.property(power, power, soc, ohm, ohm, (a, b, soc_frac, r, s) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        const [low, high] = [Math.min(r, s), Math.max(r, s)]
        expect(electrics.current_A(less, soc_frac, r)).toBeLessThanOrEqual(electrics.current_A(more, soc_frac, r))
        expect(electrics.current_A(a, soc_frac, high)).toBeLessThanOrEqual(electrics.current_A(a, soc_frac, low))
      }),
    )
  })

  it('known figures: 1 MW into 30 mohm heats with 37 kW (notional 900 V pack), 0 ohm is P over U', () => {
    const flash = new Electrics([[0, 867]], 1)
    const current_A = flash.current_A(1000, 0.5, 0.03)
    expect((current_A ** 2 * 0.03) / 1000).toBeCloseTo(37, 0)
    expect(electrics.current_A(0, 0.5, 0.085)).toBe(0)
    expect(electrics.current_A(350, 0.4, 0)).toBeCloseTo(350_000 / (192 * 3.65), 9)
  })

  it('a bank switch doubles the current and heats the same; a converter has the voltage of the post (V6)', () => {
    const halves = plugElectrics(pack, { kind: 'bankSwitch' })
    const converter = plugElectrics(pack, { kind: 'converter', post_V: 400 })
    fc.assert(
      fc.property(power, soc, ohm, (power_kW, soc_frac, pack_ohm) => {
        const whole_A = electrics.current_A(power_kW, soc_frac, pack_ohm)
        const half_A = halves.current_A(power_kW, soc_frac, pack_ohm)
        expect(half_A).toBeCloseTo(2 * whole_A, 6)
        expect((half_A ** 2 * pack_ohm) / 4).toBeCloseTo(whole_A ** 2 * pack_ohm, 3)
        expect(converter.current_A(power_kW, soc_frac, pack_ohm)).toBeCloseTo(power_kW / 0.4, 6)
      }),
    )
  })
})

/** Root of the mean square over time by many small pieces of state of charge, each lasting its energy over its power. */
function slowRms_A({ from_frac, to_frac, from_kW, to_kW }: Leg, pack_ohm: number): number {
  const pieces = 40_000
  let time = 0
  let square = 0
  for (let i = 0; i < pieces; i++) {
    const way = (i + 0.5) / pieces
    const power_kW = from_kW + (to_kW - from_kW) * way
    const current = electrics.current_A(power_kW, from_frac + (to_frac - from_frac) * way, pack_ohm)
    time += 1 / power_kW
    square += current ** 2 / power_kW
  }
  return Math.sqrt(square / time)
}

const legs = fc
  .record({
    a: soc,
    b: soc,
    from_kW: fc.double({ min: 5, max: 600, noNaN: true }),
    ratio: fc.double({ min: 0.05, max: 3, noNaN: true }),
  })
  .filter(({ a, b }) => Math.abs(a - b) > 0.01)
  .map(
    ({ a, b, from_kW, ratio }): Leg => ({
      from_frac: Math.min(a, b),
      to_frac: Math.max(a, b),
      from_kW,
      to_kW: from_kW * ratio,
    }),
  )

describe('current over a stretch', () => {
  it('heats like the current of every moment, within 0.05 %', () => {
    fc.assert(
      fc.property(legs, (leg) => {
        expect(electrics.rmsCurrent_A(leg, 0.085) / slowRms_A(leg, 0.085)).toBeCloseTo(1, 3)
      }),
      { numRuns: 30 },
    )
  })

  it('constant power with constant voltage is that current', () => {
    const even = new Electrics([[0, 700]], 1)
    const leg = { from_frac: 0.1, to_frac: 0.9, from_kW: 210, to_kW: 210 }
    expect(even.rmsCurrent_A(leg, 0.1)).toBeCloseTo(even.current_A(210, 0.5, 0.1), 9)
  })

  it('finds where it has changed by a share, and not later', () => {
    fc.assert(
      fc.property(legs, fc.double({ min: 0.005, max: 0.2, noNaN: true }), (leg, change_frac) => {
        const current = (soc_frac: number): number => {
          const way = (soc_frac - leg.from_frac) / (leg.to_frac - leg.from_frac)
          return electrics.current_A(leg.from_kW + (leg.to_kW - leg.from_kW) * way, soc_frac, 0.085)
        }
        const at_frac = electrics.changed_frac(leg, change_frac, 0.085)
        const start_A = current(leg.from_frac)
        const change = (soc_frac: number): number => Math.abs(current(soc_frac) / start_A - 1)
        for (let i = 0; i < 50; i++) {
          const before_frac = leg.from_frac + ((at_frac - leg.from_frac) * i) / 50
          expect(change(before_frac)).toBeLessThan(change_frac + 1e-9)
        }
        if (at_frac < leg.to_frac) expect(change(at_frac)).toBeCloseTo(change_frac, 9)
      }),
    )
  })
})

it('cells rise in voltage and end below the voltage at which charging ends', () => {
  for (const { openCircuit, top_V, nominal_V } of Object.values(cellKinds)) {
    const volts = openCircuit.map(([, open_V]) => open_V)
    expect([...volts].sort((a, b) => a - b)).toEqual(volts)
    expect(volts.at(-1)).toBeLessThan(top_V)
    expect(nominal_V).toBeGreaterThan(volts[0] ?? 0)
  }
})
