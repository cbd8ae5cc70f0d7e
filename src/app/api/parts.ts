import type { Catalogue } from '../../hub/standards/index.ts'
import type { Store } from '../../io/store/index.ts'
import type { Clock } from '../../live/clock/index.ts'
import type { LimitAnswer } from '../../live/operate/control/index.ts'
import type { Operation } from '../../live/operate/index.ts'
import type { ConnectorNames, FaultNow, HubNow, SiteNow, Why } from './hub-view.ts'

/** What the API asks of the hub that is run; wired in `app/live`. */
export interface HubFace {
  site(): SiteNow
  now(): HubNow
  /** Connectors of the site with their names in other vocabularies. */
  connectors(): readonly ConnectorNames[]
  /** Limits above an EVSE, tightest first; null: there is no such EVSE. */
  why(stationId: string, evse: number): readonly Why[] | null
  /** Faults that can be let happen at an EVSE: of virtual stations only. */
  faults(stationId: string, evse: number): readonly FaultNow[]
  /** Lets one begin or end; false: the EVSE cannot have it. */
  setFault(stationId: string, evse: number, mode: string, isActive: boolean): boolean
  /** Sets what the site may draw, now or from a moment on. */
  setLimit(limit_kW: number, from_ms: number | null): Promise<LimitAnswer>
}

export interface ApiParts {
  readonly hub: HubFace
  readonly operation: Operation
  /** Of the program, with the records of the user and of the site file. */
  readonly catalogue: Catalogue
  readonly store: Store
  readonly clock: Clock
  /** Folder of the built dashboard; null: there is none. */
  readonly webFolder: string | null
  /** Something went wrong that is ours. */
  readonly failed: (error: unknown, where: string) => void
  /** A request was answered. */
  readonly asked?: (request: AskedRequest) => void
}

/** A request as the log has it: what it asked for by its route, without what names somebody. */
export interface AskedRequest {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly took_ms: number
  /** Who asked; empty: nobody who may. */
  readonly by: string
}
