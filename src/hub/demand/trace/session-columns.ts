import { invariant } from '../../../base/problems/index.ts'
import type { TraceSession } from './session.ts'

/** What a recording may say of a session in numbers ... */
export const numberNames = [
  'arrive_ms',
  'depart_ms',
  'energy_kWh',
  'plug_ms',
  'chargingEnd_ms',
  'maxPower_kW',
  'soc_frac',
  'capacity_kWh',
] as const
/** ... and by name. */
export const nameNames = ['evse', 'connector', 'vehicle'] as const

type NumberName = (typeof numberNames)[number]
type NameName = (typeof nameNames)[number]

/** Texts in UTF-8, one after the other, each with the end of its bytes. */
export interface Texts {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
}

/**
 * Sessions by arrival as columns, about 40 to 80 bytes a session and the letters of its id: plain data, in memory that
 * threads share where there is such. Numbers that are not known are NaN, names -1; a column nobody knows of is empty.
 */
export interface SessionColumns
  extends Readonly<Record<NumberName, Float64Array>>,
    Readonly<Record<NameName | 'id', Int32Array>> {
  readonly length: number
  /** What the numbers of `id` and of the names stand for. */
  readonly ids: Texts
  readonly names: Texts
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const decoder = new TextDecoder()

export function textAt({ bytes, ends }: Texts, number: number): string {
  const end = ends[number]
  invariant(end !== undefined, `text ${number} of ${ends.length}`)
  // A copy: decoders of browsers read no shared memory.
  return decoder.decode(bytes.slice(number === 0 ? 0 : ends[number - 1], end))
}

export function idAt({ ids, id }: SessionColumns, row: number): string {
  return textAt(ids, id[row] ?? -1)
}

/** A session as an object. */
export function sessionAt(sessions: SessionColumns, row: number): TraceSession {
  const { arrive_ms, depart_ms, energy_kWh, names } = sessions
  const session: Mutable<TraceSession> = {
    id: idAt(sessions, row),
    arrive_ms: arrive_ms[row] as number,
    depart_ms: depart_ms[row] as number,
    energy_kWh: energy_kWh[row] as number,
  }
  for (const name of numberNames) {
    const value = sessions[name][row] ?? Number.NaN
    if (!Number.isNaN(value)) session[name] = value
  }
  for (const name of nameNames) {
    const number = sessions[name][row] ?? -1
    if (number >= 0) session[name] = textAt(names, number)
  }
  return session
}

/** Every session as an object, one after the other. */
export function* eachSession(sessions: SessionColumns): Generator<TraceSession> {
  for (let row = 0; row < sessions.length; row++) yield sessionAt(sessions, row)
}
