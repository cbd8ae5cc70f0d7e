/** Versions of OCPP spoken, newest first: the order in which they are chosen. */
export const ocppVersions = ['2.1', '2.0.1', '1.6'] as const
export type OcppVersion = (typeof ocppVersions)[number]

/** Name of a version in the WebSocket handshake (OCPP-J, section 3: IANA subprotocol names). */
export function subprotocolOf(version: OcppVersion): string {
  return `ocpp${version}`
}

/** The newest version both sides have; null when there is none. `offered` are subprotocol names as the client sent them. */
export function chooseVersion(offered: Iterable<string>, ours: readonly OcppVersion[]): OcppVersion | null {
  const names = new Set(offered)
  return ocppVersions.find((version) => ours.includes(version) && names.has(subprotocolOf(version))) ?? null
}
