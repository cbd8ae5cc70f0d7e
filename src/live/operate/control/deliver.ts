import type { Clock } from '../../clock/index.ts'
import type { Line } from '../station.ts'
import {
  dialectOf,
  explainRefusal,
  type LimitOrder,
  type ProfileMessage,
  type ProfileOutcome,
  type ProfilePlace,
  powerOfRate_kW,
  rateOf,
  readOutcome,
  type Spelling,
  spellingName,
  spellingsOf,
  staysRefused,
  update21,
} from './profiles/index.ts'
import type { ControlSettings } from './settings.ts'
import type { EvseControl, Order, StationControl } from './state.ts'

/** A schedule begins so much in the past: clocks differ, and one that has not begun does not hold. */
const EARLY_s = 10
/** Voltage rises a little until a limit ends; less than meters err, or a filled limit would not look filled. */
const RISE = 1.005
/** A voltage lower by more than this is worth a message. */
const FALL = 0.98
/** So often a way that worked before may be refused before another one is looked for. */
const MOST_REFUSALS = 3

export interface Delivery {
  readonly station: StationControl
  readonly evse: EvseControl
  readonly line: Line
  /** Clock of the station minus ours. */
  readonly clockOff_ms: number
  readonly clock: Clock
  readonly settings: ControlSettings
}

/** What came of a command. */
export type Delivered =
  /** The station gives no more than this from now on. */
  | { readonly kind: 'taken'; readonly limit_kW: number }
  | { readonly kind: 'refused' }
  /** Nobody knows, or it is over: nothing follows. */
  | { readonly kind: 'nothing' }

/** Whether amperes told before mean more power by now, or much less. */
export function hasOtherVoltage({ inAmperes, voltage_V }: EvseControl): boolean {
  if (inAmperes === null || Number.isNaN(voltage_V)) return false
  return voltage_V > inAmperes.voltage_V || voltage_V < FALL * inAmperes.voltage_V
}

/** How numbers count at an EVSE; `wire` is its connector in 1.6. */
export function profilePlace({ place, voltage_V }: EvseControl, wire: number, stackLevel: number): ProfilePlace {
  const measured_V = Number.isNaN(voltage_V) ? place.voltage_V : Math.min(place.voltage_V, voltage_V * RISE)
  const { evse, phases, isAc } = place
  return { evse, connector: wire, stackLevel, phases, isAc, voltage_V: measured_V }
}

/** Spellings that may be tried, the one that worked last first. A profile of a transaction overrules all that is not one. */
function candidates({ station, evse, line }: Delivery): readonly Spelling[] {
  const all = spellingsOf({ version: line.version, capabilities: station.capabilities, isAc: evse.place.isAc })
  const possible = all.filter(
    ({ purpose }) => (purpose === 'tx' && evse.transaction !== null) || (purpose !== 'tx' && !evse.hasProfile),
  )
  const name = station.spelling === null ? station.capabilities.spelling : spellingName(station.spelling)
  const known = possible.find((one) => spellingName(one) === name)
  // Where limits of transactions were taken before, one that is refused is of a transaction that has just ended: only where that goes
  // on another way is looked for, which may mean less, or outlive the transaction.
  if (known?.purpose === 'tx' && evse.refusals < MOST_REFUSALS) return [known]
  return known ? [known, ...possible.filter((one) => one !== known)] : possible
}

function orderFor(delivery: Delivery, order: Order, spelling: Spelling): LimitOrder {
  const { station, evse, clockOff_ms, clock, settings } = delivery
  const now_ms = clock.now_ms()
  const start_ms = Math.floor((now_ms + clockOff_ms) / 1000 - EARLY_s) * 1000
  const end_ms = order.until_s * 1000 + clockOff_ms
  const left_s = (order.until_s * 1000 - now_ms) / 1000 - settings.dynamicSlack_s
  const duration_s = Math.floor(spelling.isDynamic ? left_s : (end_ms - start_ms) / 1000)
  const { transactionId = '', wire = 1 } = evse.transaction ?? {}
  const place = profilePlace(evse, wire, station.capabilities.maxStackLevel)
  const { default_kW } = evse.spec
  return { place, limit_kW: order.limit_kW, default_kW, start_ms, duration_s, transactionId, spelling }
}

/** A dynamic profile that is there needs its limit only, unless that is to end sooner than its limits do. */
function messageFor({ evse, line }: Delivery, order: LimitOrder): ProfileMessage {
  const { spelling, duration_s } = order
  const isThere = spelling.isDynamic && evse.dynamic_s !== null && evse.dynamic_s <= duration_s + 1
  return isThere ? update21(order) : dialectOf(line.version).limit(order)
}

function note({ evse }: Delivery, { spelling, duration_s }: LimitOrder, order: Order, action: string): void {
  if (spelling.purpose === 'tx') evse.hasProfile = true
  else evse.lingers_ms = Math.max(evse.lingers_ms, order.until_s * 1000)
  if (action === 'SetChargingProfile') evse.dynamic_s = spelling.isDynamic ? duration_s : null
}

async function tell(delivery: Delivery, order: Order, spelling: Spelling): Promise<ProfileOutcome> {
  const { line, settings } = delivery
  const limit = orderFor(delivery, order, spelling)
  if (limit.duration_s <= 0) return { kind: 'unanswered' }
  const { action, payload } = messageFor(delivery, limit)
  const outcome = readOutcome(await line.call(action, payload, { timeout_ms: settings.answer_ms }))
  // Without an answer it may be there all the same.
  if (outcome.kind !== 'refused') note(delivery, limit, order, action)
  else if (action !== 'SetChargingProfile') delivery.evse.dynamic_s = null
  return outcome
}

function effective_kW({ evse }: Delivery, order: Order, { unit }: Spelling): number {
  if (unit === 'W') return order.limit_kW
  const place = profilePlace(evse, 1, 0)
  return Math.min(order.limit_kW, powerOfRate_kW(rateOf(order.limit_kW, unit, place), unit, place))
}

interface Refused {
  readonly spelling: Spelling
  readonly reason: string
  readonly info: string
}

/** What worked is remembered; what was refused on the way is explained by it. */
function learn({ station, evse }: Delivery, order: Order, taken: Spelling, first: Refused | undefined): void {
  station.spelling = taken
  evse.inAmperes = taken.unit === 'A' ? { order, voltage_V: profilePlace(evse, 1, 0).voltage_V } : null
  evse.refusal = first ? explainRefusal(first.spelling, first, taken) : null
}

/**
 * Tells a station a limit in the way it takes: if it refuses one way, the next is tried. Nothing is told that is over, or whose
 * transaction is.
 */
export async function deliver(delivery: Delivery, order: Order): Promise<Delivered> {
  const { evse, line } = delivery
  const refused: Refused[] = []
  for (const spelling of candidates(delivery)) {
    if (refused.some((one) => staysRefused(one.spelling, one.reason, spelling))) continue
    const outcome = await tell(delivery, order, spelling)
    if (outcome.kind === 'unanswered') return { kind: 'nothing' }
    if (outcome.kind === 'accepted') {
      evse.refusals = 0
      learn(delivery, order, spelling, refused[0])
      return { kind: 'taken', limit_kW: effective_kW(delivery, order, spelling) }
    }
    if (evse.session !== order.session || !line.isOpen) return { kind: 'nothing' }
    refused.push({ ...outcome, spelling })
  }
  const [first] = refused
  if (!first) return { kind: 'nothing' }
  evse.refusals++
  evse.refusal = explainRefusal(first.spelling, first, null)
  return { kind: 'refused' }
}
