import type { Code, Coded } from '../../../../base/words/index.ts'
import type { CallOutcome, JsonObject } from '../../../ocpp/index.ts'
import { type Spelling, spellingName } from './spelling.ts'

/** What came of a profile. */
export type ProfileOutcome =
  | { readonly kind: 'accepted' }
  /** `reason` as of the list of 2.x, empty where none is given: 1.6 has no place for it. */
  | { readonly kind: 'refused'; readonly reason: string; readonly info: string }
  /** Nobody knows: it may be in force. */
  | { readonly kind: 'unanswered' }

function statusInfo({ statusInfo: info }: JsonObject): { reason: string; info: string } {
  const { reasonCode, additionalInfo } = (info ?? {}) as JsonObject
  return {
    reason: typeof reasonCode === 'string' ? reasonCode : '',
    info: typeof additionalInfo === 'string' ? additionalInfo : '',
  }
}

/** Reads the answer to `SetChargingProfile`, `ClearChargingProfile` or `UpdateDynamicSchedule`. */
export function readOutcome(outcome: CallOutcome): ProfileOutcome {
  if (outcome.kind === 'result') {
    const status = String(outcome.payload['status'])
    if (status === 'Accepted') return { kind: 'accepted' }
    const { reason, info } = statusInfo(outcome.payload)
    return { kind: 'refused', reason: reason || (status === 'Rejected' ? '' : status), info }
  }
  if (outcome.kind === 'error')
    return { kind: 'refused', reason: outcome.error ?? outcome.code, info: outcome.description }
  if (outcome.kind === 'invalid' && outcome.whose === 'ours')
    return { kind: 'refused', reason: 'InvalidProfile', info: '' }
  return { kind: 'unanswered' }
}

/** What the reasons of 2.x say is wrong. */
const causes: Readonly<Record<string, Code>> = {
  UnsupportedRateUnit: 'control.refused.unit',
  InvalidStackLevel: 'control.refused.stackLevel',
  UnknownEvse: 'control.refused.evse',
  UnknownConnectorId: 'control.refused.evse',
  TxNotFound: 'control.refused.transaction',
  UnknownTxId: 'control.refused.transaction',
  DuplicateProfile: 'control.refused.duplicate',
  OutOfStorage: 'control.refused.storage',
  OutOfMemory: 'control.refused.storage',
  TooManyElements: 'control.refused.storage',
  InvalidSchedule: 'control.refused.schedule',
  MissingParam: 'control.refused.schedule',
  InvalidProfile: 'control.refused.purpose',
  InvalidValue: 'control.refused.purpose',
  UnsupportedParam: 'control.refused.purpose',
  UnsupportedRequest: 'control.refused.notSupported',
  NotSupported: 'control.refused.notSupported',
  NotImplemented: 'control.refused.notSupported',
  NotEnabled: 'control.refused.notSupported',
}

/** A refusal in words; without a reason of the station, by what differs from what it has taken instead. */
export function explainRefusal(
  refused: Spelling,
  { reason, info }: { readonly reason: string; readonly info: string },
  taken: Spelling | null,
): Coded {
  const params = { refused: spellingName(refused), reason, info, taken: taken === null ? '' : spellingName(taken) }
  return { code: causes[reason] ?? (reason === '' ? guess(refused, taken) : 'control.refused.said'), params }
}

function guess(refused: Spelling, taken: Spelling | null): Code {
  if (taken === null) return 'control.refused.silently'
  if (refused.purpose !== taken.purpose) return 'control.refused.purpose'
  if (refused.unit !== taken.unit) return 'control.refused.unit'
  if (refused.isDynamic !== taken.isDynamic) return 'control.refused.dynamic'
  return 'control.refused.transaction'
}

/** Which other spellings cannot help, given what the station said. */
export function staysRefused(refused: Spelling, reason: string, other: Spelling): boolean {
  const cause = causes[reason]
  if (cause === 'control.refused.unit') return other.unit === refused.unit
  if (cause === 'control.refused.notSupported' && reason !== 'NotSupported') return !refused.isDynamic
  return false
}
