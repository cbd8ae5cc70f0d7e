import { z } from 'zod'
import { Refusal, refusal } from '../problem.ts'
import { type Route, route } from '../route.ts'

const coded = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) })
const perNode = z.record(z.string(), z.number()).meta({ description: 'by `grid`, `circuit <id>`, `cabinet <id>`' })

const siteNow = z.object({
  ...{ name: z.string(), timezone: z.string(), policy: z.string(), text: z.string(), isChanged: z.boolean() },
  ...{ import_kW: z.number(), limit_kW: z.number(), now_ms: z.number(), speed: z.number() },
  ...{ isVirtual: z.boolean(), engineVersion: z.string() },
})

const evseNow = z.object({
  ...{ stationId: z.string(), evse: z.number(), id: z.string(), mode: z.string() },
  ...{ power_kW: z.number().nullable(), limit_kW: z.number().nullable(), soc_frac: z.number().nullable() },
  ...{ vehicle: z.string().nullable(), minutesLeft: z.number().nullable(), cable_degC: z.number().nullable() },
  ...{ transaction: z.string().nullable(), because: coded.nullable(), trouble: z.string().nullable() },
})

const hubNow = z.object({
  ...{ at_ms: z.number(), power_kW: perNode, limit_kW: perNode },
  ...{ evses: z.array(evseNow), waiting: z.number().nullable() },
})

const why = z.object({ power_kW: z.number(), reason: coded })
const evseOf = z.object({ stationId: z.string(), evse: z.coerce.number().int().positive() })
const fault = z.object({ mode: z.string(), isActive: z.boolean(), isSeen: z.boolean() })

const history = z.object({
  ...{ step_s: z.number(), times_ms: z.array(z.number()) },
  power_kW: z.record(z.string(), z.array(z.number().nullable())),
  limit_kW: z.array(z.number().nullable()),
})

const name = z.object({ value: z.string().nullable(), warnings: z.array(coded) })
const connectorNames = z.object({
  ...{ stationId: z.string(), evse: z.number(), connector: z.number(), id: z.string(), standard: z.string() },
  names: z.object({ ocpp_2_0_1: name, ocpp_2_1: name, ocpi_2_2_1: name, ocpi_2_3_0: name }),
})

const MOST_STEPS = 20_000
const LIMIT_KEY = 'grid'
const same_kW = 1e-6

const span = z.object({
  from_ms: z.coerce.number().int().nonnegative(),
  to_ms: z.coerce.number().int().positive(),
  step_s: z.coerce.number().int().min(1).max(86_400).default(60),
})

function checkedSpan({ from_ms, to_ms, step_s }: z.output<typeof span>) {
  if (to_ms <= from_ms) throw refusal(422, 'api.span')
  const steps = Math.ceil((to_ms - from_ms) / (step_s * 1000))
  if (steps > MOST_STEPS) throw refusal(422, 'api.tooManySteps', { steps, most: MOST_STEPS })
  return { steps, span: { from_ms, to_ms, step_ms: step_s * 1000 } }
}

/** The hub as a whole: what it is, what it does, what it may. */
export const hubRoutes: readonly Route[] = [
  route('get /site', {
    ...{ summary: 'The site that is run', tag: 'hub', answer: siteNow },
    handle: (_, { hub }) => hub.site(),
  }),
  route('post /site/limit', {
    ...{ summary: 'Sets what the site may draw', tag: 'hub', answer: siteNow.extend({ warnings: z.array(coded) }) },
    body: z.object({
      limit_kW: z.number().nonnegative(),
      from_ms: z.number().int().positive().nullable().default(null).meta({ description: 'when it begins; null: now' }),
      was_kW: z.number().optional().meta({ description: 'limit you saw: refused (409) where another one is in force' }),
      confirm: z.string().optional().meta({ description: 'name of the site; needed where the limit gets lower' }),
    }),
    handle: async ({ body: { limit_kW, from_ms, was_kW, confirm } }, { hub }) => {
      const site = hub.site()
      if (limit_kW > site.import_kW)
        throw refusal(422, 'api.limit.aboveGrid', { limit: limit_kW, import: site.import_kW })
      if (was_kW !== undefined && Math.abs(was_kW - site.limit_kW) > same_kW) {
        throw refusal(409, 'api.limit.changed', { limit: site.limit_kW })
      }
      if (limit_kW < site.limit_kW && confirm !== site.name)
        throw refusal(422, 'api.limit.confirm', { name: site.name })
      const answer = await hub.setLimit(limit_kW, from_ms)
      if (!answer.ok) throw new Refusal(422, answer.because)
      return { ...hub.site(), warnings: answer.warnings }
    },
  }),
  route('get /hub', {
    ...{ summary: 'Powers, limits and vehicles now', tag: 'hub', answer: hubNow },
    handle: (_, { hub }) => hub.now(),
  }),
  route('get /connectors', {
    ...{ summary: 'Connectors and their names in OCPP and OCPI', tag: 'hub', answer: z.array(connectorNames) },
    handle: (_, { hub }) => hub.connectors(),
  }),
  route('get /evses/{stationId}/{evse}/why', {
    ...{ summary: 'Limits above an EVSE, tightest first', tag: 'hub', answer: z.array(why) },
    params: z.object({ stationId: z.string(), evse: z.coerce.number().int().positive() }),
    handle: ({ params: { stationId, evse } }, { hub }) => {
      const found = hub.why(stationId, evse)
      if (found === null) throw refusal(404, 'api.notFound')
      return found
    },
  }),
  route('get /evses/{stationId}/{evse}/faults', {
    ...{ summary: 'Faults that can be let happen at an EVSE of a virtual station', tag: 'virtual', params: evseOf },
    answer: z.array(fault),
    handle: ({ params: { stationId, evse } }, { hub }) => hub.faults(stationId, evse),
  }),
  route('post /evses/{stationId}/{evse}/faults', {
    ...{ summary: 'Lets a fault begin or end at an EVSE of a virtual station', tag: 'virtual', params: evseOf },
    body: z.strictObject({ mode: z.string().max(40), isActive: z.boolean() }),
    answer: z.array(fault),
    handle: ({ params: { stationId, evse }, body: { mode, isActive } }, { hub }) => {
      if (!hub.setFault(stationId, evse, mode, isActive)) throw refusal(422, 'api.fault', { mode })
      return hub.faults(stationId, evse)
    },
  }),
  route('get /history', {
    ...{ summary: 'Power by node over time', tag: 'hub', query: span, answer: history },
    handle: async ({ query }, { store }) => {
      const { steps, span: asked } = checkedSpan(query)
      const series = await store.read.powers(asked)
      const none = new Array<number | null>(steps).fill(null)
      return {
        step_s: query.step_s,
        times_ms: Array.from({ length: steps }, (_, step) => query.from_ms + step * asked.step_ms),
        power_kW: Object.fromEntries(series.map(({ key, power_kW }) => [key, power_kW])),
        limit_kW: series.find(({ key }) => key === LIMIT_KEY)?.limit_kW ?? none,
      }
    },
  }),
  route('get /evses/{stationId}/{evse}/history', {
    ...{ summary: 'What an EVSE measured over time', tag: 'hub', query: span, answer: z.array(z.looseObject({})) },
    params: z.object({ stationId: z.string(), evse: z.coerce.number().int().positive() }),
    handle: ({ params: { stationId, evse }, query }, { store }) =>
      store.read.meters(stationId, evse, checkedSpan(query).span),
  }),
]
