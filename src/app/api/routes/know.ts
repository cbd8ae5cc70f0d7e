import { z } from 'zod'
import { loadSite } from '../../../hub/site/index.ts'
import { match, prepareMatch } from '../../../hub/standards/index.ts'
import { refusal } from '../problem.ts'
import { type Route, route } from '../route.ts'

const MAX_TEXT = 1_000_000

/** What the engine knows, for other programs. */
export const knowRoutes: readonly Route[] = [
  route('post /check', {
    ...{
      summary: 'Checks a site file',
      tag: 'know',
      answer: z.object({ ok: z.boolean(), problems: z.array(z.looseObject({})) }),
    },
    body: z.object({ text: z.string().max(MAX_TEXT) }),
    handle: ({ body }, { catalogue }) => {
      const checked = loadSite(body.text, 'site.yaml', catalogue)
      return { ok: checked.ok, problems: checked.ok ? checked.warnings : checked.problems }
    },
  }),
  route('post /match', {
    ...{
      summary: 'Whether a vehicle charges at a post, how fast, and what holds it back',
      tag: 'know',
      answer: z.looseObject({}),
    },
    body: z.strictObject({
      ...{ vehicle: z.string(), post: z.string(), adapters: z.array(z.string()).max(20).default([]) },
      ...{
        market: z.enum(['NA', 'EU', 'CN', 'JP']).optional(),
        soc_frac: z.number().min(0).max(1).nullable().default(null),
      },
      ambient_degC: z.number().min(-60).max(70).optional(),
    }),
    handle: ({ body: { vehicle: id, post: postId, adapters, market, soc_frac, ambient_degC } }, { catalogue }) => {
      const vehicle = catalogue.vehicles.get(id)
      const post = catalogue.chargers.get(postId) ?? catalogue.swapStations.get(postId)
      if (!vehicle || !post) throw refusal(404, 'api.notFound')
      const conditions = { ...(market ? { market } : {}), ...(ambient_degC === undefined ? {} : { ambient_degC }) }
      return match({ vehicle, post, adapters, soc_frac, ...conditions }, prepareMatch(catalogue))
    },
  }),
]
