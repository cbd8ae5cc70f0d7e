import {
  type LimitOrder,
  limitSchedule,
  type ProfileMessage,
  profileId,
  rateOf,
  type ScheduleBody,
  type StandingOrder,
  standingSchedule,
  standsAt,
} from './order.ts'

const purposes = { tx: 'TxProfile', txDefault: 'TxDefaultProfile', stationMax: 'ChargingStationMaxProfile' } as const

interface Head {
  readonly purpose: keyof typeof purposes
  readonly place: LimitOrder['place']
  readonly transactionId?: string
  readonly isDynamic?: boolean
}

function setting(head: Head, schedule: ScheduleBody): ProfileMessage {
  const { id, stackLevel, at } = standsAt(head, head.place.evse)
  const chargingProfile = {
    id,
    stackLevel,
    chargingProfilePurpose: purposes[head.purpose],
    chargingProfileKind: head.isDynamic ? 'Dynamic' : 'Absolute',
    ...(head.transactionId === undefined ? {} : { transactionId: head.transactionId }),
    chargingSchedule: [{ id, ...schedule }],
  }
  return { action: 'SetChargingProfile', payload: { evseId: at, chargingProfile } }
}

/** `SetChargingProfile` of 2.0.1 and 2.1 (use case K01) for a limit that ends by itself. */
export function limit2(order: LimitOrder): ProfileMessage {
  const { place, transactionId, spelling } = order
  const { purpose, isDynamic } = spelling
  return setting({ place, purpose, isDynamic, ...(purpose === 'tx' ? { transactionId } : {}) }, limitSchedule(order))
}

/** Tells the limit of a dynamic profile anew (2.1, use case K28). */
export function update21({ place, limit_kW, spelling: { unit } }: LimitOrder): ProfileMessage {
  const scheduleUpdate = { limit: rateOf(limit_kW, unit, place) }
  return {
    action: 'UpdateDynamicSchedule',
    payload: { chargingProfileId: profileId.limit(place.evse), scheduleUpdate },
  }
}

/** The same for a standing limit. */
export const standing2 = (order: StandingOrder): ProfileMessage => setting(order, standingSchedule(order))

/** Asks what holds at an EVSE from now on. */
export function composite2(evseId: number, duration: number): ProfileMessage {
  return { action: 'GetCompositeSchedule', payload: { evseId, duration, chargingRateUnit: 'W' } }
}
