import { engineVersion } from '../../base/version/index.ts'
import type { CompiledHub } from '../../hub/plant/compile/index.ts'
import type { Store } from '../../io/store/index.ts'
import type { Clock } from '../../live/clock/index.ts'
import { Control, siteLimitSetting } from '../../live/operate/control/index.ts'
import type { Operation } from '../../live/operate/index.ts'
import { controlledSite } from './controlled-hub.ts'
import type { ControlFace } from './hub-face.ts'
import type { HubLog } from './log/index.ts'

/** How long a station has to answer, by the clock on the wall. */
const ANSWER_ms = 10_000

export interface ControlParts {
  readonly hub: CompiledHub
  readonly operation: Operation
  readonly store: Store
  readonly clock: Clock
  /** How much faster than the stations can answer the clock runs. */
  readonly haste: number
  readonly log: HubLog
}

/** Limits of EVSEs as they change, with their reasons. */
function logLimits(control: Control, log: HubLog): void {
  if (!log.isOn('debug')) return
  control.subscribe(({ at_ms, evses }) => {
    const at = new Date(at_ms).toISOString()
    for (const { stationId, evse, limit } of evses) {
      const { limit_kW, confirmed_kW, reason } = limit
      log.write('debug', 'limit', { at, stationId, evse, limit_kW, confirmed_kW, reason: reason.code })
    }
  })
}

/** Lets the site controller run the hub, with the limit that was in force when the server last ran. */
export async function startControl({ hub, operation, store, clock, haste, log }: ControlParts): Promise<ControlFace> {
  const { description, places, curveOf } = controlledSite(hub)
  const { settings } = await store.load()
  const kept = settings[siteLimitSetting]
  const control = new Control({
    ...{ hub: description, places, operation, store, clock, engineVersion, kept, curveOf },
    settings: { answer_ms: ANSWER_ms * haste },
  })
  logLimits(control, log)
  return {
    get siteLimit_kW() {
      return control.siteLimit_kW
    },
    limitOf: (stationId, evse) => {
      const limit = control.limitOf(stationId, evse)
      const { limit_kW, confirmed_kW } = limit ?? { limit_kW: 0, confirmed_kW: null }
      return limit && { limit_kW, confirmed_kW, because: limit.refusal ?? limit.reason }
    },
    explain: (stationId, evse) => control.explain(stationId, evse),
    setSiteLimit: (limit_kW, from_ms) => {
      const answer = control.setSiteLimit(limit_kW, from_ms)
      const warnings = answer.ok ? answer.warnings.map(({ code }) => code) : []
      log.write('info', 'siteLimit', { limit_kW, from_ms, taken: answer.ok, warnings })
      return answer
    },
    stop: () => control.close(),
  }
}
