import type { EvseMode, EvseNow, HubNow } from '../../../src/app/api/hub-view.ts'
import type { Code, Coded } from '../../../src/base/words/index.ts'

/** One EVSE as it is drawn. */
export interface EvseState extends Omit<EvseNow, 'stationId' | 'evse' | 'id' | 'transaction' | 'because'> {
  /** What holds it back, as a sentence. */
  readonly because: string | null
}

/** The hub now: boxes and EVSEs by the keys of the layout. */
export interface HubState {
  readonly power_kW: Readonly<Record<string, number>>
  /** Limits in force that are not those of the site file. */
  readonly limit_kW: Readonly<Record<string, number>>
  readonly evses: Readonly<Record<string, EvseState>>
}

export const modeWords: Readonly<Record<EvseMode, Code>> = {
  free: 'web.hub.mode.free',
  charging: 'web.hub.mode.charging',
  occupied: 'web.hub.mode.occupied',
  reserved: 'web.hub.mode.reserved',
  unavailable: 'web.hub.mode.unavailable',
  faulted: 'web.hub.mode.faulted',
  offline: 'web.hub.mode.offline',
  unknown: 'web.unknown',
}

type Sentence = (reason: Coded) => string

/** What is drawn of an EVSE, by the language it is drawn in: one that has not changed is not drawn anew. */
const drawn = new WeakMap<Sentence, WeakMap<EvseNow, EvseState>>()

function evseState(now: EvseNow, sentence: Sentence): EvseState {
  const ofLanguage = drawn.get(sentence) ?? new WeakMap<EvseNow, EvseState>()
  drawn.set(sentence, ofLanguage)
  const known = ofLanguage.get(now)
  if (known) return known
  const { id: _, because, ...evse } = now
  const made = { ...evse, because: because === null ? null : sentence(because) }
  ofLanguage.set(now, made)
  return made
}

/** The hub as it is drawn, from what the server tells. */
export function stateOf({ power_kW, limit_kW, evses }: HubNow, sentence: Sentence): HubState {
  return {
    ...{ power_kW, limit_kW },
    evses: Object.fromEntries(evses.map((evse) => [`evse ${evse.id}`, evseState(evse, sentence)])),
  }
}
