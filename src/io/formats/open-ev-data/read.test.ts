import { describe, expect, it } from 'vitest'
import { builtInCatalogue, match, prepareMatch } from '../../../hub/standards/index.ts'
import { loadCatalogueFiles } from '../../../hub/standards/records/index.ts'
import { pieces, told } from '../sessions/test-support.ts'
import { readOpenEvData } from './index.ts'

const car = {
  id: '1',
  brand: 'Škoda',
  model: 'Enyaq 85',
  variant: '',
  vehicle_type: 'car',
  release_year: 2024,
  usable_battery_size: 77,
  ac_charger: { ports: ['type2'], max_power: 11 },
  dc_charger: {
    ports: ['ccs'],
    max_power: 135,
    charging_curve: [
      { percentage: 0, power: 100 },
      { percentage: 10, power: 135 },
      { percentage: 60, power: 110 },
      { percentage: 100, power: 10 },
    ],
    is_default_charging_curve: false,
  },
  charging_voltage: 400,
}

const text = (...data: object[]): string => JSON.stringify({ meta: {}, brands: [{ id: 'x', name: 'Škoda' }], data })
const read = (content: string, market: 'EU' | 'NA' = 'EU') =>
  readOpenEvData({ file: 'ev-data.json', chunks: pieces(content, 50) }, { market })

describe('Open EV Data', () => {
  it('becomes records the catalogue takes, and a match uses their curve', async () => {
    const checked = await read(text(car, { ...car, id: '2' }))
    if (!checked.ok) throw new Error(told(checked.problems).join())
    const records = { name: 'own.yaml', text: JSON.stringify(checked.value) }
    const catalogue = loadCatalogueFiles([records], builtInCatalogue())
    if (!catalogue.ok) throw new Error(told(catalogue.problems).join())
    expect(checked.value.vehicles.map(({ id }) => id)).toEqual(['skoda-enyaq-85-2024', 'skoda-enyaq-85-2024-2'])
    const vehicle = catalogue.value.vehicles.get('skoda-enyaq-85-2024')
    const post = catalogue.value.chargers.get('alp_hyc_400')
    if (!vehicle || !post) throw new Error('not there')
    const request = {
      vehicle,
      post,
      adapters: [],
      options: [],
      market: 'EU',
      date: '2026-06-01',
      ambient_degC: 20,
    } as const
    const { fits, power_kW, curve } = match(request, prepareMatch(catalogue.value))
    expect([fits, power_kW]).toEqual([true, 135])
    expect(curve?.find(([soc_frac]) => soc_frac === 0.6)?.[1]).toBe(110)
  })

  it('a plug depends on the market', async () => {
    const tesla = { ...car, dc_charger: { ...car.dc_charger, ports: ['tesla_suc', 'chademo'] } }
    const plugs = async (market: 'EU' | 'NA') => {
      const checked = await read(text(car, tesla), market)
      return checked.ok ? checked.value.vehicles.map(({ inlets }) => inlets.map(({ connector }) => connector)) : []
    }
    expect(await plugs('EU')).toEqual([['ccs2'], ['type2_tesla_dc', 'chademo']])
    expect(await plugs('NA')).toEqual([['ccs1'], ['nacs', 'chademo']])
  })

  it('what has no direct current, no curve or no battery is left out and told', async () => {
    const falling = [...car.dc_charger.charging_curve].reverse()
    const checked = await read(
      text(
        car,
        { ...car, dc_charger: null },
        { ...car, dc_charger: { ...car.dc_charger, ports: [] } },
        { ...car, dc_charger: { ...car.dc_charger, charging_curve: falling } },
        { ...car, usable_battery_size: null },
      ),
    )
    expect(checked.ok && checked.warnings.map(({ code, path }) => `${path} ${code}`)).toEqual([
      '[1] trace.noValue',
      '[2] import.noPlug',
      '[3] import.noCurve',
      '[4] trace.noValue',
    ])
  })

  it('a file that is another', async () => {
    const problems = async (content: string) => {
      const checked = await read(content)
      return checked.ok ? [] : told(checked.problems)
    }
    expect(await problems('brand,model\n')).toEqual(['1:1 trace.noRecords'])
    expect(await problems(text())).toEqual(['import.nothing'])
    expect(await problems(text(car).slice(0, 300))).toEqual([expect.stringContaining('workload.truncated')])
  })
})
