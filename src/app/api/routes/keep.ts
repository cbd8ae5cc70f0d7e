import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { logLines } from '../../../live/operate/control/index.ts'
import type { TransactionRecord } from '../../../live/operate/index.ts'
import { refusal } from '../problem.ts'
import { type Route, route } from '../route.ts'

const columns = [
  ...(['id', 'stationId', 'evse', 'connector', 'transactionId', 'idToken', 'vehicleId', 'state'] as const),
  ...(['started_ms', 'ended_ms', 'energy_Wh', 'start_Wh', 'last_Wh', 'stopReason', 'doubts'] as const),
] satisfies readonly (keyof TransactionRecord)[]

/** A cell no spreadsheet takes for a formula. */
function cell(value: string | number | null | readonly string[]): string {
  if (value === null) return ''
  const text = typeof value === 'number' ? String(value) : [value].flat().join(' ')
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const MOST_ROWS = 100_000

const text = (body: string, type: string, name: string): Response =>
  new Response(body, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` } })

/** What is taken away to be kept: tables, logs, copies. */
export const keepRoutes: readonly Route[] = [
  route('get /transactions.csv', {
    ...{ summary: 'Transactions as a table, the youngest first', tag: 'keep', contentType: 'text/csv' },
    query: z.object({ from_ms: z.coerce.number().optional(), to_ms: z.coerce.number().optional() }),
    handle: async ({ query }, { store }) => {
      const records = await store.read.transactions(query, { limit: MOST_ROWS })
      const rows = records.map((record) => columns.map((column) => cell(record[column])).join(','))
      return text(`${[columns.join(','), ...rows].join('\r\n')}\r\n`, 'text/csv; charset=utf-8', 'transactions.csv')
    },
  }),
  route('get /decisions', {
    ...{ summary: 'Runs of the site controller, the youngest first', tag: 'keep' },
    answer: z.array(z.object({ id: z.string(), started_ms: z.number(), engineVersion: z.string() })),
    handle: (_, { store }) => store.read.decisionRuns(),
  }),
  route('get /decisions/{run}', {
    ...{ summary: 'Decision log of a run, for replay', tag: 'keep', contentType: 'text/plain' },
    params: z.object({ run: z.string() }),
    handle: ({ params }, { store }) => {
      store.flush()
      const found = store.read.decisions(params.run)
      if (!found) throw refusal(404, 'api.notFound')
      return text([...logLines(found.run, found.entries)].join(''), 'text/plain; charset=utf-8', 'decisions.log')
    },
  }),
  route('post /backup', {
    ...{ summary: 'Copies the store into its folder `backups`', tag: 'keep', answer: z.object({ file: z.string() }) },
    handle: async (_, { store }) => {
      const folder = join(store.folder, 'backups')
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, `anyplug-${new Date().toISOString().replace(/[:.]/g, '-')}.db`)
      await store.backup(file)
      return { file }
    },
  }),
]
