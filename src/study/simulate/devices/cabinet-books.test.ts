import { expect, it } from 'vitest'
import { plainModule } from '../../../../test/support/allocation-cases.ts'
import {
  allocationPolicies,
  CabinetLossMeter,
  type CabinetParameters,
  createGrants,
  moduleLoss_kW,
} from '../../../hub/plant/cabinet/index.ts'
import { advance, draw, insert, Plant, ProfileTable, StateStore, settleSlot } from '../../../hub/plant/index.ts'
import { CabinetBooks } from './cabinet-books.ts'
import { PlugPhysics } from './plug-physics.ts'

const module = plainModule(40)
const parameters: CabinetParameters = {
  modules: Array.from({ length: 6 }, () => module),
  outputs: [{ maxCurrent_A: 500, maxPower_kW: 240 }],
  matrix: { kind: 'full' },
  maxPower_kW: 240,
  move_s: 2,
  policy: allocationPolicies['max-min'],
  derating: [],
  altitude: null,
  airRise_K: 10,
  busLoss_frac: 0.007,
  fans_frac: 0.002,
  standby_W: 150,
}

/** Loss of the count of modules that lose least together, each tried. */
function leastLoss_kW(power_kW: number, connected: number): number {
  const counts = Array.from({ length: connected }, (_, at) => at + 1).filter((count) => count * 40 >= power_kW - 1e-9)
  return Math.min(...counts.map((count) => count * moduleLoss_kW(module, 'parallel', power_kW / count, 400)))
}

function plantOf(): Plant {
  const profiles = new ProfileTable()
  profiles.add({
    curve: [
      [0, 230],
      [0.4, 180],
      [0.8, 45],
      [1, 10],
    ],
    source: 'vehicle.chargeCurve',
    limits: [],
  })
  const model = {
    nodes: [{ id: 'grid', parent: -1, capacity_kW: 1000, source: 'site.limit' }],
    places: [{ id: 'post', node: 0, rating_kW: 240 }],
  }
  profiles.sourceIndex('site.limit')
  return new Plant({ model, profiles, store: new StateStore(), meter: { flow() {} }, cutoff_kW: 0 })
}

it('what an output loses along a charge is the sum of the least losses of every moment', () => {
  const plant = plantOf()
  const meter = new CabinetLossMeter(parameters)
  const books = new CabinetBooks({
    plant,
    meter,
    parameters,
    plugs: new PlugPhysics(new Map()),
    store: new StateStore(),
  })
  const granted = createGrants(parameters)
  granted.output.fill(0)
  insert(
    plant,
    0,
    {
      place: 0,
      connector: 0,
      vehicle: 0,
      profile: 0,
      soc_frac: 0.1,
      target_frac: 0.9,
      capacity_kWh: 80,
      leaves_s: 1e6,
      waited_s: 0,
    },
    0,
  )
  draw(plant, 0)
  books.begin(0, 0, 0)
  books.take(0, granted)
  let [modules_kWh, drawn_kWh] = [0, 0]
  for (let now_s = 1; (plant.soc_frac[0] as number) < 0.85; now_s++) {
    const before_kWh = plant.delivered_kWh[0] as number
    settleSlot(plant, 0, now_s)
    const here_kWh = (plant.delivered_kWh[0] as number) - before_kWh
    modules_kWh += leastLoss_kW((here_kWh * 3600) / (1 - 0.007), 6) / 3600
    drawn_kWh += here_kWh
    if (advance(plant, 0)) draw(plant, 0)
    if (books.isDue(0, 0)) books.book(0, 0, 0, now_s)
    if ((plant.soc_frac[0] as number) >= 0.85) books.book(0, 0, 0, now_s)
  }
  const { totals } = books
  expect(totals.modules_kWh / modules_kWh).toBeCloseTo(1, 2)
  expect(totals.bus_kWh).toBeCloseTo(drawn_kWh * (1 / (1 - 0.007) - 1), 6)
  expect(totals.fans_kWh).toBeCloseTo((drawn_kWh * 0.002) / (1 - 0.007), 6)
})
