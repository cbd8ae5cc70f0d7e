import { randomUUID } from 'node:crypto'
import type { Code } from '../../base/words/index.ts'
import type { AlarmRecord } from './ports.ts'

/** What an alarm is about; one of a kind stands at a time for each place. */
export interface AlarmPlace {
  readonly code: Code
  readonly stationId: string | null
  readonly evse: number | null
  /** Tells apart alarms of one kind at one place: a connector, a variable. */
  readonly detail?: string
}

const keyOf = ({ code, stationId, evse, detail }: AlarmPlace): string => JSON.stringify([code, stationId, evse, detail])
/** What an alarm is about. */
export const placeOfAlarm = ({ code, stationId, evse, params }: AlarmRecord): AlarmPlace => {
  const detail = params['detail']
  return { code: code as Code, stationId, evse, ...(typeof detail === 'string' ? { detail } : {}) }
}

/** Alarms that stand. */
export class Alarms {
  readonly #standing = new Map<string, AlarmRecord>()

  constructor(alarms: readonly AlarmRecord[]) {
    for (const alarm of alarms) this.#standing.set(keyOf(placeOfAlarm(alarm)), alarm)
  }

  all(): readonly AlarmRecord[] {
    return [...this.#standing.values()]
  }

  /** The alarm that now stands; null: it stood before. */
  raise(place: AlarmPlace, params: AlarmRecord['params'], now_ms: number): AlarmRecord | null {
    const key = keyOf(place)
    if (this.#standing.has(key)) return null
    const { code, stationId, evse, detail } = place
    const alarm: AlarmRecord = {
      id: randomUUID(),
      code,
      params: detail === undefined ? params : { ...params, detail },
      stationId,
      evse,
      raised_ms: now_ms,
      cleared_ms: null,
      acknowledgedBy: null,
    }
    this.#standing.set(key, alarm)
    return alarm
  }

  /** The alarm that stood until now; null: none did. */
  clear(place: AlarmPlace, now_ms: number): AlarmRecord | null {
    const key = keyOf(place)
    const alarm = this.#standing.get(key)
    if (!alarm) return null
    this.#standing.delete(key)
    return { ...alarm, cleared_ms: now_ms }
  }

  /** The alarm, now known to somebody; null: no such one stands. */
  acknowledge(id: string, by: string): AlarmRecord | null {
    for (const [key, alarm] of this.#standing) {
      if (alarm.id !== id) continue
      const known = { ...alarm, acknowledgedBy: by }
      this.#standing.set(key, known)
      return known
    }
    return null
  }
}
