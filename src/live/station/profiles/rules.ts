import type { Coded } from '../../../base/words/index.ts'
import type { OcppVersion } from '../../ocpp/index.ts'
import type { Profile, RateUnit } from './profile.ts'

/** What a station can do with profiles, and what there is to apply them to. */
export interface Abilities {
  readonly version: OcppVersion
  readonly evses: number
  readonly maxStackLevel: number
  readonly maxPeriods: number
  readonly maxProfiles: number
  readonly units: readonly RateUnit[]
  /** Phases of each EVSE; 1: DC or one phase. */
  readonly phases: number
  /** Id of the transaction at an EVSE; null: none. */
  readonly transactionAt: (evse: number) => string | null
}

/** Why a profile is refused. `reasonCode` is one of the list of OCPP 2.x (appendix "Reason Codes"); 1.6 has no place for it. */
export interface Refusal {
  readonly reasonCode: string
  readonly because: Coded
}

interface Case {
  readonly profile: Profile
  readonly abilities: Abilities
  readonly installed: readonly Profile[]
}

type Rule = (given: Case) => Refusal | null

const refuse = (reasonCode: string, code: Coded['code'], params: Coded['params'] = {}): Refusal => ({
  reasonCode,
  because: { code, params },
})

/** K01.FR.28. */
const evseExists: Rule = ({ profile: { evse }, abilities }) =>
  evse >= 0 && evse <= abilities.evses ? null : refuse('UnknownEvse', 'station.profile.evse', { evse })

/** K01.FR.22: external constraints are not for a management system to set. */
const purposeIsOurs: Rule = ({ profile: { given } }) =>
  given.purpose === 'ChargingStationExternalConstraints' ? refuse('InvalidProfile', 'station.profile.external') : null

const purposeIsKnown: Rule = ({ profile: { given } }) =>
  given.purpose === 'PriorityCharging' || given.purpose === 'LocalGeneration'
    ? refuse('UnsupportedParam', 'station.profile.purpose', { purpose: given.purpose })
    : null

/** K01.FR.03 and 16: a profile for a transaction names an EVSE. 1.6, 5.16.4: a connector above 0. */
const transactionHasEvse: Rule = ({ profile: { purpose, evse } }) =>
  purpose === 'tx' && evse === 0 ? refuse('InvalidValue', 'station.profile.txEvse') : null

/** K01.FR.03: and the transaction by its id, which 1.6 leaves open. */
const transactionIsNamed: Rule = ({ profile: { purpose, transactionId }, abilities }) =>
  purpose === 'tx' && transactionId === null && abilities.version !== '1.6'
    ? refuse('MissingParam', 'station.profile.txMissing')
    : null

/** K01.FR.09 and 33. */
const transactionRuns: Rule = ({ profile: { purpose, transactionId, evse }, abilities }) => {
  if (purpose !== 'tx') return null
  const running = abilities.transactionAt(evse)
  if (running === null) return refuse('TxNotFound', 'station.profile.txNone', { evse })
  if (transactionId === null || transactionId === running) return null
  return refuse('TxNotFound', 'station.profile.txOther', { transaction: transactionId, evse })
}

const onlyTransactionsAreNamed: Rule = ({ profile: { purpose, transactionId } }) =>
  purpose !== 'tx' && transactionId !== null ? refuse('InvalidProfile', 'station.profile.txExtra') : null

/** 2.x: a maximum of the station is for the station, EVSE 0; 1.6, 3.13.1: connector 0. */
const maximumIsForAll: Rule = ({ profile: { purpose, evse } }) =>
  purpose === 'stationMax' && evse !== 0 ? refuse('InvalidValue', 'station.profile.maxEvse', { evse }) : null

/** K01.FR.38. */
const maximumIsNotRelative: Rule = ({ profile: { purpose, kind } }) =>
  purpose === 'stationMax' && kind === 'relative' ? refuse('InvalidProfile', 'station.profile.maxRelative') : null

/** K01.FR.40: absolute and recurring schedules say when they start. */
const startIsTold: Rule = ({ profile: { kind, start_ms } }) =>
  (kind === 'absolute' || kind === 'recurring') && start_ms === null
    ? refuse('MissingParam', 'station.profile.noStart')
    : null

/** K01.FR.41. */
const relativeHasNoStart: Rule = ({ profile: { kind, start_ms } }) =>
  kind === 'relative' && start_ms !== null ? refuse('InvalidSchedule', 'station.profile.relativeStart') : null

const recurrencyIsTold: Rule = ({ profile: { kind, recurrency } }) =>
  kind === 'recurring' && recurrency === null ? refuse('MissingParam', 'station.profile.noRecurrency') : null

/** K01.FR.26. */
const unitIsKnown: Rule = ({ profile: { unit }, abilities }) =>
  abilities.units.includes(unit)
    ? null
    : refuse('UnsupportedRateUnit', 'station.profile.unit', { unit, units: [...abilities.units] })

const levelIsKnown: Rule = ({ profile: { stackLevel }, abilities: { maxStackLevel } }) =>
  stackLevel >= 0 && stackLevel <= maxStackLevel
    ? null
    : refuse('InvalidStackLevel', 'station.profile.level', { level: stackLevel, most: maxStackLevel })

const periodsAreFew: Rule = ({ profile: { periods }, abilities: { maxPeriods } }) =>
  periods.length <= maxPeriods
    ? null
    : refuse('TooManyElements', 'station.profile.periods', { found: periods.length, most: maxPeriods })

/** K01.FR.31 and 35: the first period begins at 0, each further one later. */
const periodsAreInOrder: Rule = ({ profile: { periods } }) => {
  const isInOrder = periods.every(({ from_s }, at) =>
    at === 0 ? from_s === 0 : from_s > (periods[at - 1]?.from_s ?? 0),
  )
  return isInOrder && periods.length > 0 ? null : refuse('InvalidSchedule', 'station.profile.order')
}

const limitsAreTold: Rule = ({ profile: { periods, kind } }) =>
  kind === 'dynamic' || periods.every(({ limit }) => limit !== null && limit >= 0)
    ? null
    : refuse('InvalidSchedule', 'station.profile.noLimit')

/** K01.FR.19, 20, 44 and 45: phases as there are, and none chosen where the station cannot switch. */
const phasesAreThere: Rule = ({ profile: { periods, given }, abilities: { phases } }) =>
  given.hasPhaseToUse || periods.some((period) => (period.phases ?? 1) > Math.max(phases, 1))
    ? refuse('UnsupportedParam', 'station.profile.phases', { most: phases })
    : null

/** 2.1, K28: one period, which is what is updated. */
const dynamicHasOnePeriod: Rule = ({ profile: { kind, periods } }) =>
  kind === 'dynamic' && periods.length !== 1 ? refuse('InvalidSchedule', 'station.profile.dynamic') : null

function overlap(a: Profile, b: Profile): boolean {
  const from_ms = Math.max(a.validFrom_ms ?? -Infinity, b.validFrom_ms ?? -Infinity)
  return from_ms < Math.min(a.validTo_ms ?? Infinity, b.validTo_ms ?? Infinity)
}

/** Whether two profiles stand in each other's way at the same EVSE; a default for all stands in that of one for one. */
function sharesPlace(a: Profile, b: Profile): boolean {
  if (a.purpose !== b.purpose || a.stackLevel !== b.stackLevel) return false
  const isSame = a.evse === b.evse || (a.purpose === 'txDefault' && (a.evse === 0 || b.evse === 0))
  return isSame && a.transactionId === b.transactionId && overlap(a, b)
}

/** K01.FR.06, 39, 52 and 53: no second profile of the same purpose and stack level. 1.6 lets the new one take its place. */
const placeIsFree: Rule = ({ profile, abilities, installed }) => {
  if (abilities.version === '1.6') return null
  const other = installed.find((one) => one.id !== profile.id && sharesPlace(one, profile))
  return other
    ? refuse('DuplicateProfile', 'station.profile.duplicate', { id: other.id, level: profile.stackLevel })
    : null
}

const thereIsRoom: Rule = ({ profile, abilities: { maxProfiles }, installed }) =>
  installed.length < maxProfiles || installed.some(({ id }) => id === profile.id)
    ? null
    : refuse('OutOfStorage', 'station.profile.full', { most: maxProfiles })

/** Without these a station cannot make sense of a profile at all. */
const basicRules: readonly Rule[] = [evseExists, purposeIsKnown, unitIsKnown]

const strictRules: readonly Rule[] = [
  evseExists,
  purposeIsOurs,
  purposeIsKnown,
  transactionHasEvse,
  transactionIsNamed,
  transactionRuns,
  onlyTransactionsAreNamed,
  maximumIsForAll,
  maximumIsNotRelative,
  unitIsKnown,
  levelIsKnown,
  periodsAreFew,
  periodsAreInOrder,
  limitsAreTold,
  phasesAreThere,
  dynamicHasOnePeriod,
  startIsTold,
  relativeHasNoStart,
  recurrencyIsTold,
  placeIsFree,
  thereIsRoom,
]

/** Why a station refuses a profile, by the rules of its version (use case K01) or, not strict, only by what it cannot do at all. */
export function refusalOf(given: Case & { readonly isStrict: boolean }): Refusal | null {
  for (const rule of given.isStrict ? strictRules : basicRules) {
    const refusal = rule(given)
    if (refusal) return refusal
  }
  return null
}
