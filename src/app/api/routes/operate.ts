import { z } from 'zod'
import type { Command, StationView } from '../../../live/operate/index.ts'
import { refusal } from '../problem.ts'
import { type Route, route } from '../route.ts'

const text = (most = 255) => z.string().min(1).max(most)
const evse = z.number().int().positive().max(1000)
const stationId = text(48)
const anything = z.looseObject({})
const variable = {
  component: z.string().max(50),
  variable: text(50),
  evse: evse.optional(),
  connector: z.number().int().positive().max(100).optional(),
  instance: text(50).optional(),
}

/** Commands as they come over the wire; the names and meanings are those of `live/operate`. */
const command = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('start'),
    stationId,
    evse: evse.nullable(),
    idToken: text(36),
    tokenType: text(20).optional(),
  }),
  z.strictObject({ name: z.literal('stop'), transaction: text(64) }),
  z.strictObject({ name: z.literal('reset'), stationId, evse: evse.nullable(), when: z.enum(['now', 'idle']) }),
  z.strictObject({ name: z.literal('unlock'), stationId, evse, connector: z.number().int().positive().max(100) }),
  z.strictObject({ name: z.literal('availability'), stationId, evse: evse.nullable(), operative: z.boolean() }),
  z.strictObject({ name: z.literal('trigger'), stationId, message: text(50), evse: evse.nullable() }),
  z.strictObject({
    ...{ name: z.literal('reserve'), stationId, evse: z.number().int().nonnegative().max(1000) },
    ...{ idToken: text(36), expires_ms: z.number().int().positive() },
  }),
  z.strictObject({ name: z.literal('cancelReservation'), reservation: z.number().int() }),
  z.strictObject({ name: z.literal('getVariables'), stationId, variables: z.array(z.strictObject(variable)).max(100) }),
  z.strictObject({
    ...{ name: z.literal('setVariables'), stationId },
    values: z
      .array(z.strictObject({ ...variable, value: z.string().max(2500) }))
      .min(1)
      .max(100),
  }),
  z.strictObject({ name: z.literal('sendLocalList'), stationId }),
  z.strictObject({ name: z.literal('localListVersion'), stationId }),
  z.strictObject({ name: z.literal('clearCache'), stationId }),
  z.strictObject({
    name: z.literal('dataTransfer'),
    stationId,
    vendor: text(),
    message: text(50).optional(),
    data: z.string().max(60_000).optional(),
  }),
  z.strictObject({ name: z.literal('diagnostics'), stationId, location: text(2000) }),
  z.strictObject({
    name: z.literal('updateFirmware'),
    stationId,
    location: text(2000),
    at_ms: z.number().int().positive(),
  }),
  z.strictObject({
    name: z.literal('message'),
    stationId,
    action: text(50),
    payload: z.record(z.string(), z.unknown()),
  }),
])

const outcome = z.looseObject({ kind: z.enum(['accepted', 'rejected', 'timeout', 'offline', 'notSupported']) })
const part = { limit: z.coerce.number().int().min(1).max(1000).default(100), after: z.string().optional() }
const ofStation = z.object({ stationId })

/** A station as others may see it. */
function shown({ passwordHash, ...station }: StationView) {
  return { ...station, hasPassword: passwordHash !== null }
}

/** Stations, and whether they belong here. */
export const stationRoutes: readonly Route[] = [
  route('get /stations', {
    ...{ summary: 'Stations with EVSEs, connectors and last readings', tag: 'stations', answer: z.array(anything) },
    handle: (_, { operation }) => operation.stations().map(shown),
  }),
  route('get /stations/{stationId}', {
    ...{ summary: 'One station', tag: 'stations', params: ofStation, answer: anything },
    handle: ({ params }, { operation }) => {
      const station = operation.station(params.stationId)
      if (!station) throw refusal(404, 'api.notFound')
      return shown(station)
    },
  }),
  ...(['accept', 'reject'] as const).map((verdict) =>
    route(`post /stations/{stationId}/${verdict}`, {
      summary: verdict === 'accept' ? 'Lets a station in from the lobby' : 'Keeps a station out',
      ...{ tag: 'stations', params: ofStation },
      handle: async ({ params }, { operation }) => {
        const isKnown = await operation.decide(params.stationId, verdict === 'accept' ? 'accepted' : 'rejected')
        if (!isKnown) throw refusal(404, 'api.notFound')
        return null
      },
    }),
  ),
  route('delete /stations/{stationId}', {
    ...{ summary: 'Forgets a station the site does not name', tag: 'stations', params: ofStation },
    handle: async ({ params }, { operation }) => {
      if (!(await operation.forget(params.stationId))) throw refusal(404, 'api.notForgotten')
      return null
    },
  }),
  route('post /stations/{stationId}/password', {
    ...{ summary: 'Makes a password for a station; it is shown once', tag: 'stations', params: ofStation },
    answer: z.object({ password: z.string() }),
    handle: async ({ params }, { operation }) => {
      const password = await operation.renewPassword(params.stationId)
      if (password === null) throw refusal(404, 'api.notFound')
      return { password }
    },
  }),
]

/** Transactions, commands, alarms, reservations, tokens, the journal. */
export const operateRoutes: readonly Route[] = [
  route('get /transactions', {
    ...{ summary: 'Transactions, the youngest first', tag: 'operate', answer: z.array(anything) },
    query: z.object({
      ...part,
      ...{ stationId: stationId.optional(), evse: z.coerce.number().int().optional(), idToken: text(36).optional() },
      ...{ state: z.enum(['active', 'ended']).optional() },
      ...{ from_ms: z.coerce.number().optional(), to_ms: z.coerce.number().optional() },
    }),
    handle: ({ query: { limit, after, ...filter } }, { store }) => store.read.transactions(filter, { limit, after }),
  }),
  route('get /transactions/{id}', {
    ...{ summary: 'One transaction', tag: 'operate', params: z.object({ id: z.string() }), answer: anything },
    handle: ({ params }, { store }) => {
      const found = store.read.transaction(params.id)
      if (!found) throw refusal(404, 'api.notFound')
      return found
    },
  }),
  route('get /commands', {
    ...{
      summary: 'What was commanded, the youngest first',
      tag: 'operate',
      query: z.object(part),
      answer: z.array(anything),
    },
    handle: async ({ query: { limit, after } }, { store }) => {
      const entries = await store.read.journal({ kind: 'command' }, { limit, after })
      return entries.map(({ number, at_ms, body }) => ({ number, at_ms, ...(body as { command: object }).command }))
    },
  }),
  route('post /commands', {
    ...{ summary: 'Commands a station; the answer is what came of it', tag: 'operate' },
    body: z.object({ command }),
    answer: z.object({ outcome }),
    handle: async ({ body, by }, { operation }) => ({ outcome: await operation.command(by, body.command as Command) }),
  }),
  route('get /alarms', {
    ...{ summary: 'Alarms, the youngest first', tag: 'operate', answer: z.array(anything) },
    query: z.object({ ...part, stands: z.enum(['true', 'false']).optional() }),
    handle: ({ query: { limit, after, stands } }, { store }) =>
      store.read.alarms(stands === undefined ? undefined : stands === 'true', { limit, after }),
  }),
  route('post /alarms/{id}/acknowledge', {
    ...{
      summary: 'Somebody has seen an alarm',
      tag: 'operate',
      params: z.object({ id: z.string() }),
      answer: anything,
    },
    handle: async ({ params, by }, { operation }) => {
      const alarm = await operation.acknowledge(params.id, by)
      if (!alarm) throw refusal(404, 'api.notFound')
      return alarm
    },
  }),
  route('get /reservations', {
    ...{ summary: 'Reservations that are asked for or held', tag: 'operate', answer: z.array(anything) },
    handle: (_, { operation }) => operation.reservations(),
  }),
  route('get /tokens', {
    ...{ summary: 'Tokens that may charge', tag: 'tokens', answer: z.array(anything) },
    handle: (_, { operation }) => operation.tokens(),
  }),
  route('post /tokens', {
    ...{ summary: 'Enters a token, or changes it', tag: 'tokens' },
    body: z.strictObject({
      ...{ idToken: text(36), type: text(20).default('ISO14443'), group: text(36).nullable().default(null) },
      status: z.enum(['accepted', 'blocked', 'expired']).default('accepted'),
      ...{
        expires_ms: z.number().int().positive().nullable().default(null),
        vehicle: text(100).nullable().default(null),
      },
    }),
    handle: async ({ body }, { operation }) => {
      await operation.putToken(body)
      return null
    },
  }),
  route('delete /tokens/{idToken}', {
    ...{ summary: 'Removes a token', tag: 'tokens', params: z.object({ idToken: z.string() }) },
    handle: async ({ params }, { operation }) => {
      if (!(await operation.removeToken(params.idToken))) throw refusal(404, 'api.notFound')
      return null
    },
  }),
  route('get /journal', {
    ...{ summary: 'Everything that was written down, the youngest first', tag: 'operate', answer: z.array(anything) },
    query: z.object({ ...part, stationId: stationId.optional(), kind: text(30).optional() }),
    handle: ({ query: { limit, after, ...filter } }, { store }) => store.read.journal(filter, { limit, after }),
  }),
]
