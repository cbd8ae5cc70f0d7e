import { formatNumber, type Language, say } from '../../../base/words/index.ts'
import type { LimitSource, MatchResult } from '../../../hub/standards/index.ts'
import { columnsOf, padded } from './answer.ts'

/** Results of every pair, by vehicle and post. */
export interface Matrix {
  readonly vehicles: readonly { readonly id: string; readonly name: string }[]
  readonly posts: readonly { readonly id: string; readonly name: string }[]
  /** One row a vehicle, one cell a post. */
  readonly rows: readonly (readonly MatchResult[])[]
}

const SCREEN_COLUMNS = 120
const CELL_COLUMNS = 7

export const marks: Readonly<Record<MatchResult['verdict'], string>> = { yes: '✓', limited: '~', no: '✕' }

/** What holds the pair back: the tightest limit; for a swap that fits nothing does. */
export function bindingOf(result: MatchResult): LimitSource | null {
  return result.limits[0]?.source ?? null
}

export function shortPower(result: MatchResult, language: Language): string {
  if (!result.fits) return ''
  if (result.kind === 'swap') return say('match.matrix.swap', {}, language)
  return result.power_kW === null ? '?' : formatNumber(result.power_kW, language, 0)
}

function toTheRight(text: string): string {
  return ' '.repeat(Math.max(0, CELL_COLUMNS - columnsOf(text))) + text
}

function block(matrix: Matrix, from: number, to: number, language: Language): string {
  const nameColumns = Math.max(...matrix.vehicles.map(({ id }) => id.length))
  const numbers = matrix.posts.slice(from, to).map((_, index) => `${from + index + 1}`.padStart(CELL_COLUMNS))
  const lines = matrix.vehicles.map(({ id }, row) => {
    const cells = (matrix.rows[row] ?? []).slice(from, to)
    const drawn = cells.map((cell) => toTheRight(`${shortPower(cell, language)}${marks[cell.verdict]}`))
    return padded(id, nameColumns) + drawn.join('')
  })
  const legend = matrix.posts.slice(from, to).map(({ id, name }, index) => `  ${from + index + 1}  ${id}  ${name}`)
  return [padded('', nameColumns) + numbers.join(''), ...lines, ...legend].join('\n')
}

/** A table of numbered columns, in blocks that fit a screen, each with its legend. */
export function asTable(matrix: Matrix, language: Language): string {
  const nameColumns = Math.max(...matrix.vehicles.map(({ id }) => id.length))
  const width = Math.max(1, Math.floor((SCREEN_COLUMNS - nameColumns) / CELL_COLUMNS))
  const blocks: string[] = []
  for (let from = 0; from < matrix.posts.length; from += width) {
    blocks.push(block(matrix, from, Math.min(from + width, matrix.posts.length), language))
  }
  const key = (['yes', 'limited', 'no'] as const).map((verdict) => {
    return `${marks[verdict]} ${say(`match.verdict.${verdict}`, {}, language)}`
  })
  return [...blocks, `${key.join('   ')}   (kW)`].join('\n\n')
}

function cellRecord(result: MatchResult) {
  return {
    vehicle: result.vehicle,
    post: result.post,
    verdict: result.verdict,
    power_kW: result.power_kW,
    binding: bindingOf(result),
    through: result.through,
    connector: result.connector,
    inlet: result.inlet,
    protocol: result.protocol,
    minutes10to80: result.minutes10to80,
    confidence: result.confidence,
    obstacles: result.obstacles.map(({ code }) => code),
    warnings: result.warnings.map(({ code }) => code),
  }
}

export function asJson(matrix: Matrix): string {
  return JSON.stringify(
    matrix.rows.flatMap((row) => row.map(cellRecord)),
    null,
    1,
  )
}

function csvField(value: string | number | readonly string[] | null): string {
  const text = value === null ? '' : typeof value === 'object' ? value.join(' ') : String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line a pair; lists are separated by blanks. */
export function asCsv(matrix: Matrix): string {
  const records = matrix.rows.flatMap((row) => row.map(cellRecord))
  const header = Object.keys(records[0] ?? {}).join(',')
  return [header, ...records.map((record) => Object.values(record).map(csvField).join(','))].join('\n')
}
