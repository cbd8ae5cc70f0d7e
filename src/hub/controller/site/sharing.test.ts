import { describe, expect, it } from 'vitest'
import { layOut, StateStore } from '../../plant/index.ts'
import type { HubDescription, LimitNode, SitePolicyName } from './description.ts'
import { reasons } from './reasons.ts'
import { Sharing } from './sharing.ts'
import { plainCabinet } from './test-support.ts'

interface Ask {
  readonly node?: number
  readonly ask: number
  readonly default_kW?: number
  readonly departure_s?: number
  readonly priority?: number
  readonly rating_kW?: number
}

interface Setting {
  readonly policy?: SitePolicyName
  readonly floor_kW?: number
  /** Modules of the site as one cabinet. */
  readonly modules_kW?: readonly number[]
  readonly voltages_V?: readonly number[]
  readonly nodes?: readonly LimitNode[]
}

const site = (capacity_kW: number): LimitNode => ({ id: 'site', source: 'site.limit', parent: -1, capacity_kW })
const circuit = (capacity_kW: number): LimitNode => ({ id: 'a', source: 'circuit.a', parent: 0, capacity_kW })

/** A sharing whose EVSEs plugged in one after the other; `again` shares other asks. */
function sharing(capacity_kW: number, asks: readonly Ask[], setting: Setting = {}) {
  const { policy = 'max-min', floor_kW = 0, modules_kW } = setting
  const evseOf = asks.map((_, i) => i)
  const parameters = modules_kW && plainCabinet({ modules_kW, module_A: 100, outputs: asks.length })
  const top = parameters ? { ...site(capacity_kW), cabinet: { parameters, evseOf, spare_kW: 0 } } : site(capacity_kW)
  const hub: HubDescription = {
    nodes: [top, ...(setting.nodes ?? [])],
    evses: asks.map(({ node = 0, default_kW = 0, rating_kW = 300 }, i) => ({
      id: `${i}`,
      node,
      rating_kW,
      default_kW,
      floor_kW,
    })),
    policy,
    otherLoad_kW: 0,
  }
  const network = layOut({ nodes: hub.nodes, places: hub.evses })
  const slot = (i: number) => network.slotOfPlace[i] ?? -1
  const claims = {
    ask_kW: new Float64Array(asks.length),
    least_kW: new Float64Array(asks.length),
    session: new Int32Array(asks.length).fill(1),
    draw_kW: new Float64Array(asks.length).fill(1),
    voltage_V: new Float64Array(asks.length).fill(Number.NaN),
  }
  for (const [i, voltage_V] of (setting.voltages_V ?? []).entries()) claims.voltage_V[slot(i)] = voltage_V
  const share = new Sharing(network, hub, claims, new StateStore())
  for (const [i, { departure_s = Number.POSITIVE_INFINITY, priority = 0, default_kW = 0 }] of asks.entries()) {
    claims.least_kW[slot(i)] = default_kW
    share.rank(slot(i), i, { departure_s, priority })
  }
  return (wanted = asks.map(({ ask }) => ask)) => {
    for (const [i, kW] of wanted.entries()) claims.ask_kW[slot(i)] = kW
    share.share(network.capacity_kW)
    const target = wanted.map((_, i) => Math.round(1e6 * (share.target_kW[slot(i)] ?? 0)) / 1e6)
    return {
      target,
      why: wanted.map((_, i) => reasons[share.reason[slot(i)] ?? 0]),
      stop: wanted.map((_, i) => share.stop[slot(i)]),
    }
  }
}

describe('sharing by policy (C13)', () => {
  it('max-min: small ones have all they ask, the rest is level; the default is everybody’s', () => {
    expect(sharing(200, [{ ask: 30 }, { ask: 150 }, { ask: 150 }])().target).toEqual([30, 85, 85])
    const found = sharing(200, [{ ask: 20, default_kW: 20 }, { ask: 150 }, { ask: 150, default_kW: 95 }])()
    expect(found.target).toEqual([20, 85, 95])
    expect(found.why).toEqual(['controller.free', 'controller.share', 'controller.share'])
  })

  it('max-min below a tight circuit', () => {
    const asks = [{ ask: 150, node: 1 }, { ask: 150, node: 1 }, { ask: 250 }]
    const found = sharing(300, asks, { nodes: [circuit(100)] })()
    expect(found.target).toEqual([50, 50, 200])
    expect(found.stop).toEqual([1, 1, 0])
  })

  it('proportional: by rating', () => {
    const asks = [
      { ask: 300, rating_kW: 100 },
      { ask: 300, rating_kW: 300 },
    ]
    expect(sharing(200, asks, { policy: 'proportional' })().target).toEqual([50, 150])
  })

  it('fifo and earliest departure: one after the other, defaults left to all', () => {
    const asks = [
      { ask: 150, departure_s: 30, default_kW: 10 },
      { ask: 150, departure_s: 20, default_kW: 10 },
      { ask: 150, departure_s: Number.NaN, default_kW: 10 },
    ]
    expect(sharing(200, asks, { policy: 'fifo' })().target).toEqual([150, 40, 10])
    expect(sharing(200, asks, { policy: 'earliest-departure' })().target).toEqual([40, 150, 10])
  })

  it('priority: the higher class first, level inside a class', () => {
    const asks = [{ ask: 100 }, { ask: 90, priority: 2 }, { ask: 90, priority: 2 }, { ask: 100 }]
    expect(sharing(250, asks, { policy: 'priority' })().target).toEqual([35, 90, 90, 35])
    expect(sharing(100, asks, { policy: 'priority' })().target).toEqual([0, 50, 50, 0])
    const alone = [
      { ask: 90, default_kW: 5 },
      { ask: 100, priority: 3 },
      { ask: 100, priority: 4, default_kW: 5 },
    ]
    expect(sharing(150, alone, { policy: 'priority' })().target).toEqual([5, 45, 100])
  })

  it('floors: as many as fit, in the order of plugging in; the others wait with their default (C14)', () => {
    const asks = [
      { ask: 100, default_kW: 5 },
      { ask: 100, default_kW: 5 },
      { ask: 100, default_kW: 5 },
    ]
    const found = sharing(50, asks, { floor_kW: 20 })()
    expect(found.target).toEqual([22.5, 22.5, 5])
    expect([found.why[2], found.stop[2]]).toEqual(['controller.floor', 0])
    expect(sharing(50, [{ ask: 5 }, { ask: 100 }, { ask: 100 }], { floor_kW: 20 })().target).toEqual([5, 22.5, 22.5])
  })
})

describe('whole modules (C15)', () => {
  const modules_kW = [50, 50, 50, 50]

  it('three vehicles at four modules: one has two, the others one each', () => {
    const found = sharing(200, [{ ask: 150 }, { ask: 150 }, { ask: 150 }], { modules_kW })()
    expect([...found.target].sort((a, b) => a - b)).toEqual([50, 50, 100])
    expect(found.why.filter((why) => why === 'controller.modules')).toHaveLength(3)
  })

  it('what fits in modules is left as it is', () => {
    expect(sharing(200, [{ ask: 50 }, { ask: 100 }, { ask: 20 }], { modules_kW })().target).toEqual([50, 100, 20])
  })

  it('a holder keeps its module while needs are about equal', () => {
    const share = sharing(200, [{ ask: 150 }, { ask: 150 }, { ask: 150 }], { modules_kW })
    const first = share().target
    const second = share([148, 149, 151]).target
    expect(second.map((kW) => Math.round(kW / 50))).toEqual(first.map((kW) => kW / 50))
  })

  it('modules go by the voltage of the vehicle', () => {
    const eight = [...modules_kW, ...modules_kW]
    // At 400 V a module gives 40 kW: 200 kW are five of them, and nine are one more than there are.
    const found = sharing(400, [{ ask: 200 }, { ask: 200 }], { modules_kW: eight, voltages_V: [400, 800] })
    expect(found().target).toEqual([160, 200])
  })

  it('the first in order has its modules first', () => {
    const asks = [{ ask: 150 }, { ask: 150 }, { ask: 150 }]
    expect(sharing(200, asks, { modules_kW, policy: 'fifo' })().target).toEqual([150, 50, 0])
  })
})
