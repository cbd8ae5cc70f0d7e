import {
  type LimitOrder,
  limitSchedule,
  type ProfileMessage,
  type ScheduleBody,
  type StandingOrder,
  standingSchedule,
  standsAt,
} from './order.ts'

const purposes = { tx: 'TxProfile', txDefault: 'TxDefaultProfile', stationMax: 'ChargePointMaxProfile' } as const

interface Head {
  readonly purpose: keyof typeof purposes
  readonly place: LimitOrder['place']
  readonly transactionId?: string
}

function setting(head: Head, chargingSchedule: ScheduleBody): ProfileMessage {
  const { id, stackLevel, at } = standsAt(head, head.place.connector)
  const csChargingProfiles = {
    chargingProfileId: id,
    ...(head.transactionId === undefined ? {} : { transactionId: Number(head.transactionId) }),
    stackLevel,
    chargingProfilePurpose: purposes[head.purpose],
    chargingProfileKind: 'Absolute',
    chargingSchedule,
  }
  return { action: 'SetChargingProfile', payload: { connectorId: at, csChargingProfiles } }
}

/** `SetChargingProfile` of 1.6 (5.16) for a limit that ends by itself. */
export function limit16(order: LimitOrder): ProfileMessage {
  const { place, transactionId, spelling } = order
  const { purpose, namesTransaction } = spelling
  return setting({ place, purpose, ...(namesTransaction ? { transactionId } : {}) }, limitSchedule(order))
}

/** The same for a standing limit. */
export const standing16 = (order: StandingOrder): ProfileMessage => setting(order, standingSchedule(order))

/** Asks what holds at a connector from now on. */
export function composite16(connectorId: number, duration: number): ProfileMessage {
  return { action: 'GetCompositeSchedule', payload: { connectorId, duration, chargingRateUnit: 'W' } }
}
