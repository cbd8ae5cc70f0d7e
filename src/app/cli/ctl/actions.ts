import { type Coded, isCode, type Language, say } from '../../../base/words/index.ts'
import type { CommandOutcome } from '../../../live/operate/index.ts'
import type { Client, Reply } from '../../api/client/index.ts'
import { type Cell, evseHead, evseRow, stationHead, stationRow, statusText, table, time, whyText } from './table.ts'
import type { Words } from './words.ts'

/** What a request to the server came to, ready to be printed. */
export type Done =
  | { readonly kind: 'answer'; readonly value: unknown; readonly text: string; readonly warnings?: readonly Coded[] }
  /** A negative answer: of the server or of a station. */
  | { readonly kind: 'no'; readonly value: unknown; readonly reason: Coded }
  | { readonly kind: 'unreachable'; readonly detail: string }

export interface Ask {
  readonly client: Client
  readonly words: Words
  readonly language: Language
}

type Act = (ask: Ask) => Promise<Done>

/** One thing an operator does: how it is written, and what it does. */
export interface Action {
  /** Words it takes: `<needed>`, `[optional]`. */
  readonly takes: string
  readonly act: Act
}

const coded = (code: string, params: Coded['params']): Coded =>
  isCode(code) ? { code, params } : { code: 'ctl.refused', params: { code } }

function refused<T>(reply: Exclude<Reply<T>, { ok: true }>): Done {
  if (reply.status === 0 && 'detail' in reply) return { kind: 'unreachable', detail: reply.detail }
  const { code, params } = reply as Extract<typeof reply, { code: string }>
  return { kind: 'no', value: { code, params }, reason: coded(code, params) }
}

function shown<T>(reply: Reply<T>, text: (value: T) => string): Done {
  return reply.ok ? { kind: 'answer', value: reply.value, text: text(reply.value) } : refused(reply)
}

const rows =
  <T>(head: readonly string[], row: (one: T) => readonly Cell[], language: Language) =>
  (all: readonly T[]): string =>
    table(head, all.map(row), language)

const done = (language: Language) => (): string => say('ctl.done', {}, language)

function outcomeReason(outcome: CommandOutcome): Coded {
  switch (outcome.kind) {
    case 'rejected':
      return coded(outcome.reason, outcome.params ?? {})
    case 'timeout':
      return { code: 'ctl.timeout', params: { after: outcome.after_s } }
    case 'offline':
      return { code: 'ctl.offline', params: {} }
    default:
      return { code: 'ctl.notSupported', params: {} }
  }
}

type CommandOf = (words: Words) => Parameters<Client['command']>[0]

/** An action that commands a station. */
function command(takes: string, commandOf: CommandOf): Action {
  const act: Act = async ({ client, words, language }) => {
    const reply = await client.command(commandOf(words))
    if (!reply.ok) return refused(reply)
    const { outcome } = reply.value
    if (outcome.kind !== 'accepted') return { kind: 'no', value: outcome, reason: outcomeReason(outcome) }
    const details = outcome.details ? `\n${JSON.stringify(outcome.details, null, 2)}` : ''
    return { kind: 'answer', value: outcome, text: `${done(language)()}${details}` }
  }
  return { takes, act }
}

async function status({ client, language }: Ask): Promise<Done> {
  const [site, hub, alarms] = await Promise.all([client.site(), client.hub(), client.alarms({ stands: true })])
  if (!site.ok) return refused(site)
  if (!hub.ok) return refused(hub)
  if (!alarms.ok) return refused(alarms)
  const { text: _, ...told } = site.value
  const value = { site: told, hub: hub.value, alarms: alarms.value }
  return { kind: 'answer', value, text: statusText(site.value, hub.value, alarms.value.length, language) }
}

/** Without a number: what holds. */
async function limit({ client, words, language }: Ask): Promise<Done> {
  const site = await client.site()
  if (!site.ok) return refused(site)
  const limit_kW = words.number('kW')
  const text = (now: { limit_kW: number; import_kW: number }): string =>
    say('ctl.limit', { limit: now.limit_kW, import: now.import_kW }, language)
  if (limit_kW === null) {
    const { limit_kW: now_kW, import_kW } = site.value
    return { kind: 'answer', value: { limit_kW: now_kW, import_kW }, text: text(site.value) }
  }
  const reply = await client.setLimit({ limit_kW, from_ms: words.moment('from'), confirm: site.value.name })
  if (!reply.ok) return refused(reply)
  return { kind: 'answer', value: reply.value, text: text(reply.value), warnings: reply.value.warnings }
}

const alarmHead = ['id', 'since', 'station', 'evse', 'seen by', 'alarm']
const transactionHead = ['id', 'station', 'evse', 'began', 'ended', 'kWh', 'token', 'vehicle', 'state']
const WH_PER_KWH = 1000

async function alarms(ask: Ask): Promise<Done> {
  const { client, words, language } = ask
  const reply = await client.alarms(words.flag('all') ? {} : { stands: true })
  return shown(
    reply,
    rows(
      alarmHead,
      (alarm) => {
        const { code, params } = coded(alarm.code, alarm.params)
        const { id, raised_ms, stationId, evse, acknowledgedBy } = alarm
        return [id, time(raised_ms), stationId, evse, acknowledgedBy, say(code, params, language)]
      },
      language,
    ),
  )
}

async function transactions({ client, words, language }: Ask): Promise<Done> {
  const reply = await client.transactions({
    limit: words.number('limit') ?? 20,
    stationId: words.text('station') ?? undefined,
  })
  return shown(
    reply,
    rows(
      transactionHead,
      (one) => [
        ...[one.id, one.stationId, one.evse, time(one.started_ms), time(one.ended_ms), one.energy_Wh / WH_PER_KWH],
        ...[one.idToken, one.vehicleId, one.state],
      ],
      language,
    ),
  )
}

const stationed = (words: Words) => ({ stationId: words.needed('station') })
const whole = (words: Words, name: string): number => words.number(name) ?? 0

/** Everything `anyplug ctl` can do. */
export const actions: Readonly<Record<string, Action>> = {
  status: { takes: '', act: status },
  stations: {
    takes: '',
    act: async ({ client, language }) => shown(await client.stations(), rows(stationHead, stationRow, language)),
  },
  evses: {
    takes: '',
    act: async ({ client, language }) =>
      shown(await client.hub(), ({ evses }) => rows(evseHead, evseRow, language)(evses)),
  },
  explain: {
    takes: '<station> <evse>',
    act: async ({ client, words, language }) =>
      shown(await client.why(words.needed('station'), whole(words, 'evse')), (limits) => whyText(limits, language)),
  },
  transactions: { takes: '[station]', act: transactions },
  limit: { takes: '[kW]', act: limit },
  start: command('<station> <evse> <token>', (words) => {
    return { name: 'start', ...stationed(words), evse: whole(words, 'evse'), idToken: words.needed('token') }
  }),
  stop: command('<transaction>', (words) => ({ name: 'stop', transaction: words.needed('transaction') })),
  reset: command('<station> [evse]', (words) => {
    const when = words.flag('now') ? 'now' : 'idle'
    return { name: 'reset', ...stationed(words), evse: words.number('evse'), when }
  }),
  unlock: command('<station> <evse> [connector]', (words) => {
    return {
      name: 'unlock',
      ...stationed(words),
      evse: whole(words, 'evse'),
      connector: words.number('connector') ?? 1,
    }
  }),
  enable: command('<station> [evse]', (words) => {
    return { name: 'availability', ...stationed(words), evse: words.number('evse'), operative: true }
  }),
  disable: command('<station> [evse]', (words) => {
    return { name: 'availability', ...stationed(words), evse: words.number('evse'), operative: false }
  }),
  trigger: command('<station> <message> [evse]', (words) => {
    return { name: 'trigger', ...stationed(words), message: words.needed('message'), evse: words.number('evse') }
  }),
  reserve: command('<station> <evse> <token> <until>', (words) => {
    const expires_ms = words.moment('until') ?? 0
    return {
      name: 'reserve',
      ...stationed(words),
      evse: whole(words, 'evse'),
      idToken: words.needed('token'),
      expires_ms,
    }
  }),
  cancel: command('<reservation>', (words) => {
    return { name: 'cancelReservation', reservation: whole(words, 'reservation') }
  }),
  reservations: {
    takes: '',
    act: async ({ client, language }) =>
      shown(
        await client.reservations(),
        rows(
          ['id', 'station', 'evse', 'token', 'until', 'state'],
          (one) => [`${one.id}`, one.stationId, one.evse, one.idToken, time(one.expires_ms), one.state],
          language,
        ),
      ),
  },
  alarms: { takes: '', act: alarms },
  ack: {
    takes: '<alarm>',
    act: async ({ client, words, language }) => shown(await client.acknowledge(words.needed('alarm')), done(language)),
  },
  accept: {
    takes: '<station>',
    act: async ({ client, words, language }) =>
      shown(await client.decide(words.needed('station'), 'accept'), done(language)),
  },
  reject: {
    takes: '<station>',
    act: async ({ client, words, language }) =>
      shown(await client.decide(words.needed('station'), 'reject'), done(language)),
  },
  forget: {
    takes: '<station>',
    act: async ({ client, words, language }) => shown(await client.forget(words.needed('station')), done(language)),
  },
  password: {
    takes: '<station>',
    act: async ({ client, words }) => shown(await client.password(words.needed('station')), ({ password }) => password),
  },
  tokens: {
    takes: '',
    act: async ({ client, language }) =>
      shown(
        await client.tokens(),
        rows(
          ['token', 'type', 'status', 'group', 'until', 'vehicle'],
          (one) => [one.idToken, one.type, one.status, one.group, time(one.expires_ms), one.vehicle],
          language,
        ),
      ),
  },
  allow: {
    takes: '<token> [vehicle]',
    act: async ({ client, words, language }) => {
      const token = {
        idToken: words.needed('token'),
        vehicle: words.text('vehicle'),
        expires_ms: words.moment('until'),
      }
      return shown(await client.putToken({ ...token, status: 'accepted' }), done(language))
    },
  },
  block: {
    takes: '<token>',
    act: async ({ client, words, language }) =>
      shown(await client.putToken({ idToken: words.needed('token'), status: 'blocked' }), done(language)),
  },
  remove: {
    takes: '<token>',
    act: async ({ client, words, language }) => shown(await client.removeToken(words.needed('token')), done(language)),
  },
  backup: {
    takes: '',
    act: async ({ client, language }) =>
      shown(await client.backup(), ({ file }) => say('ctl.backup', { file }, language)),
  },
  decisions: {
    takes: '[run]',
    act: async ({ client, words, language }) => {
      const run = words.text('run')
      if (run !== null) return shown(await client.decisions(run), (log) => log.trimEnd())
      return shown(
        await client.decisionRuns(),
        rows(['run', 'began'], ({ id, started_ms }) => [id, time(started_ms)], language),
      )
    },
  },
}
