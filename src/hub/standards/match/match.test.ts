import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Code, type Language, say } from '../../../base/words/index.ts'
import { builtInCatalogue } from '../catalogue/index.ts'
import type { Charger, Outlet, SwapStation, Vehicle } from '../schema/index.ts'
import { prepareMatch } from './facts.ts'
import { derating_frac } from './limits.ts'
import { match } from './match.ts'
import type { MatchRequest, MatchResult } from './result.ts'
import { limitSources, rankOf } from './sources.ts'

const catalogue = builtInCatalogue()
const facts = prepareMatch(catalogue)
const vehicles = [...catalogue.vehicles.values()]
const chargers = [...catalogue.chargers.values()]
const posts: readonly (Charger | SwapStation)[] = [...chargers, ...catalogue.swapStations.values()]
const optionIds = [...new Set(vehicles.flatMap(({ options }) => Object.keys(options)))]
const adapterIds = [...catalogue.adapters.keys()]

function vehicle(id: string): Vehicle {
  const found = catalogue.vehicles.get(id)
  if (!found) throw new Error(`no vehicle ${id}`)
  return found
}

function post(id: string): Charger {
  const found = catalogue.chargers.get(id)
  if (!found) throw new Error(`no charger ${id}`)
  return found
}

function ask(vehicleId: string, postId: string, extra: Partial<MatchRequest> = {}): MatchResult {
  return match({ vehicle: vehicle(vehicleId), post: post(postId), ...extra }, facts)
}

/** A charger whose first outlet is changed. */
function withOutlet(base: Charger, change: Partial<Outlet>): Charger {
  const [evse, ...others] = base.evses
  if (!evse) throw new Error('no EVSE')
  const connectors = evse.connectors.map((outlet, index) => (index === 0 ? { ...outlet, ...change } : outlet))
  return { ...base, evses: [{ ...evse, connectors }, ...others] }
}

function codes(result: MatchResult): readonly string[] {
  return result.obstacles.map(({ code }) => code)
}

/** Parameters the sentence of a code asks for. */
function namesIn(code: Code, language: Language): readonly string[] {
  const names: string[] = []
  const params = new Proxy<Record<string, string>>({}, { get: (_, name) => names.push(String(name)) })
  say(code, params, language)
  return names
}

const requests = fc.record({
  vehicle: fc.constantFrom(...vehicles),
  post: fc.constantFrom(...posts),
  adapters: fc.subarray(adapterIds, { maxLength: 4 }),
  options: fc.subarray(optionIds),
  market: fc.constantFrom(...(['NA', 'EU', 'CN', 'JP'] as const)),
  date: fc.constantFrom('2019', '2024-06', '2025-03-01', '2026-11-22'),
  ambient_degC: fc.integer({ min: -30, max: 60 }),
  soc_frac: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
})

describe('every vehicle at every post', () => {
  it('M18 gives an answer that agrees with itself, in every market', () => {
    for (const market of [undefined, 'NA', 'EU', 'CN', 'JP'] as const) {
      for (const one of vehicles) {
        for (const other of posts) {
          const result = match({ vehicle: one, post: other, ...(market ? { market } : {}) }, facts)
          const powers = result.limits.map(({ power_kW }) => power_kW)
          expect(powers.every((power_kW) => Number.isFinite(power_kW) && power_kW >= 0)).toBe(true)
          expect(result.power_kW).toBe(powers.length === 0 ? null : Math.min(...powers))
          expect(result.fits).toBe(result.obstacles.length === 0)
          expect(Number.isNaN(result.minutes10to80)).toBe(false)
        }
      }
    }
  })

  it('M18 sorts limits by power, then by the list of sources', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { limits } = match(request, facts)
        limits.slice(1).forEach((limit, index) => {
          const before = limits[index]
          if (!before) return
          expect(before.power_kW).toBeLessThanOrEqual(limit.power_kW)
          if (before.power_kW === limit.power_kW)
            expect(rankOf(before.source)).toBeLessThanOrEqual(rankOf(limit.source))
        })
      }),
    )
  })

  it('M19 says every limit, obstacle, remedy and warning without a gap, in both languages', () => {
    fc.assert(
      fc.property(requests, fc.constantFrom('en' as const, 'zh' as const), (request, language) => {
        const { limits, obstacles, warnings } = match(request, facts)
        const coded = [
          ...limits.map(({ source, params }) => ({ code: source, params })),
          ...obstacles,
          ...obstacles.flatMap(({ remedy }) => remedy ?? []),
          ...warnings,
        ]
        for (const { code, params } of coded) {
          const wanted = namesIn(code, language)
          expect(wanted.filter((name) => params[name] === undefined)).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('M4 is never worse with one more adapter', () => {
    fc.assert(
      fc.property(requests, fc.constantFrom(...adapterIds), (request, adapter) => {
        const before = match(request, facts)
        const after = match({ ...request, adapters: [...request.adapters, adapter] }, facts)
        if (before.fits) expect(after.fits).toBe(true)
        expect(after.power_kW ?? 0).toBeGreaterThanOrEqual(before.power_kW ?? 0)
      }),
    )
  })

  it('M14 gives no less power at a post that gives more', () => {
    const better = fc.constantFrom<(outlet: Outlet) => Partial<Outlet>>(
      ({ maxPower_kW }) => ({ maxPower_kW: maxPower_kW === null ? null : maxPower_kW * 1.3 }),
      ({ maxCurrent_A }) => ({ maxCurrent_A: maxCurrent_A === null ? null : maxCurrent_A * 1.3 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...vehicles), fc.constantFrom(...chargers), better, (one, other, change) => {
        const outlet = other.evses[0]?.connectors[0]
        if (!outlet) return
        const before = match({ vehicle: one, post: other }, facts).power_kW ?? 0
        const after = match({ vehicle: one, post: withOutlet(other, change(outlet)) }, facts).power_kW ?? 0
        expect(after).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  it('M15 gives at no state of charge more than at the best one', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const best = match({ ...request, soc_frac: null }, facts).power_kW ?? 0
        expect(match(request, facts).power_kW ?? 0).toBeLessThanOrEqual(best + 1e-9)
      }),
    )
  })
})

describe('geometry and adapters', () => {
  it('M2 finds rows of adapters by itself', () => {
    const found = ask('mercedes-eqs-2021', 'tesla_sc_v3_na', { market: 'EU', adapters: ['ccs1_ccs2', 'nacs_ccs1_oem'] })
    expect(found.through).toEqual(['nacs_ccs1_oem', 'ccs1_ccs2'])
    expect(found.fits).toBe(true)
  })

  it('M2 uses an adapter built into the outlet', () => {
    const docked = withOutlet(post('tesla_sc_v3_na'), { adapters: ['magic_dock'] })
    const found = match({ vehicle: vehicle('vw-id4-77-2021'), post: docked }, facts)
    expect(found.through).toEqual(['magic_dock'])
    expect(found.power_kW).toBe(125)
  })

  it('M3 leaves out adapters for alternating current and says so', () => {
    const found = ask('hyundai-ioniq5-2025', 'ea_350', { adapters: ['j1772_nacs_ac', 'mcs_ccs2'] })
    expect(found.fits).toBe(false)
    const left = found.warnings.filter(({ code }) => code === 'match.warn.adapterUseless')
    expect(left.map(({ params }) => params['adapter'])).toEqual(['j1772_nacs_ac', 'mcs_ccs2'])
  })

  it('M4 takes the faster of plug and adapter', () => {
    const both: Charger = { ...post('ea_350'), evses: [...post('ea_350').evses, ...post('tesla_sc_v3_na').evses] }
    const request = { vehicle: vehicle('hyundai-ioniq5-2025'), post: both }
    expect(match(request, facts)).toMatchObject({ through: [], power_kW: 126 })
    expect(match({ ...request, adapters: ['ccs1_nacs_oem'] }, facts)).toMatchObject({
      through: ['ccs1_nacs_oem'],
      power_kW: 233,
    })
  })

  it('M12 refuses an adapter below the voltage of the session', () => {
    expect(codes(ask('hyundai-ioniq5-2025', 'ea_350', { adapters: ['ccs1_nacs_tesla'] }))).toEqual([
      'adapter.maxVoltage',
    ])
  })

  it('M19 offers adapters that would lead to a session, and no others', () => {
    const remedy = ask('hyundai-ioniq5-2025', 'ea_350').obstacles[0]?.remedy
    expect(remedy).toEqual({ code: 'remedy.adapter', params: { adapters: ['ccs1_nacs_oem'] } })
    expect(ask('chaoji-trial-car', 'gbt2015_180').obstacles[0]?.remedy?.code).toBe('remedy.adapter.pilot')
    expect(ask('mercedes-eactros-600-2024', 'chargepoint_mcs').obstacles[0]?.remedy).toEqual({
      code: 'remedy.option',
      params: { option: 'mcs-inlet' },
    })
  })

  it('a single connector of a post can be asked for', () => {
    const leaf = { vehicle: vehicle('nissan-leaf-62-2019'), post: post('ea_350') }
    const places = post('ea_350').evses[0]?.connectors.map(({ connector }) => connector) ?? []
    const at = (connector: string) => match({ ...leaf, evse: 0, connector: places.indexOf(connector) }, facts)
    expect(at('chademo').fits).toBe(true)
    expect(codes(at('ccs1'))).toContain('connector.fit')
    expect(() => match({ ...leaf, evse: 7 }, facts)).toThrow('EVSE 7')
  })
})

describe('direct current', () => {
  it('M1 does not match posts or vehicles for alternating current, and says so', () => {
    const ac = withOutlet(post('ionity_350'), { connector: 'type2' })
    const found = match({ vehicle: vehicle('vw-id4-77-2021'), post: ac }, facts)
    expect(found).toMatchObject({ fits: false, power_kW: 0, warnings: [{ code: 'match.warn.dcOnly' }] })
  })
})

describe('protocol', () => {
  it('M5 names the maker’s own protocol, else the newest common one', () => {
    expect(ask('tesla-model-y-lr-2020', 'tesla_sc_v3_na').protocol).toBe('tesla_swcan')
    expect(ask('hyundai-ioniq5-2025', 'tesla_sc_v3_na').protocol).toBe('iso_15118_2')
    expect(ask('zeekr-001-2024', 'huawei_dt600').protocol).toBe('gbt_27930_2023_a')
    expect(ask('zeekr-001-2024', 'gbt2015_180').protocol).toBe('gbt_27930_2015')
  })

  it('M6 needs a translator between CCS and CHAdeMO', () => {
    const without = ask('nissan-leaf-40-2018', 'ionity_350')
    expect(codes(without)).toEqual(['connector.fit', 'protocol.common'])
    expect(ask('nissan-leaf-40-2018', 'ionity_350', { adapters: ['ccs2_chademo'] }).fits).toBe(true)
  })
})

describe('access, market, date and options', () => {
  it('M7 admits members and refuses others with the brands that may', () => {
    const refused = ask('byd-han-l-2025', 'li_5c')
    expect(codes(refused)).toEqual(['access.network'])
    expect(refused.obstacles[0]?.remedy?.params).toEqual({ brands: ['Li Auto'] })
    expect(ask('byd-han-l-2025', 'li_5c', { memberships: ['Li Auto'] }).fits).toBe(true)
  })

  it('M7 names the day from which the network opens', () => {
    const early = ask('ford-mache-er-2021', 'tesla_sc_v3_na', { adapters: ['nacs_ccs1_oem'], date: '2024-02-28' })
    expect(early.obstacles[0]?.remedy).toEqual({ code: 'remedy.laterDate', params: { date: '2024-02-29' } })
  })

  it('M8 says when a vehicle is taken as imported', () => {
    const found = ask('mercedes-eqs-2021', 'gbt2015_120', { adapters: ['gbt_ccs2'] })
    expect(found.warnings.map(({ code }) => code)).toContain('match.warn.imported')
  })

  it('M9 picks the inlet that the day allows', () => {
    expect(ask('gm-silverado-ev-2024', 'nacs_plc_400', { date: '2025-06' }).fits).toBe(false)
    expect(ask('gm-silverado-ev-2024', 'nacs_plc_400', { date: '2026-06' }).fits).toBe(true)
  })

  it('M10 counts options that are standard by themselves', () => {
    expect(ask('mercedes-cla-2026', 'tesla_sc_v3_na')).toMatchObject({ fits: true, options: ['converter'] })
    expect(ask('mercedes-cla-2026', 'tesla_sc_v3_eu').fits).toBe(false)
  })
})

describe('voltage, current and power', () => {
  it('M11 refuses a post that starts above the pack', () => {
    const high = withOutlet(post('ionity_350'), { minVoltage_V: 500 })
    expect(codes(match({ vehicle: vehicle('vw-id4-77-2021'), post: high }, facts))).toEqual(['charger.minVoltage'])
  })

  it('M11 wants more than the floor, not as much', () => {
    const at = (maxVoltage_V: number) =>
      match({ vehicle: vehicle('xpeng-g6-2025'), post: withOutlet(post('ionity_350'), { maxVoltage_V }) }, facts)
    expect(codes(at(500))).toEqual(['charger.maxVoltage'])
    expect(at(800).fits).toBe(true)
  })

  it('M12 takes an unpublished strategy as no session, and says it is not sure', () => {
    const found = ask('zeekr-7x-2025', 'tesla_sc_v3_eu')
    expect(found).toMatchObject({ fits: false, confidence: 'uncertain' })
    expect(found.warnings.map(({ code }) => code)).toContain('match.warn.strategyUnknown')
  })

  it('M12 bounds an unpublished power by everything else', () => {
    const found = ask('gm-silverado-ev-2024', 'tesla_sc_v3_na')
    expect(found).toMatchObject({ power_kW: 250, verdict: 'limited', confidence: 'uncertain' })
    const limit = found.limits.find(({ source }) => source === 'vehicle.lowVoltage')
    expect(limit?.params['known']).toBe(false)
  })

  it('M13 keeps the 250 A class but for stated currents and the maker’s own posts', () => {
    expect(ask('zeekr-7x-2025', 'huawei_dt600').power_kW).toBe(200)
    expect(ask('zeekr-7x-2025', 'zeekr_v3').power_kW).toBe(360)
    expect(ask('xpeng-g9-2022', 'gbt2015_cooled_480').power_kW).toBe(445)
  })

  it('M13 a 200 A CHAdeMO plug gives a LEAF e+ 80 kW, a 125 A one 50 kW', () => {
    const leaf = vehicle('nissan-leaf-62-2019')
    const wide = withOutlet(post('ionity_350'), {
      connector: 'chademo',
      maxVoltage_V: 500,
      maxCurrent_A: 200,
      maxPower_kW: 100,
    })
    expect(match({ vehicle: leaf, post: wide }, facts)).toMatchObject({ power_kW: 80, verdict: 'limited' })
    expect(ask('nissan-leaf-62-2019', 'ea_350').power_kW).toBe(50)
  })

  it('M14 counts guns that work together', () => {
    expect(ask('byd-han-l-2025', 'byd_flash_1')).toMatchObject({ guns: 2, power_kW: 945 })
    expect(ask('byd-han-l-2025', 'huawei_dt600')).toMatchObject({ guns: 1, power_kW: 567 })
  })

  it('M14 derates by the table: full below it, linear inside, the last row above', () => {
    const rows = [
      { ambient_degC: 35, power_frac: 1 },
      { ambient_degC: 40, power_frac: 0.9 },
      { ambient_degC: 50, power_frac: 0.75 },
      { ambient_degC: 50, power_frac: 0.5 },
    ]
    expect([20, 35, 37.5, 40, 45, 50, 51].map((degC) => derating_frac(rows, degC))).toEqual([
      1, 1, 0.95, 0.9, 0.825, 0.75, 0.5,
    ])
    expect(derating_frac([], 45)).toBe(1)
  })

  it('M16 gives no time without a battery size', () => {
    expect(ask('lucid-gravity-2025', 'tesla_sc_v4cab').minutes10to80).toBeNull()
  })

  it('M15 meets the published time the curve is fitted to', () => {
    expect(ask('tesla-cybertruck-2024', 'tesla_sc_v4cab').minutes10to80).toBeCloseTo(35, 1)
  })
})

describe('answer', () => {
  it('M18 every limit source has a name and a sentence', () => {
    for (const source of limitSources) {
      expect(say(source, {}, 'en')).not.toBe('')
      expect(say(`${source}.name`, {}, 'zh')).not.toBe('')
    }
  })

  it('M20 is no surer than the facts it rests on', () => {
    expect(ask('hyundai-ioniq5-2021', 'tesla_sc_v3_eu').confidence).toBe('reported')
    expect(ask('zeekr-001-2025', 'huawei_dt600').confidence).toBe('uncertain')
  })

  it('M21 a swap is an equality of interfaces', () => {
    const station = catalogue.swapStations.get('nio_pss_4')
    if (!station) throw new Error('record moved')
    expect(match({ vehicle: vehicle('nio-et5-2022'), post: station }, facts)).toMatchObject({
      fits: true,
      power_kW: null,
    })
    const tesla = match({ vehicle: vehicle('tesla-model-y-lr-2020'), post: station }, facts)
    expect(tesla.obstacles[0]).toMatchObject({ code: 'swap.interface', remedy: { code: 'remedy.plugIn' } })
  })

  it('records that are not in the catalogue are matched as they are', () => {
    const own = { ...vehicle('vw-id4-77-2021'), id: 'own', maxPower_kW: 90, inlets: [] }
    const result = match({ vehicle: own, post: post('ionity_350') }, facts)
    expect(codes(result)).toEqual(['connector.fit'])
    const faster = { ...vehicle('vw-id4-77-2021'), maxCurrent_A: 100 }
    expect(match({ vehicle: faster, post: post('ionity_350') }, facts).power_kW).toBe(40)
  })
})
