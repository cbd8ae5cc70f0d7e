import type { IdTokenInfoType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Judgement, TokenStatus } from '../../tokens.ts'
import { isoTime } from '../driver.ts'

const statusOf: Readonly<Record<TokenStatus, string>> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  unknown: 'Unknown',
  concurrent: 'ConcurrentTx',
}

/** A judgement as 2.x spells it. */
export function idTokenInfo({ status, group, expires_ms }: Judgement): IdTokenInfoType {
  return {
    status: statusOf[status] as IdTokenInfoType['status'],
    ...(expires_ms === null ? {} : { cacheExpiryDateTime: isoTime(expires_ms) }),
    ...(group === null ? {} : { groupIdToken: { idToken: group, type: 'Central' } }),
  }
}
