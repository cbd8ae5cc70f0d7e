import type { Coded } from '../../../base/words/index.ts'
import { clip } from '../sessions/moments.ts'

const SECONDS = [1, 60, 3600] as const
const MS_PER_SECOND = 1000
const pointNumber = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?(e[+-]?\d+)?$|^[+-]?\.\d+$/i
const commaNumber = /^[+-]?(\d+|\d{1,3}([. \u00a0\u202f]\d{3})+)(,\d*)?$/
const decimalComma = /^[+-]?\d+,\d+$/

/** A number as people write it: thousands may be separated. `decimal` says which mark is the decimal one. */
export function numberIn(text: string, column: string, decimal: 'point' | 'comma'): number | Coded {
  const trimmed = text.trim()
  if (decimal === 'comma') {
    if (commaNumber.test(trimmed)) return Number(trimmed.replace(/[. \u00a0\u202f]/g, '').replace(',', '.'))
  } else if (pointNumber.test(trimmed)) return Number(trimmed.replace(/,/g, ''))
  const params = { column, found: clip(text) }
  return { code: decimalComma.test(trimmed) ? 'trace.decimalComma' : 'trace.notNumber', params }
}

/** A duration as hh:mm:ss, hours as many as there are; hh:mm is taken as hours and minutes. */
export function durationIn_ms(text: string, column: string): number | Coded {
  const parts = /^(\d{1,5}):(\d{2})(?::(\d{2}))?$/.exec(text.trim())
  if (!parts) return { code: 'trace.notDuration', params: { column, found: clip(text) } }
  const [, hours, minutes, seconds = '0'] = parts
  const whole_s = Number(hours) * SECONDS[2] + Number(minutes) * SECONDS[1] + Number(seconds) * SECONDS[0]
  return whole_s * MS_PER_SECOND
}
