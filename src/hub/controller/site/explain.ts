import { invariant, type Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { HubDescription } from './description.ts'
import { reasons } from './reasons.ts'
import type { Setpoints } from './setpoints.ts'

function reasonAt(index: number): Coded['code'] {
  const code = reasons[index]
  invariant(code, `reason ${index} exists`)
  return code
}

/** Why an EVSE has the limit it has; `source` is the code of the limit source that binds, null where none does. */
export function explain(hub: HubDescription, setpoints: Setpoints, evse: number): Coded {
  const id = hub.evses[evse]?.id ?? null
  const limit = setpoints.limit_kW[evse] ?? null
  const source = hub.nodes[setpoints.boundBy[evse] ?? -1]?.source ?? null
  return { code: reasonAt(setpoints.reason[evse] ?? 0), params: { evse: id, limit, source } }
}

/** What is the matter with the site, null: nothing. */
export function explainSite(setpoints: Setpoints): Coded | null {
  const code = reasonAt(setpoints.siteReason)
  return code === 'controller.free' ? null : { code, params: {} }
}

/**
 * Whether limits can be kept when all stations fall back: the sum of defaults has to fit below every node, at the grid connection
 * beside the other load. One problem a node where it does not.
 */
export function checkHub(hub: HubDescription): readonly Problem[] {
  const sum_kW = hub.nodes.map((_, node) => (node === 0 ? hub.otherLoad_kW : 0))
  for (const { node, default_kW } of hub.evses) {
    for (let n = node; n >= 0; n = hub.nodes[n]?.parent ?? -1) sum_kW[n] = (sum_kW[n] ?? 0) + default_kW
  }
  return hub.nodes.flatMap(({ id, capacity_kW }, node): Problem[] => {
    const sum = sum_kW[node] ?? 0
    if (sum <= capacity_kW) return []
    const params = { node: id, sum, limit: capacity_kW }
    const fix = { code: 'controller.lowerDefaults', params: {} } as const
    return [{ severity: 'error', code: 'controller.defaultsTooHigh', params, fix }]
  })
}
