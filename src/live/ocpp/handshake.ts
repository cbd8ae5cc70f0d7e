import type { IncomingMessage } from 'node:http'

/** Characters of OCPP's identifierString, which a station's id is made of; 48 of them at most (part 4, 3.1.1). */
const stationIdForm = /^[\w*\-=:+|@.]{1,48}$/

/** The id of a station out of the path it connects to; null when it is none. */
export function stationIdOf(url: string, path: string): string | null {
  const [given = ''] = url.split(/[?#]/, 1)
  if (!given.startsWith(path)) return null
  try {
    const id = decodeURIComponent(given.slice(path.length))
    return stationIdForm.test(id) ? id : null
  } catch {
    return null
  }
}

export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'password'; readonly password: Buffer }

/**
 * The password of HTTP Basic authentication; the user must be the station (part 2, A00.FR.204). An id may hold colons, and
 * the password of 1.6 may be bytes that are no text.
 */
export function credentialsOf(header: string | undefined, stationId: string): Credentials {
  if (header === undefined) return { kind: 'none' }
  const encoded = /^basic +([a-z0-9+/]+={0,2}) *$/i.exec(header)?.[1]
  const bytes = Buffer.from(encoded ?? '', 'base64')
  const user = Buffer.from(`${stationId}:`)
  if (!encoded || !bytes.subarray(0, user.length).equals(user)) return { kind: 'wrong' }
  return { kind: 'password', password: bytes.subarray(user.length) }
}

/** Names of subprotocols a client offers, in its order. */
export function offeredProtocols(request: IncomingMessage): readonly string[] {
  const header = request.headers['sec-websocket-protocol'] ?? ''
  return header.split(',').map((name) => name.trim())
}
