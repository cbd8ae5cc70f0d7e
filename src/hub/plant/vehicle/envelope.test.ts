import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { ProfileTable } from '../profile.ts'
import { ACCEPTANCE_STEPS, Acceptance } from './acceptance.ts'
import type { Coupling } from './electrics.ts'
import { ceilingLine, currentLine, floorLine, together } from './envelope.ts'
import { aPack } from './test-support.ts'
import { type VehicleAtPlace, VehicleEnvelope } from './vehicle-envelope.ts'

const amount = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const curves = fc
  .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 7 })
  .chain((socs) =>
    fc.tuple(...socs.sort((a, b) => a - b).map((soc) => fc.tuple(fc.constant(soc / 50), amount(1, 600)))),
  )

const couplings: fc.Arbitrary<Coupling> = fc.oneof(
  fc.constant({ kind: 'direct' } as const),
  fc.constant({ kind: 'bankSwitch' } as const),
  amount(300, 500).map((post_V) => ({ kind: 'converter', post_V }) as const),
)

const limitsOf = (coupling: Coupling) => {
  const scale = coupling.kind === 'bankSwitch' ? 0.5 : 1
  const voltages = (source: string, min: number, max: number) =>
    coupling.kind === 'converter'
      ? fc.constant([])
      : fc.array(
          amount(min * scale, max * scale).map((voltage_V) => ({ source, voltage_V })),
          { maxLength: 2 },
        )
  return fc.record({
    powers: fc.array(
      amount(20, 500).map((power_kW) => ({ source: 'charger.maxPower', power_kW })),
      { maxLength: 2 },
    ),
    currents: fc.array(
      amount(50, 900).map((current_A) => ({ source: 'cable.maxCurrent', current_A })),
      { maxLength: 2 },
    ),
    ceilings: voltages('charger.maxVoltage', 700, 900),
    floors: voltages('charger.minVoltage', 500, 720),
  })
}

const vehicles: fc.Arbitrary<VehicleAtPlace> = couplings.chain((coupling) =>
  fc.record({
    pack: amount(0.02, 0.2).map((resistance_ohm) => aPack({ resistance_ohm })),
    coupling: fc.constant(coupling),
    own: curves,
    curve: fc.option(curves),
    limits: limitsOf(coupling),
    guns: fc.constant(1),
  }),
)

const levels = fc.integer({ min: 1, max: ACCEPTANCE_STEPS })
const socs = amount(0.0005, 0.9995)

function valueAt(points: readonly (readonly [number, number])[], soc_frac: number): number {
  const right = points.findIndex(([soc]) => soc >= soc_frac)
  if (right <= 0) return (right < 0 ? points.at(-1) : points[0])?.[1] ?? 0
  const [a, b] = [points[right - 1] ?? [0, 0], points[right] ?? [0, 0]]
  return a[1] + ((b[1] - a[1]) * (soc_frac - a[0])) / (b[0] - a[0])
}

function envelopeAt_kW(envelope: VehicleEnvelope, level: number, soc_frac: number): number {
  const table = new ProfileTable()
  return table.envelopeAt_kW(table.add(envelope.scaled(level)), soc_frac)
}

/** Room every limit leaves at a power, in its own unit, as a share of the limit. Written from the limits, not from their lines. */
function rooms(vehicle: VehicleAtPlace, level: number, soc_frac: number, power_kW: number, pack_ohm: number): number[] {
  const { plug, pack } = new VehicleEnvelope(vehicle)
  const share = level / ACCEPTANCE_STEPS
  const { powers, currents, ceilings, floors } = vehicle.limits
  const here = valueAt(vehicle.curve ?? vehicle.own, soc_frac)
  const isBelow = floors.some(({ voltage_V }) => plug.openCircuit_V(soc_frac) < voltage_V)
  return [
    1 - power_kW / valueAt(vehicle.own, soc_frac),
    1 - power_kW / (here * share),
    1 - pack.voltage_V(power_kW, soc_frac, pack_ohm) / vehicle.pack.max_V,
    ...powers.map((limit) => 1 - power_kW / limit.power_kW),
    ...currents.map((limit) => 1 - plug.current_A(power_kW, soc_frac, pack_ohm) / limit.current_A),
    ...ceilings.map(({ voltage_V }) =>
      power_kW > 0 ? 1 - plug.voltage_V(power_kW, soc_frac, pack_ohm) / voltage_V : 0,
    ),
    ...(isBelow ? [-power_kW] : []),
  ]
}

describe('the envelope of a vehicle at a place', () => {
  it('passes no limit at any resistance of its step (V5)', () => {
    fc.assert(
      fc.property(vehicles, levels, socs, amount(0, 1), (vehicle, level, soc_frac, part) => {
        const power_kW = envelopeAt_kW(new VehicleEnvelope(vehicle), level, soc_frac)
        const { low_ohm, high_ohm } = new Acceptance(vehicle.pack).resistances(level)
        const pack_ohm = low_ohm + part * (high_ohm - low_ohm)
        expect(power_kW).toBeGreaterThanOrEqual(0)
        expect(Math.min(...rooms(vehicle, level, soc_frac, power_kW, pack_ohm))).toBeGreaterThan(-1e-9)
      }),
      { numRuns: runs(500, 5000) },
    )
  })

  it('lies on a limit everywhere (V5)', () => {
    fc.assert(
      fc.property(vehicles, levels, socs, (vehicle, level, soc_frac) => {
        const power_kW = envelopeAt_kW(new VehicleEnvelope(vehicle), level, soc_frac)
        if (power_kW === 0) return
        const { low_ohm, high_ohm } = new Acceptance(vehicle.pack).resistances(level)
        const least = [low_ohm, high_ohm].map((pack_ohm) =>
          Math.min(...rooms(vehicle, level, soc_frac, power_kW, pack_ohm)),
        )
        expect(Math.min(...least.map(Math.abs))).toBeLessThan(1e-7)
      }),
      { numRuns: runs(500, 5000) },
    )
  })

  it('is never raised by a colder pack or a tighter limit (V5)', () => {
    fc.assert(
      fc.property(vehicles, levels, levels, socs, amount(0.3, 1), (vehicle, a, b, soc_frac, tighter) => {
        const envelope = new VehicleEnvelope(vehicle)
        const here_kW = envelopeAt_kW(envelope, Math.max(a, b), soc_frac)
        expect(envelopeAt_kW(envelope, Math.min(a, b), soc_frac)).toBeLessThanOrEqual(here_kW + 1e-9)
        const currents = vehicle.limits.currents.map((limit) => ({ ...limit, current_A: limit.current_A * tighter }))
        const tight = new VehicleEnvelope({ ...vehicle, limits: { ...vehicle.limits, currents } })
        expect(envelopeAt_kW(tight, Math.max(a, b), soc_frac)).toBeLessThanOrEqual(here_kW + 1e-9)
      }),
      { numRuns: runs(300, 3000) },
    )
  })

  it('names the source of each piece, from current through the curve to the voltage of the full pack', () => {
    const limits = {
      powers: [],
      currents: [{ source: 'cable.maxCurrent', current_A: 200 }],
      ceilings: [],
      floors: [],
    }
    const own = [
      [0, 300],
      [1, 100],
    ] as const
    const pack = aPack({ resistance_ohm: 0.1 })
    const table = new ProfileTable()
    table.add(new VehicleEnvelope({ pack, coupling: { kind: 'direct' }, own, curve: null, limits, guns: 1 }).warm())
    const pieces = table.firstPiece[1]
    const sources = Array.from(table.source, (index) => table.sources[index]).slice(0, pieces)
    expect([...new Set(sources)]).toEqual(['cable.maxCurrent', 'vehicle.chargeCurve', 'vehicle.maxVoltage'])
    expect([...table.held].slice(0, pieces)).toEqual(
      sources.map((source) => (source === 'vehicle.chargeCurve' ? 0 : 1)),
    )
  })

  it('books what a cold pack does not take to its temperature (V12)', () => {
    const limits = { powers: [], currents: [], ceilings: [], floors: [] }
    const own = [[0, 100]] as const
    const vehicle = { pack: aPack({}), coupling: { kind: 'direct' }, own, curve: null, limits, guns: 1 } as const
    const table = new ProfileTable()
    table.add(new VehicleEnvelope(vehicle).scaled(ACCEPTANCE_STEPS / 2))
    expect(table.sources[table.source[0] ?? -1]).toBe('vehicle.temperature')
    expect([table.envelope_kW[0], table.could_kW[0]]).toEqual([50, 100])
  })
})

describe('lines of single limits (V4)', () => {
  const { plug } = new VehicleEnvelope({
    pack: aPack({}),
    coupling: { kind: 'direct' },
    own: [[0, 1]],
    curve: null,
    limits: { powers: [], currents: [], ceilings: [], floors: [] },
    guns: 1,
  })

  it('current: the cautious form without resistance lies below', () => {
    const exact = currentLine(plug, 500, 0.085)
    const cautious = currentLine(plug, 500, 0)
    for (const [at, [, power_kW]] of exact.entries()) {
      expect(power_kW - (cautious[at]?.[1] ?? 0)).toBeCloseTo((500 ** 2 * 0.085) / 1000, 9)
    }
  })

  it('voltage: falls to nothing where the open circuit reaches it', () => {
    const line = ceilingLine(plug, 192 * 3.82, 0.085) ?? []
    expect(valueAt(line, 0.6)).toBeCloseTo(0, 9)
    expect(valueAt(line, 0.7)).toBe(0)
    expect(valueAt(line, 0.5)).toBeCloseTo((192 * 3.82 * (192 * (3.82 - 3.735))) / 85, 6)
    expect(ceilingLine(plug, 800, 0)).toBeNull()
  })

  it('lowest voltage: nothing flows into a pack below it', () => {
    const line = floorLine(plug, 192 * 3.6) ?? []
    expect(valueAt(line, 0.29)).toBe(0)
    expect(line.at(-1)?.[0]).toBeCloseTo(0.3, 12)
    expect(floorLine(plug, 500)).toBeNull()
    expect(floorLine(plug, 900)).toEqual([[0, 0]])
  })
})

describe('two guns (V8)', () => {
  const one = (current_A: number, power_kW: number) => ({
    powers: [{ source: 'charger.maxPower', power_kW }],
    currents: [{ source: 'cable.maxCurrent', current_A }],
    ceilings: [{ source: 'charger.maxVoltage', voltage_V: 1000 }],
    floors: [],
  })

  it('the current splits evenly: the weaker plug holds back the other', () => {
    const own = [[0, 2000]] as const
    const vehicle = { pack: aPack({ max_V: 1000 }), coupling: { kind: 'direct' }, own, curve: null, guns: 2 } as const
    const at_kW = (limits: VehicleAtPlace['limits']) =>
      envelopeAt_kW(new VehicleEnvelope({ ...vehicle, limits }), 64, 0.3)
    const uneven_kW = at_kW(together([one(500, 600), one(250, 600)]))
    expect(uneven_kW).toBe(at_kW(together([one(250, 600), one(250, 600)])))
    expect(uneven_kW).toBe(at_kW(one(500, 1200)))
    expect(at_kW(together([one(900, 150), one(900, 600)]))).toBe(300)
  })
})
