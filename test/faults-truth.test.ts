/**
 * What is true of a cable under a fault, against a circuit of heat written down here and stepped by Runge and Kutta: nothing of the
 * product's forms or networks.
 */
import { describe, expect, it } from 'vitest'
import { CABLE_SLOTS, Cable, type CableParameters, CableSlot } from '../src/hub/plant/cable/index.ts'
import { type FaultModeName, truthOf, worn } from '../src/hub/plant/device/index.ts'
import { cableParameters } from '../src/hub/plant/parts/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { planDrill } from '../src/study/simulate/drill/index.ts'
import { faultSite, usualFaultHub } from './support/fault-hub.ts'

function parametersOf(id: string): CableParameters {
  const record = builtInCatalogue().components.get(id)
  if (record?.type !== 'cable') throw new Error(`no cable ${id}`)
  return cableParameters(record, builtInCatalogue()).parameters
}

interface Condition {
  readonly flow: number
  readonly fan: boolean
  readonly contact: number
  readonly metal: number
}

/** Temperatures of conductor, contact, coolant and inlet. */
type Heat = readonly [wire: number, contact: number, coolant: number, inlet: number]

/** Rates by the four balances of a cooled cable with series feed; both poles lumped. */
function rates(
  cable: CableParameters,
  { flow, fan, contact, metal }: Condition,
  current_A: number,
  around_degC: number,
) {
  const { material: m, cooling: c, inlet, contact: pin, length_m: l } = cable
  if (c === null) throw new Error('an uncooled cable')
  const area_m2 = cable.area_mm2 * 1e-6 * metal
  const film = flow ** c.filmFlowExponent
  const w = c.capacityRate_WperK * flow
  const g = flow > 0 ? 1 / (c.wireToCoolant_KmperW / (2 * l * film) + 1 / (2 * w)) : 0
  const k = flow > 0 ? g / (2 * w) : 0
  const toCoolant = flow > 0 ? 2 * c.contactToCoolant_WperK * film : 0
  const copper = area_m2 * cable.layFactor * m.density_kgperm3 * m.specificHeat_JperkgK
  const standing = flow > 0 ? 0 : c.stagnantCapacity_JperKm
  const capacity = 2 * l * (copper + cable.sheathCapacity_JperKm + standing)
  const radiator = fan ? c.radiatorFanOn_WperK : c.radiatorFanOff_WperK
  const heat = (ohm: number, perK: number, at: number): number => 2 * current_A ** 2 * ohm * (1 + perK * (at - 20))
  return ([wire, hot, coolant, plug]: Heat): Heat => {
    const ohm = (m.resistivity_ohmm * cable.layFactor * l) / area_m2
    const toWire = 2 * pin.toWire_WperK * (wire - hot)
    const fromContact = toCoolant * (hot - coolant - k * (wire - coolant))
    const toInlet = 2 * pin.toInlet_WperK * (hot - plug)
    const wire_W = heat(ohm, m.temperatureCoefficient_perK, wire) - g * (wire - coolant) - toWire
    const air_W = 2 * l * cable.wireToAmbient_WperKm * (wire - around_degC)
    const contact_W = heat(pin.resistance_ohm * contact, pin.temperatureCoefficient_perK, hot) - fromContact + toWire
    const inlet_W = heat(inlet.resistance_ohm, inlet.temperatureCoefficient_perK, plug) + toInlet
    return [
      (wire_W - air_W) / capacity,
      (contact_W - toInlet - 2 * pin.toAmbient_WperK * (hot - around_degC)) / (2 * pin.capacity_JperK),
      (g * (wire - coolant) + fromContact + (flow > 0 ? c.pump_W : 0) - radiator * (coolant - around_degC)) /
        c.tank_JperK,
      (inlet_W - 2 * inlet.toAmbient_WperK * (plug - around_degC)) / (2 * inlet.capacity_JperK),
    ]
  }
}

function stepped(rate: (heat: Heat) => Heat, start: Heat, duration_s: number): Heat {
  const step_s = 0.05
  const plus = (heat: Heat, by: Heat, times: number): Heat =>
    heat.map((at, node) => at + (by[node] as number) * times) as unknown as Heat
  let heat = start
  for (let step = 0; step < Math.round(duration_s / step_s); step++) {
    const first = rate(heat)
    const second = rate(plus(heat, first, step_s / 2))
    const third = rate(plus(heat, second, step_s / 2))
    const fourth = rate(plus(heat, third, step_s))
    const mean = first.map(
      (own, node) => (own + 2 * (second[node] as number) + 2 * (third[node] as number) + (fourth[node] as number)) / 6,
    ) as unknown as Heat
    heat = plus(heat, mean, step_s)
  }
  return heat
}

const conditions: readonly (readonly [FaultModeName, number, Condition])[] = [
  ['pump', 1, { flow: 0, fan: true, contact: 1, metal: 1 }],
  ['hose', 0.5, { flow: 0.5, fan: true, contact: 1, metal: 1 }],
  ['leak', 1, { flow: 0, fan: true, contact: 1, metal: 1 }],
  ['fan', 1, { flow: 1, fan: false, contact: 1, metal: 1 }],
  ['contact', 0.5, { flow: 1, fan: true, contact: 5.5, metal: 1 }],
  ['strands', 1, { flow: 1, fan: true, contact: 1, metal: 0.5 }],
  ['flow-sensor', 1, { flow: 1, fan: true, contact: 1, metal: 1 }],
  ['sensor-low', 1, { flow: 1, fan: true, contact: 1, metal: 1 }],
]

describe('the truth under a fault', () => {
  it.each(conditions)('of %s %d is that of the balances of heat', (mode, severity_frac, condition) => {
    const sound = parametersOf('oil-ccs-500')
    const truth = truthOf([{ mode, severity_frac, since_s: 0 }], 1e6)
    const cable = new Cable(worn(sound, truth))
    const [current_A, around_degC, duration_s] = [420, 30, 60]
    const start: Heat = [55, 50, 45, 40]
    const state = new Float64Array(CABLE_SLOTS)
    cable.reset(state, 0, around_degC, around_degC)
    state[CableSlot.wire] = start[0]
    state[CableSlot.contact] = start[1]
    state[cable.slots.coolant] = start[2]
    state[CableSlot.inlet] = start[3]
    cable.form(current_A, truth.flow_frac, truth.fanOn).step(state, 0, duration_s)
    const own = stepped(rates(sound, condition, current_A, around_degC), start, duration_s)
    const places = [CableSlot.wire, CableSlot.contact, cable.slots.coolant, CableSlot.inlet]
    for (const [node, slot] of places.entries()) expect(state[slot]).toBeCloseTo(own[node] as number, 4)
  })

  it('a lost pump leaves 75 s at 500 A and 25 degC, from the settled state', () => {
    const cable = new Cable(parametersOf('oil-ccs-500'))
    const truth = truthOf([{ mode: 'pump', severity_frac: 1, since_s: 0 }], 0)
    const state = new Float64Array(CABLE_SLOTS)
    cable.reset(state, 0, 25, 25)
    cable.form(500, 1, true).settle(state, 0)
    const left_s = cable.untilLimit_s(cable.form(500, truth.flow_frac, truth.fanOn), state, 0, 1000)
    // Lumped reference of a 35 mm2 oil cable: 75.3 s; a cable in space: 78.3 s.
    expect(Math.abs(left_s - 75.3)).toBeLessThan(3)
  })
})

describe('the drill of a site', () => {
  const plan = planDrill(faultSite(usualFaultHub))
  while (plan.step()) {
    // Cases are tried one by one.
  }
  const rows = plan.plugs.find(({ cable }) => cable === 'oil-ccs-500')?.rows ?? []

  it('tries every mode at each onset, severity and load', () => {
    const of = (mode: string) => rows.filter((row) => row.mode === mode)
    expect(of('pump').length).toBe(8)
    expect(of('fan').length).toBe(4)
    expect(of('module').length).toBe(0)
    const dry = plan.plugs.find(({ cable }) => cable === 'air-70')?.rows ?? []
    expect(dry.some(({ mode }) => mode === 'pump')).toBe(false)
    expect(dry.some(({ mode }) => mode === 'contact')).toBe(true)
  })

  it('a stopped pump: told after a second, ramped at 200 A/s, within what copper stands', () => {
    const { material, area_mm2 } = parametersOf('oil-ccs-500')
    for (const row of rows.filter(({ mode, severity_frac }) => mode === 'pump' && severity_frac === 1)) {
      expect(row.detected_s).toBeCloseTo(1, 6)
      expect(row.rest_s).toBeCloseTo(1 + row.current_A / 200, 6)
      const perArea = row.current_A / (area_mm2 * 1e-6)
      const heat =
        (perArea ** 2 * material.resistivity_ohmm) / (material.density_kgperm3 * material.specificHeat_JperkgK)
      const a = material.temperatureCoefficient_perK
      const grows = (from_degC: number): number => Math.log((1 + a * 70) / (1 + a * (from_degC - 20))) / (a * heat)
      // From ambient at the coldest; a warm start leaves less.
      expect(row.adiabatic_s ?? 0).toBeLessThanOrEqual(grows(25) + 0.01)
      if (row.onset === 'cold') expect(row.adiabatic_s).toBeCloseTo(grows(25), 1)
      expect(row.broken).toEqual([])
    }
  })

  it('keeps what standards ask for, and tells where it does not', () => {
    for (const row of rows) {
      if (row.restWithin_s === null) continue
      const isLate = (row.rest_s ?? Number.POSITIVE_INFINITY) > row.restWithin_s + 1e-6
      expect(row.broken.some(({ limit }) => limit === 'rest')).toBe(isLate)
    }
    expect(rows.filter(({ mode }) => mode === 'latch').every(({ rest_s }) => (rest_s ?? 1) <= 0.05)).toBe(true)
    for (const row of rows) expect(row.broken.some(({ limit }) => limit === 'temperature')).toBe(row.excess_K > 1)
  })

  it('cabinets never give more than the modules that are left', () => {
    expect(plan.cabinets.length).toBe(1)
    for (const { rows: lost } of plan.cabinets) {
      for (const { after_kW, could_kW, isOver, modules } of lost) {
        expect(isOver).toBe(false)
        expect(after_kW).toBeLessThanOrEqual((15 - modules) * 40 + 1e-6)
        expect(after_kW).toBeLessThanOrEqual(could_kW + 1e-6)
      }
    }
  })
})
