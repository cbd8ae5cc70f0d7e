/**
 * However cooling fails, no contact or conductor gets warmer than what the current makes in it, giving off nothing, while the dispenser
 * has not noticed yet and ramps down. The bound is computed here, from materials and geometry, by nothing of the product.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cableParameters } from '../src/hub/plant/parts/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import type { FaultResult } from '../src/study/simulate/faults/index.ts'
import type { SiteRun } from '../src/study/simulate/site/index.ts'
import { runs } from './support/counts.ts'
import { type FaultHub, fault, faultRun } from './support/fault-hub.ts'

const DAY_s = 86_400
const TOLERANCE_K = 1

interface Body {
  /** Rise at 20 degC, and growth of the loss. */
  readonly speed_Kpers: number
  readonly growth_perK: number
}

/** C T' = I^2 R (1 + a (T - 20)), integrated: T + 1/a - 20 grows by exp(a s t). */
function rise_K({ speed_Kpers, growth_perK }: Body, from_degC: number, time_s: number): number {
  if (growth_perK === 0) return speed_Kpers * time_s
  return (from_degC - 20 + 1 / growth_perK) * (Math.exp(growth_perK * speed_Kpers * time_s) - 1)
}

function cableOf(id: string) {
  const record = builtInCatalogue().components.get(id)
  if (record?.type !== 'cable') throw new Error(`no cable ${id}`)
  return cableParameters(record, builtInCatalogue()).parameters
}

/** What heats itself in a cable: bare conductor, contacts, the terminals of the inlet. */
function bodies(id: string, current_A: number): Body[] {
  const { material, area_mm2, contact, inlet } = cableOf(id)
  const perArea = current_A / (area_mm2 * 1e-6)
  const wire_Kpers =
    (perArea ** 2 * material.resistivity_ohmm) / (material.density_kgperm3 * material.specificHeat_JperkgK)
  return [
    { speed_Kpers: wire_Kpers, growth_perK: material.temperatureCoefficient_perK },
    ...[contact, inlet].map(({ resistance_ohm, capacity_JperK, temperatureCoefficient_perK }) => {
      return {
        speed_Kpers: (current_A ** 2 * resistance_ohm) / capacity_JperK,
        growth_perK: temperatureCoefficient_perK,
      }
    }),
  ]
}

/** What dispensers declare: 1 s and 200 A/s up to 15 A/mm2, 0.3 s and 1000 A/s beyond. A linear ramp heats like a third of it. */
function declared_s(id: string, most_A: number, current_A: number): number {
  const isDense = most_A / cableOf(id).area_mm2 > 15
  return isDense ? 0.3 + current_A / 1000 / 3 : 1 + current_A / 200 / 3
}

const cooled = [
  { cable: 'oil-ccs-500', current_A: 500 },
  { cable: 'oil-ccs-500', current_A: 600 },
  { cable: 'glycol-v3-640', current_A: 640 },
  { cable: 'immersed-v4-1000', current_A: 1000 },
] as const

const hubs = fc.record({
  plug: fc.constantFrom(...cooled),
  ambient_degC: fc.integer({ min: -10, max: 45 }),
  sessions_perDay: fc.integer({ min: 30, max: 150 }),
  vehicle: fc.constantFrom('tesla-model-y-lr-2020', 'hyundai-ioniq5-2021'),
  seed: fc.integer({ min: 1, max: 1e6 }),
})
const faultsOfDay = fc.array(
  fc.record({
    mode: fc.constantFrom('pump', 'pump', 'hose', 'leak', 'fan'),
    late_s: fc.integer({ min: 0, max: 3000 }),
    lasts_s: fc.integer({ min: 60, max: 4000 }),
    severity_frac: fc.integer({ min: 5, max: 100 }).map((percent) => percent / 100),
  }),
  { minLength: 10, maxLength: 10 },
)

interface Before {
  readonly current_A: number
  readonly ambient_degC: number
}

/** What flows at a place just before a moment. */
function before(siteRun: SiteRun, place: number, at_s: number): Before {
  const { run, plugs } = siteRun
  run.until(at_s - 1e-3)
  run.settle()
  const slot = run.plant.network.slotOfPlace[place] as number
  const { power_kW, profile, soc_frac } = run.plant
  const [drawn_kW, own, soc] = [power_kW[slot], profile[slot], soc_frac[slot]] as [number, number, number]
  const current_A = drawn_kW > 0 ? (plugs?.current_A(own, drawn_kW, soc) ?? 0) : 0
  return { current_A, ambient_degC: siteRun.hub.site.ambient_degC }
}

type Plug = (typeof cooled)[number]

/** Beyond a limit no further than what a dispenser at full current needs to notice and ramp down. */
function mostBeyond_K({ cable, current_A }: Plug): number {
  const time_s = declared_s(cable, current_A, current_A)
  const { conductor_degC } = cableOf(cable).limits
  return Math.max(...bodies(cable, current_A).map((body) => rise_K(body, conductor_degC, time_s)))
}

/** Without any current a cable is as warm as what is around it, and as its pump makes it. */
function idle_degC(cable: string, ambient_degC: number): number {
  const { inlet, cooling } = cableOf(cable)
  const pump_K = cooling ? cooling.pump_W / cooling.radiatorFanOn_WperK : 0
  return Math.max(ambient_degC, inlet.packCoolant_degC ?? ambient_degC) + pump_K
}

/** From the temperature and current it had, no further than that either. */
function checkRamp({ cable, current_A: most_A }: Plug, found: FaultResult, { current_A, ambient_degC }: Before): void {
  const from_degC = Math.max(found.began_degC ?? 0, idle_degC(cable, ambient_degC))
  const time_s = declared_s(cable, most_A, current_A)
  const bound_K = Math.max(...bodies(cable, current_A).map((body) => rise_K(body, from_degC, time_s)))
  expect((found.highest_degC ?? 0) - from_degC).toBeLessThanOrEqual(bound_K + TOLERANCE_K)
}

it('overshoot of days on which cooling fails keeps within the adiabatic bound', () => {
  let live = 0
  fc.assert(
    fc.property(hubs, faultsOfDay, ({ plug, ...rest }, drawn) => {
      const hub: FaultHub = { ...plug, ...rest, duration_s: DAY_s }
      const asked = drawn.map(({ mode, late_s, lasts_s, severity_frac }, at) => {
        const graded = mode === 'fan' ? {} : { severity_frac }
        return fault(mode, `post-${(at % 2) + 1}`, 1800 + at * 8000 + late_s, { lasts_s, ...graded })
      })
      const siteRun = faultRun(hub, asked)
      const known = asked.map(({ at_s }, at) => before(siteRun, at % 2, at_s))
      siteRun.run.finish()
      const { contact_degC, conductor_degC, inlet_degC } = cableOf(plug.cable).limits
      const limit_degC = Math.max(contact_degC, conductor_degC, inlet_degC)
      const most_degC = limit_degC + mostBeyond_K(plug) + TOLERANCE_K
      for (const [at, found] of (siteRun.result().faults ?? []).entries()) {
        expect(found.highest_degC ?? 0).toBeLessThanOrEqual(most_degC)
        if (found.reaction !== 'ramp' || found.seenBy !== 'flow') continue
        const was = known[at] as Before
        if (was.current_A > 100) live++
        checkRamp(plug, found, was)
      }
    }),
    { numRuns: runs(8, 1000), seed: 7, endOnFailure: true },
  )
  expect(live).toBeGreaterThan(runs(8, 1000) / 2)
}, 3_600_000)
