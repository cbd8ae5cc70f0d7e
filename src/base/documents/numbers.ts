import type { z } from 'zod'
import { type Unit, unitSuffixes } from '../units/index.ts'
import type { Coded } from '../words/index.ts'
import { unwrap } from './describe.ts'
import { snippet } from './snippet.ts'

interface Explained {
  readonly reason: Coded
  readonly fix?: Coded
}

/** Units as they are written beside a number; the others are their suffix. */
const symbols: Readonly<Partial<Record<Unit, string>>> = { degC: '°C', deg: '°', frac: '0..1', perDay: '1/d', ms: 'ms' }

function symbolOf(schema: z.core.$ZodType | null): string | null {
  const unit = schema ? unwrap(schema).meta['unit'] : undefined
  return typeof unit === 'string' && unit in unitSuffixes ? (symbols[unit as Unit] ?? unit) : null
}

/** Why a value is no number, and which number was meant where that is plain. */
export function wrongNumber(given: unknown, schema: z.core.$ZodType | null, whole: boolean): Explained {
  const symbol = symbolOf(schema)
  if (typeof given === 'string') return numberAsText(given, symbol)
  if (typeof given === 'number' && !Number.isFinite(given))
    return { reason: { code: 'document.notFinite', params: {} } }
  if (whole) return { reason: { code: 'document.notWhole', params: { found: snippet(given) } } }
  const params = { found: snippet(given) }
  if (symbol === null) return { reason: { code: 'document.notNumber', params } }
  return { reason: { code: 'document.notQuantity', params: { ...params, unit: symbol } } }
}

function numberAsText(given: string, symbol: string | null): Explained {
  const text = given.trim()
  const comma = /^([-+]?\d+),(\d+)\s*(\D*)$/.exec(text)
  if (comma) {
    const fix: Coded = { code: 'document.fix.number', params: { example: `${comma[1]}.${comma[2]}` } }
    return { reason: { code: 'document.decimalComma', params: { text: snippet(given) } }, fix }
  }
  const reason: Coded =
    symbol === null
      ? { code: 'document.notNumber', params: { found: snippet(given) } }
      : { code: 'document.numberAsText', params: { text: snippet(given), unit: symbol } }
  const example = meantNumber(text, symbol)
  return example === null ? { reason } : { reason, fix: { code: 'document.fix.number', params: { example } } }
}

/** `350kW` where kW are expected means 350; `85 %` where a fraction is expected means 0.85. */
function meantNumber(text: string, symbol: string | null): string | null {
  const [, digits, unit] = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(\D*)$/i.exec(text) ?? []
  if (digits === undefined || unit === undefined) return null
  if (unit === '%' && symbol === '0..1') return String(Number(digits) / 100)
  return unit === '' || unit.toLowerCase() === symbol?.toLowerCase() ? digits : null
}
