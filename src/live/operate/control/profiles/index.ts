import type { OcppVersion } from '../../../ocpp/index.ts'
import type { LimitOrder, ProfileMessage, StandingOrder } from './order.ts'
import { composite2, limit2, standing2 } from './v2.ts'
import { composite16, limit16, standing16 } from './v16.ts'

export {
  type LimitOrder,
  type ProfileMessage,
  type ProfilePlace,
  powerOfRate_kW,
  rateOf,
  type StandingOrder,
} from './order.ts'
export { explainRefusal, type ProfileOutcome, readOutcome, staysRefused } from './refusals.ts'
export { type Spelling, spellingName, spellingsOf, unitsOf } from './spelling.ts'
export { update21 } from './v2.ts'

/** How a version spells charging profiles. */
export interface ProfileDialect {
  limit(order: LimitOrder): ProfileMessage
  standing(order: StandingOrder): ProfileMessage
  /** `place`: EVSE of 2.x, connector of 1.6. */
  composite(place: number, duration_s: number): ProfileMessage
}

const dialect16: ProfileDialect = { limit: limit16, standing: standing16, composite: composite16 }
const dialect2: ProfileDialect = { limit: limit2, standing: standing2, composite: composite2 }

export const dialectOf = (version: OcppVersion): ProfileDialect => (version === '1.6' ? dialect16 : dialect2)
