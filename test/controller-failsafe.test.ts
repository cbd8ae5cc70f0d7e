import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSettings, type HubDescription, type SitePolicyName } from '../src/hub/controller/site/index.ts'
import { plainCabinet } from '../src/hub/controller/site/test-support.ts'
import { runs } from './support/counts.ts'
import { type Fate, HostileHub, type MeterFault } from './support/hostile-hub.ts'

const RATING_kW = 200
const POLICIES: readonly SitePolicyName[] = ['max-min', 'proportional', 'fifo', 'earliest-departure', 'priority']
const FAULTS: readonly MeterFault[] = ['none', 'nothing', 'negative', 'spike', 'frozen', 'future', 'silent']

function fourModules(power_kW: number) {
  return plainCabinet({ modules_kW: [power_kW, power_kW, power_kW, power_kW], module_A: 100, outputs: 2 })
}

/** Two circuits below a site, one of them with a cabinet; defaults just fit. */
function describeHub(policy: SitePolicyName, site_kW: number, floor_kW: number): HubDescription {
  const nodes = [
    { id: 'site', source: 'site.limit', parent: -1, capacity_kW: site_kW },
    { id: 'a', source: 'circuit.a', parent: 0, capacity_kW: 0.7 * site_kW },
    { id: 'b', source: 'circuit.b', parent: 0, capacity_kW: 0.6 * site_kW },
    {
      id: 'c',
      source: 'cabinet.c',
      parent: 2,
      capacity_kW: 0.4 * site_kW,
      cabinet: { parameters: fourModules(site_kW / 10), evseOf: [3, 4], spare_kW: 0 },
    },
  ]
  const evses = [1, 1, 2, 3, 3].map((node, at) => ({
    id: `e${at}`,
    node,
    rating_kW: RATING_kW,
    default_kW: 4 + 3 * (at % 3),
    floor_kW,
    quantum_kW: at === 0 ? 0.9 : 0.1,
  }))
  return { nodes, evses, policy, otherLoad_kW: 10 }
}

/** Fails when a limit does not hold: of what is drawn, and of what could be when any stations fall back. */
function expectWithinLimits(hub: HostileHub): void {
  for (const [node, { id }] of hub.hub.nodes.entries()) {
    const most_kW = hub.capacity_kW(node) + 1e-6
    const draw_kW = hub.below(node, (evse) => hub.draw_kW(evse))
    const could_kW = hub.below(node, (evse) =>
      Math.max(hub.station(evse).limit_kW, hub.hub.evses[evse]?.default_kW ?? 0),
    )
    if (draw_kW > most_kW || could_kW > most_kW) {
      expect.fail(`${id} at ${hub.now_s} s: drawn ${draw_kW}, allowed ${could_kW}, limit ${most_kW} kW`)
    }
  }
}

type Model = Record<string, never>

class Act implements fc.Command<Model, HostileHub> {
  readonly name: string
  readonly act: (hub: HostileHub) => void

  constructor(name: string, act: (hub: HostileHub) => void) {
    this.name = name
    this.act = act
  }

  check(): boolean {
    return true
  }

  run(_: Model, hub: HostileHub): void {
    this.act(hub)
  }

  toString(): string {
    return this.name
  }
}

const evse = fc.nat({ max: 4 })
const power_kW = fc.integer({ min: 0, max: RATING_kW })
const act = (name: string, does: (hub: HostileHub) => void) => new Act(name, does)

const plugIn = fc.tuple(evse, power_kW).map(([at, kW]) => act(`plug in ${at} ${kW} kW`, (hub) => hub.plugIn(at, kW)))
const unplug = evse.map((at) => act(`unplug ${at}`, (hub) => hub.unplug(at)))

const acts = [
  plugIn,
  unplug,
  fc.tuple(evse, power_kW).map(([at, kW]) =>
    act(`demand ${at} ${kW} kW`, (hub) => {
      hub.station(at).demand_kW = kW
    }),
  ),
  fc.tuple(evse, fc.constantFrom(...FAULTS)).map(([at, fault]) =>
    act(`meter ${at} ${fault}`, (hub) => {
      hub.station(at).fault = fault
    }),
  ),
  fc.tuple(evse, fc.boolean()).map(([at, off]) => act(`offline ${at} ${off}`, (hub) => hub.setOffline(at, off))),
  fc.boolean().map((stalled) => act(`stall ${stalled}`, (hub) => hub.stall(stalled))),
  fc.boolean().map((knows) => act(`restart ${knows}`, (hub) => hub.restart(knows))),
  fc
    .tuple(fc.integer({ min: 310, max: 500 }), fc.integer({ min: 50, max: 400 }))
    .map(([in_s, kW]) => act(`announce in ${in_s} s ${kW} kW`, (hub) => hub.announce(in_s, kW))),
  ...Array.from({ length: 4 }, () =>
    fc
      .oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 100, max: 400 }))
      .map((seconds) => act(`advance ${seconds} s`, (hub) => hub.advance(seconds, () => expectWithinLimits(hub)))),
  ),
]

const fates: fc.Arbitrary<Fate> = fc.record({
  delay_s: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 60, noNaN: true })),
  again_s: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 60, noNaN: true })),
  lost: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

/** What a meter may show above a limit that is obeyed. */
const TOLERANCE_frac = defaultSettings.tolerance_frac
const TOLERANCE_kW = 5 * defaultSettings.tolerance_kW

/** As above, of what is drawn alone, as exactly as meters show it. */
function expectDrawnWithinLimits(hub: HostileHub): void {
  for (const [node, { id }] of hub.hub.nodes.entries()) {
    const draw_kW = hub.below(node, (at) => hub.draw_kW(at))
    if (draw_kW > hub.capacity_kW(node) * (1 + TOLERANCE_frac) + TOLERANCE_kW)
      expect.fail(`${id} at ${hub.now_s} s: drawn ${draw_kW} kW`)
  }
}

describe('stations that confirm and do not obey (C2, C6)', () => {
  const lie = evse.map((at) =>
    act(`lie ${at}`, (hub) => {
      if (hub.station(at).present === 0) hub.station(at).lies = true
    }),
  )
  const wish = fc.tuple(evse, power_kW).map(([at, kW]) =>
    act(`demand ${at} ${kW} kW`, (hub) => {
      if (!hub.station(at).lies) hub.station(at).demand_kW = kW
    }),
  )
  const pass = fc
    .integer({ min: 1, max: 100 })
    .map((seconds) => act(`advance ${seconds} s`, (hub) => hub.advance(seconds, () => expectDrawnWithinLimits(hub))))
  const punctual = fc.record({
    delay_s: fc.double({ min: 0, max: 4, noNaN: true }),
    again_s: fc.constant(0),
    lost: fc.constant(false),
  })

  it('what they go on drawing is given to nobody else', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 700 }),
        fc.array(punctual, { minLength: 1, maxLength: 20 }),
        fc.commands([plugIn, unplug, lie, wish, pass, pass, pass], { maxCommands: 80, size: 'max' }),
        (site_kW, found, commands) => {
          const hub = new HostileHub(describeHub('max-min', site_kW, 0), found)
          fc.modelRun(() => ({ model: {}, real: hub }), commands)
        },
      ),
      { numRuns: runs(60, 1000) },
    )
  })
})

describe('fail-safe: whatever the network does (C1, C2)', () => {
  it.each(POLICIES)('%s: no node can ever carry more than its limit, whichever stations fall back', (policy) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 700 }),
        fc.constantFrom(0, 20),
        fc.array(fates, { minLength: 1, maxLength: 60 }),
        fc.commands(acts, { maxCommands: 80, size: 'max' }),
        (site_kW, floor_kW, found, commands) => {
          const hub = new HostileHub(describeHub(policy, site_kW, floor_kW), found)
          fc.modelRun(() => ({ model: {}, real: hub }), commands)
        },
      ),
      { numRuns: runs(60, 1000) },
    )
  })
})
