import { describe, expect, it } from 'vitest'
import { languages, say } from '../../../base/words/index.ts'
import { checkHub, explain, explainSite, type HubDescription, reasons, Setpoints } from './index.ts'

const hub: HubDescription = {
  nodes: [
    { id: 'grid', source: 'site.limit', parent: -1, capacity_kW: 40 },
    { id: 'a', source: 'circuit.a', parent: 0, capacity_kW: 9 },
  ],
  evses: [0, 1, 1].map((node, i) => ({ id: `e${i}`, node, rating_kW: 50, default_kW: 5, floor_kW: 0 })),
  policy: 'max-min',
  otherLoad_kW: 20,
}

describe('what setpoints say', () => {
  it('a code with what its sentence needs, in every language', () => {
    const setpoints = new Setpoints(3)
    setpoints.limit_kW[1] = 12.5
    setpoints.boundBy[1] = 1
    for (const [index, code] of reasons.entries()) {
      setpoints.reason[1] = index
      const found = explain(hub, setpoints, 1)
      expect(found).toEqual({ code, params: { evse: 'e1', limit: 12.5, source: 'circuit.a' } })
      for (const language of languages) expect(say(found.code, found.params, language)).not.toMatch(/[{}]/)
    }
    setpoints.boundBy[1] = -1
    expect(explain(hub, setpoints, 1).params['source']).toBeNull()
  })

  it('are put back from a snapshot, with nothing to send', () => {
    const setpoints = new Setpoints(3)
    setpoints.limit_kW[1] = 12.5
    setpoints.siteReason = 4
    setpoints.changedCount = 1
    const snapshot = setpoints.snapshot()
    setpoints.limit_kW[1] = 99
    const other = new Setpoints(3)
    other.restore(snapshot)
    expect([other.limit_kW[1], other.siteReason, other.changedCount]).toEqual([12.5, 4, 0])
  })

  it('what is the matter with the site, or nothing', () => {
    const setpoints = new Setpoints(3)
    setpoints.siteReason = reasons.indexOf('controller.free')
    expect(explainSite(setpoints)).toBeNull()
    setpoints.siteReason = reasons.indexOf('controller.unaccounted')
    expect(explainSite(setpoints)?.code).toBe('controller.unaccounted')
  })
})

describe('defaults (C1)', () => {
  it('have to fit below every node, beside other load: all that do not are told', () => {
    const found = checkHub(hub)
    expect(found.map(({ code, params }) => [code, params])).toEqual([
      ['controller.defaultsTooHigh', { node: 'a', sum: 10, limit: 9 }],
    ])
    expect(checkHub({ ...hub, otherLoad_kW: 26 }).map(({ params }) => params['node'])).toEqual(['grid', 'a'])
  })
})
