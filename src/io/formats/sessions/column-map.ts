import { z } from 'zod'
import { openDocument } from '../../../base/documents/index.ts'
import type { Checked } from '../../../base/problems/index.ts'
import type { ColumnMap, ColumnName } from './source.ts'

const header = z
  .string()
  .min(1)
  .optional()
  .meta({ description: 'header of the column; two joined by "+": date and time' })

/** A mapping of CSV columns as its file has it: what a column holds, and how values are written. */
const columnMapSchema = z.strictObject({
  id: header,
  arrive: header,
  plug: header,
  depart: header,
  duration: header,
  chargingEnd: header,
  chargingTime: header,
  energy: header,
  power: header,
  evse: header,
  connector: header,
  vehicle: header,
  soc: header,
  capacity: header,
  timezone: header,
  delimiter: z.string().length(1).optional().meta({ description: 'single character between values' }),
  decimal: z.enum(['point', 'comma']).optional().meta({ description: 'decimal mark of numbers' }),
  dates: z.enum(['mdy', 'dmy']).optional().meta({ description: 'order of day and month in dates such as 1/2/2026' }),
} satisfies Record<ColumnName | 'delimiter' | 'decimal' | 'dates', z.ZodType>)

function toMap({ delimiter, decimal, dates, ...named }: z.output<typeof columnMapSchema>): ColumnMap {
  const columns: Partial<Record<ColumnName, string>> = {}
  for (const [name, header] of Object.entries(named)) if (header !== undefined) columns[name as ColumnName] = header
  return {
    columns,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(dates === undefined ? {} : { dates }),
  }
}

/** Reads a mapping from a YAML file: `energy: Menge (kWh)`, `dates: dmy`. */
export function readColumnMap(text: string | Uint8Array, file: string): Checked<ColumnMap> {
  const { value, problems } = openDocument(columnMapSchema, text, file)
  return value === null ? { ok: false, problems } : { ok: true, value: toMap(value), warnings: problems }
}

/** Reads a mapping from one line: `energy=Menge (kWh),dates=dmy`. A header with a comma needs a file. `name` stands in problems. */
export function parseColumnMap(line: string, name: string): Checked<ColumnMap> {
  const parts = line.split(',').map((part) => part.split('=') as [string, ...string[]])
  const entries = parts.map(
    ([key, ...value]) => `${JSON.stringify(key.trim())}: ${JSON.stringify(value.join('=').trim())}`,
  )
  const checked = readColumnMap(`{${entries.join(', ')}}`, name)
  if (checked.ok) return checked
  return {
    ok: false,
    problems: checked.problems.map((problem) => ({ ...problem, at: { file: name, line: 0, column: 0 } })),
  }
}
