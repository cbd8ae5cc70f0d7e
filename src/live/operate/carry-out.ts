import type { CallOutcome } from '../ocpp/index.ts'
import type { Command } from './commands.ts'
import type { Desk } from './desk.ts'
import type { Outgoing } from './drivers/driver.ts'
import { driverOf } from './drivers/index.ts'
import { hasEvse } from './plans.ts'
import type { CommandOutcome } from './ports.ts'
import type { Reservations } from './reservations.ts'
import type { Line, Station } from './station.ts'
import type { Ledger } from './transactions/ledger.ts'
import type { Transaction } from './transactions/transaction.ts'

const reject = (reason: Rejection, params: Readonly<Record<string, string | number>> = {}): CommandOutcome => {
  return { kind: 'rejected', reason, params }
}

type Rejection =
  | 'operate.command.noStation'
  | 'operate.command.noEvse'
  | 'operate.command.noTransaction'
  | 'operate.command.noReservation'
  | 'operate.command.over'
  | 'operate.command.error'
  | 'operate.command.invalid'
  | 'operate.command.busy'

/** Who is asked, and for which transaction. */
interface Target {
  readonly station: Station
  readonly transaction: Transaction | null
}

function targetOf(desk: Desk, ledger: Ledger, reservations: Reservations, command: Command): Target | CommandOutcome {
  if (command.name === 'stop') {
    const transaction = ledger.byRecordId(command.transaction)
    if (!transaction) return reject('operate.command.noTransaction', { transaction: command.transaction })
    if (transaction.isEnded) return reject('operate.command.over', { transaction: command.transaction })
    return stationTarget(desk, transaction.key.stationId, transaction)
  }
  if (command.name !== 'cancelReservation') return stationTarget(desk, command.stationId, null)
  const reservation = reservations.find(command.reservation)
  if (!reservation) return reject('operate.command.noReservation', { reservation: command.reservation })
  return stationTarget(desk, reservation.stationId, null)
}

function stationTarget(desk: Desk, stationId: string, transaction: Transaction | null): Target | CommandOutcome {
  const station = desk.stations.get(stationId)
  return station ? { station, transaction } : reject('operate.command.noStation', { station: stationId })
}

/** An EVSE the station does not have; null: it has it, or none is named. */
function missingEvse(station: Station, command: Command): number | null {
  const evse = 'evse' in command ? command.evse : null
  const isAny = evse === null || (evse === 0 && command.name === 'reserve')
  return isAny || hasEvse(station.plan, evse) ? null : evse
}

/** Carries a command out and waits for what comes of it: never rejects but where the store fails. */
export async function carryOut(
  desk: Desk,
  ledger: Ledger,
  reservations: Reservations,
  command: Command,
): Promise<CommandOutcome> {
  const target = targetOf(desk, ledger, reservations, command)
  if ('kind' in target) return target
  const { station, transaction } = target
  const evse = missingEvse(station, command)
  if (evse !== null) return reject('operate.command.noEvse', { station: station.stationId, evse })
  const { line } = station
  if (!line?.isOpen) return { kind: 'offline' }
  if (command.name === 'reserve') return reserve({ desk, station, line, reservations }, command)
  const messages = driverOf(line.version).spell(command, { station, desk, number: desk.nextNumber(), transaction })
  if (!messages) return { kind: 'notSupported' }
  const outcome = await sendAll(desk, line, messages)
  if (command.name === 'cancelReservation' && outcome.kind === 'accepted') {
    await reservations.become(command.reservation, 'cancelled')
  }
  return outcome
}

interface Desks {
  readonly desk: Desk
  readonly station: Station
  readonly line: Line
  readonly reservations: Reservations
}

/** Written down before it is asked for: the station may hold it although its answer is lost. */
async function reserve(
  { desk, station, line, reservations }: Desks,
  command: Extract<Command, { name: 'reserve' }>,
): Promise<CommandOutcome> {
  const { stationId, evse, idToken, expires_ms } = command
  const { id } = await reservations.ask({ stationId, evse, idToken, expires_ms })
  const context = { station, desk, number: id, transaction: null }
  const messages = driverOf(line.version).spell(command, context)
  const outcome = messages ? await sendAll(desk, line, messages) : { kind: 'notSupported' as const }
  if (outcome.kind === 'accepted') {
    await reservations.become(id, 'held')
    return { kind: 'accepted', details: { ...outcome.details, reservation: id } }
  }
  if (outcome.kind !== 'timeout') await reservations.become(id, 'refused')
  return outcome
}

/** One after the other until one is refused; the outcome is the last one's. */
async function sendAll(desk: Desk, line: Line, messages: readonly Outgoing[]): Promise<CommandOutcome> {
  let outcome: CommandOutcome = { kind: 'accepted' }
  for (const { action, payload, read } of messages) {
    const answer = await line.call(action, payload, { timeout_ms: desk.settings.commandTimeout_s * 1000 })
    outcome = outcomeOf(answer, read)
    if (outcome.kind !== 'accepted') return outcome
  }
  return outcome
}

function outcomeOf(answer: CallOutcome, read: Outgoing['read']): CommandOutcome {
  if (answer.kind === 'result') return read(answer.payload)
  if (answer.kind === 'timeout') return { kind: 'timeout', after_s: answer.after_ms / 1000 }
  if (answer.kind === 'closed') return { kind: 'offline' }
  if (answer.kind === 'busy') return reject('operate.command.busy', { most: answer.most })
  if (answer.kind === 'invalid')
    return reject('operate.command.invalid', { whose: answer.whose, problem: problemsOf(answer) })
  if (answer.error === 'NotImplemented' || answer.error === 'NotSupported') return { kind: 'notSupported' }
  return reject('operate.command.error', { error: answer.code, description: answer.description })
}

function problemsOf({ problems }: Extract<CallOutcome, { kind: 'invalid' }>): string {
  return problems.map((problem) => ('path' in problem ? `${problem.path} ${problem.code}` : problem.code)).join(', ')
}
