/**
 * A contact that wears at once to ten times its resistance: how much warmer it gets than a sound one, against what it makes of the
 * current in the seconds a dispenser declares, computed here from the record of the cable by nothing of the product.
 */
import { expect, it } from 'vitest'
import { compileHub } from '../src/hub/plant/compile/index.ts'
import { cableParameters } from '../src/hub/plant/parts/index.ts'
import { loadSite } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { cablesOf } from '../src/study/simulate/devices/site-devices.ts'
import { drillPlug, fullLoad_A } from '../src/study/simulate/drill/plug-drill.ts'
import { Conditions } from '../src/study/simulate/faults/conditions.ts'
import { dispensersOf } from '../src/study/simulate/faults/plan.ts'

/** A gap of 10 K is made sure of for 3 s; slopes are seen over 1 s, by looks 1 s apart. */
const GAP_K = 10
const DECLARED_s = 3 + 1 + 1
const TOLERANCE_K = 1

function site(cable: string, current_A: number, ambient_degC: number) {
  const plug = `connector: ccs2, minVoltage_V: 200, maxVoltage_V: 1000, maxPower_kW: 900, maxCurrent_A: ${current_A}`
  const text = `version: 1
name: worn
timezone: UTC
location: { latitude_deg: 42, longitude_deg: 9, country: DE }
currency: EUR
ambient_degC: ${ambient_degC}
grid: { import_kW: 900 }
cabinets: [{ id: cab, power_kW: 400, modules: { module: sic-air-40, count: 10 } }]
stations: [{ id: post, cabinet: cab, evses: [{ connectors: [{ ${plug}, cable: ${cable} }] }] }]
`
  const checked = loadSite(text, 'worn.yaml', builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.value
}

/** Rise of a contact with ten times its resistance, giving off nothing. */
function made_K(cable: string, current_A: number, from_degC: number): number {
  const record = builtInCatalogue().components.get(cable)
  if (record?.type !== 'cable') throw new Error(`no cable ${cable}`)
  const { contact } = cableParameters(record, builtInCatalogue()).parameters
  const growth_perK = contact.temperatureCoefficient_perK
  const speed_Kpers = (current_A ** 2 * 10 * contact.resistance_ohm) / contact.capacity_JperK
  if (growth_perK === 0) return speed_Kpers * DECLARED_s
  return (from_degC - 20 + 1 / growth_perK) * Math.expm1(growth_perK * speed_Kpers * DECLARED_s)
}

it.each([
  ['oil-ccs-500', 620, 25],
  ['glycol-v3-640', 700, 25],
  ['immersed-v4-1000', 1000, 40],
  ['glycol-mcs-3000', 3000, 45],
  ['air-95', 500, 5],
] as const)('contact of %s at %i A in air of %i degC', (cable, current_A, ambient_degC) => {
  const hub = compileHub(site(cable, current_A, ambient_degC))
  const dispenser = dispensersOf(hub, cablesOf(hub))(0)
  const full_A = fullLoad_A(dispenser)
  for (const onset of ['cold', 'warm'] as const) {
    const drill = (mode: 'contact' | 'sensor-open') =>
      drillPlug(dispenser, full_A, { mode, severity_frac: 1, onset, load_frac: 1 }, new Conditions())
    const from_degC = drill('sensor-open').highest_degC
    const { current_A: drawn_A, highest_degC, detected_s } = drill('contact')
    expect(detected_s).not.toBeNull()
    expect(highest_degC - from_degC).toBeLessThanOrEqual(GAP_K + made_K(cable, drawn_A, from_degC) + TOLERANCE_K)
  }
})
