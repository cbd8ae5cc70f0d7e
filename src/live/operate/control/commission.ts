import type { Coded } from '../../../base/words/index.ts'
import type { JsonObject } from '../../ocpp/index.ts'
import type { Line } from '../station.ts'
import type { StationView } from '../views.ts'
import { profilePlace } from './deliver.ts'
import { meterMessages, probeMessage, readComposite, readProbe } from './probe/ask.ts'
import { type Capabilities, unknownCapabilities } from './probe/capabilities.ts'
import { type Quirk, quirkOf } from './probe/quirks.ts'
import {
  dialectOf,
  explainRefusal,
  type ProfileOutcome,
  readOutcome,
  type StandingOrder,
  unitsOf,
} from './profiles/index.ts'
import type { ControlSettings } from './settings.ts'
import type { EvseControl, StationControl } from './state.ts'

/** A connected station that is made ready to be controlled. */
export interface Commissioning {
  readonly station: StationControl
  readonly view: StationView
  readonly line: Line
  readonly now_ms: number
  readonly settings: ControlSettings
  readonly quirks: readonly Quirk[]
  /** Whether it is still this connection that counts. */
  readonly isCurrent: () => boolean
}

async function ask({ line, settings }: Commissioning, action: string, payload: object): Promise<JsonObject | null> {
  const outcome = await line.call(action, payload, { timeout_ms: settings.answer_ms })
  return outcome.kind === 'result' ? outcome.payload : null
}

/** Asks a station what it can do; where it does not tell, records of its make do. */
export async function probe(work: Commissioning): Promise<Capabilities> {
  const { line, view, quirks, station } = work
  const { action, payload } = probeMessage(line.version)
  const answer = await ask(work, action, payload)
  const told = answer ? readProbe(line.version, answer) : {}
  const { spelling, defaults_kW, standingPurpose } = station.capabilities
  const kept = { spelling, defaults_kW, standingPurpose, firmware: view.firmware }
  return { ...unknownCapabilities, ...told, ...kept, ...quirkOf(quirks, view) }
}

/** Asks for meter values as often as the control needs them. A station that refuses is controlled by what it sends. */
export async function askForMeters(work: Commissioning): Promise<void> {
  for (const { action, payload } of meterMessages(work.line.version, work.settings.meter_s)) {
    if (work.isCurrent()) await ask(work, action, payload)
  }
}

/** Connectors of an EVSE as 1.6 counts them; one for 2.x, which names EVSEs. */
export function wiresOf(
  { line, view }: Pick<Commissioning, 'line' | 'view'>,
  { place }: EvseControl,
): readonly number[] {
  if (line.version !== '1.6') return [1]
  const wires = view.evses.find(({ evse }) => evse === place.evse)?.connectors.map(({ wire }) => wire) ?? []
  return wires.length > 0 ? wires : [place.evse]
}

type StandingPurpose = Capabilities['standingPurpose']

/** Ways to say a standing limit: as a default of transactions, or for a station with one EVSE as its maximum. */
function standingWays({ station }: Commissioning): readonly StandingPurpose[] {
  const { standingPurpose, refusedPurposes } = station.capabilities
  const all: readonly StandingPurpose[] = station.evses.length === 1 ? ['txDefault', 'stationMax'] : ['txDefault']
  const ways = all.filter((purpose) => !refusedPurposes.includes(purpose))
  return [...ways].sort((a, b) => Number(b === standingPurpose) - Number(a === standingPurpose))
}

function standingOrders(work: Commissioning, evse: EvseControl, wire: number): readonly StandingOrder[] {
  const { station, now_ms } = work
  const { capabilities } = station
  const place = profilePlace(evse, wire, Math.max(0, capabilities.maxStackLevel - 1))
  const start_ms = Math.floor(now_ms / 1000 - 60) * 1000
  const units = unitsOf({ capabilities, isAc: evse.place.isAc })
  return standingWays(work).flatMap((purpose) =>
    units.map((unit) => ({ place, purpose, default_kW: evse.spec.default_kW, unit, start_ms })),
  )
}

/** Sets the standing limit at one connector; answers why it could not be, null: it is there. */
async function setAt(work: Commissioning, evse: EvseControl, wire: number): Promise<Coded | null> {
  const { line, settings, station } = work
  let first: Coded | null = null
  for (const order of standingOrders(work, evse, wire)) {
    const { action, payload } = dialectOf(line.version).standing(order)
    const outcome: ProfileOutcome = readOutcome(await line.call(action, payload, { timeout_ms: settings.answer_ms }))
    if (outcome.kind === 'accepted') {
      station.capabilities = { ...station.capabilities, standingPurpose: order.purpose }
      return null
    }
    const { reason, info } = outcome.kind === 'refused' ? outcome : { reason: 'no answer', info: '' }
    const spelling = { ...order, namesTransaction: false, isDynamic: false }
    first ??= explainRefusal(spelling, { reason, info }, null)
    if (outcome.kind === 'unanswered') return first
  }
  return first ?? { code: 'control.refused.silently', params: { refused: 'txDefault' } }
}

/** Sets the standing limit of an EVSE; answers why it could not be, null: it is there. */
export async function setStanding(work: Commissioning, evse: EvseControl): Promise<Coded | null> {
  for (const wire of wiresOf(work, evse)) {
    const because = await setAt(work, evse, wire)
    if (because !== null) return because
  }
  const { defaults_kW } = work.station.capabilities
  const { evse: number } = evse.place
  work.station.capabilities = {
    ...work.station.capabilities,
    defaults_kW: { ...defaults_kW, [number]: evse.spec.default_kW },
  }
  return null
}

/** What may be in force at an EVSE for as long as limits hold; null: the station does not tell. */
export async function limitInForce_kW(
  work: Commissioning,
  evse: EvseControl,
  validity_s: number,
): Promise<number | null> {
  const { line } = work
  const wire = evse.transaction?.wire ?? 1
  const { action, payload } = dialectOf(line.version).composite(
    line.version === '1.6' ? wire : evse.place.evse,
    validity_s,
  )
  const answer = await ask(work, action, payload)
  return answer ? readComposite(line.version, answer, evse.place) : null
}
