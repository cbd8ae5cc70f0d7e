import { type Answer, type JsonObject, type OcppVersion, readTime } from '../../ocpp/index.ts'
import type { Command } from '../commands.ts'
import type { Desk } from '../desk.ts'
import type { CommandOutcome } from '../ports.ts'
import type { Reservations } from '../reservations.ts'
import type { Line, Station } from '../station.ts'
import type { Ledger } from '../transactions/ledger.ts'
import type { Transaction } from '../transactions/transaction.ts'

/** All that an answer to a message may need. */
export interface Contact {
  readonly desk: Desk
  readonly ledger: Ledger
  readonly reservations: Reservations
  readonly station: Station
  readonly line: Line
}

/** Answers one message of a station: its payload is valid by the schema of its version. */
export type Inbound = (contact: Contact, payload: JsonObject) => Answer | Promise<Answer>

/** A message to a station, and what its answer means. */
export interface Outgoing {
  readonly action: string
  readonly payload: Readonly<Record<string, unknown>>
  /** Reads a valid answer. */
  readonly read: (payload: JsonObject) => CommandOutcome
}

/** What a command needs besides itself. */
export interface CommandContext {
  readonly station: Station
  readonly desk: Desk
  /** A number for what is asked: of a reservation, a remote start, a report. */
  readonly number: number
  /** Of a stop. */
  readonly transaction: Transaction | null
}

/** Translates between the messages of a version and the words of the operation. */
export interface StationDriver {
  readonly version: OcppVersion
  readonly inbound: Readonly<Record<string, Inbound>>
  /** Messages that carry a command out, in order; null: the version has none for it. */
  spell(command: Command, context: CommandContext): readonly Outgoing[] | null
  /** Messages that ask a station for the state of its connectors. */
  askStatus(station: Station): readonly Outgoing[]
  /** Asks a station that started what it is, where its version can tell. */
  greet(contact: Contact): Promise<void>
}

export type Handlers<Requests> = {
  readonly [Action in keyof Requests]?: (contact: Contact, payload: Requests[Action]) => Answer | Promise<Answer>
}

/** Handlers by their types as those the operation calls: the schema has made sure of the payload's type. */
export function inboundOf<Requests>(handlers: Handlers<Requests>): Readonly<Record<string, Inbound>> {
  return handlers as Readonly<Record<string, Inbound>>
}

export const nothing: Answer = { payload: {} }

/** Milliseconds since 1970 of a time in a message; null: none, or none that can be read. */
export function timeOf(text: string | undefined): number | null {
  return text === undefined ? null : (readTime(text)?.at_ms ?? null)
}

/** A time as messages carry it: three decimals, UTC. */
export const isoTime = (at_ms: number): string => new Date(at_ms).toISOString()

/** Reads answers whose `status` says it all; `more` are further words that mean yes. */
export function statusReader(more: readonly string[] = []): Outgoing['read'] {
  return (payload) => {
    const { status, ...details } = payload
    const word = String(status)
    if (word === 'Accepted' || more.includes(word)) return { kind: 'accepted', details: { status: word, ...details } }
    if (word === 'NotSupported' || word === 'NotImplemented') return { kind: 'notSupported' }
    return { kind: 'rejected', reason: 'operate.command.rejected', params: { status: word, info: infoOf(payload) } }
  }
}

/** Reads answers that carry data and no verdict. */
export const readAll: Outgoing['read'] = (details) => ({ kind: 'accepted', details })

function infoOf({ statusInfo }: JsonObject): string {
  if (typeof statusInfo !== 'object' || statusInfo === null || Array.isArray(statusInfo)) return ''
  const { reasonCode, additionalInfo } = statusInfo as JsonObject
  return [reasonCode, additionalInfo].filter((text) => typeof text === 'string' && text !== '').join(': ')
}

/** Entries of a local list a message carries: stations take few at once. */
const LIST_PART = 50

/** A list in parts; an empty one is one empty part. */
export function localListParts<T>(entries: readonly T[]): readonly (readonly T[])[] {
  const parts = Array.from({ length: Math.ceil(entries.length / LIST_PART) }, (_, part) => {
    return entries.slice(part * LIST_PART, (part + 1) * LIST_PART)
  })
  return parts.length > 0 ? parts : [[]]
}
