import type { OcppVersion } from './version.ts'

/**
 * What can be wrong with a message, in the spelling of OCPP 2.0.1 and 2.1 (part 4, table "Valid Error Codes"); older
 * versions spell some differently on the wire.
 */
export const rpcErrorCodes = [
  'FormatViolation',
  'GenericError',
  'InternalError',
  'MessageTypeNotSupported',
  'NotImplemented',
  'NotSupported',
  'OccurrenceConstraintViolation',
  'PropertyConstraintViolation',
  'ProtocolError',
  'RpcFrameworkError',
  'SecurityError',
  'TypeConstraintViolation',
] as const
export type RpcErrorCode = (typeof rpcErrorCodes)[number]

/** OCPP-J 1.6, table 7: two codes spelled otherwise, two that it does not have and that fall under others. */
const spelledIn16: Partial<Readonly<Record<RpcErrorCode, string>>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  RpcFrameworkError: 'FormationViolation',
  MessageTypeNotSupported: 'NotSupported',
}

/** The code as it goes over the wire. */
export function spell(code: RpcErrorCode, version: OcppVersion): string {
  return version === '1.6' ? (spelledIn16[code] ?? code) : code
}

const variants: Readonly<Record<string, RpcErrorCode>> = {
  FormationViolation: 'FormatViolation',
  OccurenceConstraintViolation: 'OccurrenceConstraintViolation',
}

/** The code a peer sent, whichever version's spelling it used; null: none of the list. */
export function readErrorCode(text: string): RpcErrorCode | null {
  return rpcErrorCodes.find((code) => code === text) ?? variants[text] ?? null
}
