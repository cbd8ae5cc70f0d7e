/** The air of a run: cables, cabinets and packs go with it, and a wave without height is no wave. */
import { expect, test } from 'vitest'
import { Air, courseOf } from '../src/hub/plant/air/index.ts'
import { CABLE_SLOTS, Cable, CableSlot } from '../src/hub/plant/cable/index.ts'
import { cableParameters } from '../src/hub/plant/parts/index.ts'
import { loadSite } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import type { Quarter } from '../src/study/simulate/run-input.ts'
import { prepareSiteRun, type SiteRun, type SiteRunInput } from '../src/study/simulate/site/index.ts'

const DAY_s = 86_400
const DATE = '2026-07-06'
const FROM_ms = Date.parse(`${DATE}T00:00Z`)

interface Hub {
  readonly air: string
  readonly vehicle?: string
  readonly sessions?: number
}

function runOf(
  { air, vehicle = 'hyundai-ioniq5-2021', sessions = 60 }: Hub,
  more: Partial<SiteRunInput> = {},
): SiteRun {
  const text = `version: 1
name: air
timezone: UTC
location: { latitude_deg: 36, longitude_deg: -115, country: US }
currency: USD
${air}
grid: { import_kW: 2000 }
stations:
  - { id: post, product: abb_terra_184, count: 3 }
demand:
  sessions_perDay: ${sessions}
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  arrival: { mean_frac: 0.1 }
  target: { mean_frac: 0.8 }
  queue: { places: 20 }
  fleet: [{ vehicle: ${vehicle}, share_frac: 1 }]
`
  const checked = loadSite(text, 'air.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  const site = { ...checked.value, demand: checked.value.demand }
  const when = { from_ms: FROM_ms, duration_s: DAY_s, date: DATE }
  return prepareSiteRun({ site, ...when, seed: 2, policy: 'max-min', physics: true, ...more })
}

function resultOf(run: SiteRun) {
  run.run.finish()
  return run.result()
}

test('a wave without height is constant air, to the last bit', () => {
  const flat = resultOf(runOf({ air: 'ambient_degC: 5\nambient: { daily: { low_degC: 30, high_degC: 30 } }' }))
  const constant = resultOf(runOf({ air: 'ambient_degC: 30' }))
  expect(flat).toEqual(constant)
  expect(flat.sessions.served).toBeGreaterThan(40)
})

test('without physics the air stays as warm as the site file says in one number', () => {
  const plain = { physics: false } as const
  const wave = runOf({ air: 'ambient_degC: 30\nambient: { daily: { low_degC: 0, high_degC: 50 } }' }, plain)
  expect(resultOf(wave)).toEqual(resultOf(runOf({ air: 'ambient_degC: 30' }, plain)))
})

test('a daily wave and the same wave as a file are one', () => {
  const daily = 'ambient: { daily: { low_degC: 12, high_degC: 36, warmest_h: 16 } }'
  const times_ms = Array.from({ length: 49 }, (_, half) => FROM_ms + half * 1_800_000)
  const temperature_degC = times_ms.map((_, half) => 24 + 12 * Math.cos(2 * Math.PI * (half / 48 - 16 / 24)))
  const weather = { times_ms, temperature_degC, typical: null }
  const [byWave, byFile] = [resultOf(runOf({ air: daily })), resultOf(runOf({ air: '' }, { weather }))]
  expect(byWave.ambient).toEqual({ lowest_degC: 12, highest_degC: 36, mean_degC: expect.closeTo(24, 9) })
  expect(byFile.energyDelivered_kWh).toBeCloseTo(byWave.energyDelivered_kWh, 6)
  expect(byFile.losses_kWh).toBeCloseTo(byWave.losses_kWh, 6)
})

/** Mean power of the hub in each quarter-hour, where nobody pauses. */
function quarters_kW(hub: Hub): number[] {
  const found: number[] = []
  const quarter = ({ power_kW }: Quarter): void => void found.push(power_kW[0] as number)
  resultOf(runOf(hub, { watch: { quarter } }))
  return found
}

test('a cabinet gives in the heat of the day what its table says, and all at night', () => {
  const product = builtInCatalogue().chargers.get('abb_terra_184')
  const rows = product?.cabinet.derating ?? []
  expect(rows.length).toBeGreaterThan(1)
  const hot = { sessions: 400 }
  const [wave, always] = ['ambient: { daily: { low_degC: 10, high_degC: 50, warmest_h: 12 } }', 'ambient_degC: 50'].map(
    (air) => quarters_kW({ ...hot, air }),
  )
  const mean = (list: readonly number[] = [], from: number) =>
    list.slice(from, from + 4).reduce((sum, kW) => sum + kW / 4, 0)
  const share = Math.min(...rows.map(({ power_frac }) => power_frac))
  // From 11:30 to 12:30 the wave is at its top; at 18:00 it is at 30 degC, below every row of the table.
  expect(mean(wave, 46)).toBeLessThan(mean(wave, 72) * 0.95)
  expect(Math.max(...(always ?? []))).toBeLessThan(Math.max(...(wave ?? [])) * (share + 0.2))
  expect(mean(wave, 46)).toBeCloseTo(mean(always, 46), -1)
})

test('packs arrive as warm as the air of their hour', () => {
  const cold = resultOf(runOf({ air: 'ambient: { daily: { low_degC: -20, high_degC: 4 } }' }))
  expect(cold.packs?.coldest_degC).toBeGreaterThan(-20 + 9.5 - 0.3)
  expect(cold.packs?.coldest_degC).toBeLessThan(-20 + 9.5 + 3)
  expect(Math.abs((cold.packs?.arrival_degC ?? 0) - (-8 + 9.5))).toBeLessThan(3)
})

test('in held air no part of a cable is farther off than the air itself, idle or at full current', () => {
  const record = builtInCatalogue().components.get('oil-ccs-500')
  if (record?.type !== 'cable') throw new Error('no cable')
  const cable = new Cable(cableParameters(record, builtInCatalogue()).parameters)
  const course = courseOf(
    {
      times_ms: [0, 5, 9, 14, 24].map((hour) => hour * 3_600_000),
      temperature_degC: [8, -3, 20, 41, 12],
      typical: null,
    },
    { from_ms: 0, duration_s: DAY_s },
  )
  const air = Air.following(course, DAY_s)
  const [held, fine] = [new Float64Array(CABLE_SLOTS), new Float64Array(CABLE_SLOTS)]
  for (const state of [held, fine]) cable.reset(state, 0, 8, 8)
  const at = (time_s: number) => {
    const right = course.times_s.findIndex((one) => one > time_s)
    const [from_s = 0, to_s = 1] = [course.times_s[right - 1], course.times_s[right]]
    const [left = 0, next = 0] = [course.temperature_degC[right - 1], course.temperature_degC[right]]
    return left + ((next - left) * (time_s - from_s)) / (to_s - from_s)
  }
  let worst_K = 0
  for (let time_s = 0; time_s < DAY_s; time_s += 10) {
    const form = cable.exactForm(time_s % 7200 < 2400 ? 400 : 0, 1, true)
    cable.setAir(fine, 0, at(time_s + 5))
    form.step(fine, 0, 10)
    let now_s = time_s
    while (now_s < time_s + 10) {
      const next_s = Math.min(air.nextChange_s(now_s), time_s + 10)
      cable.setAir(held, 0, air.held_degC(now_s))
      form.step(held, 0, next_s - now_s)
      now_s = next_s
    }
    for (const slot of [CableSlot.contact, CableSlot.hotEnd, CableSlot.inlet]) {
      worst_K = Math.max(worst_K, Math.abs((held[slot] as number) - (fine[slot] as number)))
    }
  }
  expect(worst_K).toBeLessThan(0.26)
  expect(worst_K).toBeGreaterThan(0.01)
})

test('a run in changing air goes on from a snapshot byte for byte', () => {
  const hub = { air: 'ambient: { daily: { low_degC: -5, high_degC: 45 } }' }
  const whole = runOf(hub)
  const first = runOf(hub)
  first.run.until(40_000)
  const second = runOf(hub)
  second.run.restore(first.run.snapshot())
  expect(resultOf(second)).toEqual(resultOf(whole))
})
