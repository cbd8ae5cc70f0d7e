/** Why a row of a recording is left out. Each has a sentence (`trace.x`) and one with a count (`trace.x.count`). */
export const skipReasons = [
  'trace.rowLength',
  'trace.brokenQuotes',
  'trace.notRecord',
  'trace.noValue',
  'trace.notNumber',
  'trace.decimalComma',
  'trace.notText',
  'trace.notMoment',
  'trace.zoneUnclear',
  'trace.inGap',
  'trace.notDuration',
  'trace.endBeforeStart',
  'trace.zeroLength',
  'trace.farDate',
  'trace.tooLong',
  'trace.negativeEnergy',
  'trace.noEnergy',
  'trace.abovePower',
  'trace.aboveBattery',
  'trace.badSoc',
  'trace.duplicateId',
  'trace.creditRecord',
  'trace.neverLeaves',
  'trace.batteryUnknown',
  'trace.unknownVehicle',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** Whether a code is a reason to leave a row out. */
export function isSkipReason(code: string): code is SkipReason {
  return skipReasons.some((reason) => reason === code)
}
