import { formatNumber, type Language, locales } from '../../../src/base/words/index.ts'
import { useSettings } from '../shell/settings.tsx'

/** How a column reads: shares are kept as 0 to 1 and told in percent. */
export type Kind = 'text' | 'date' | 'year' | 'count' | 'share' | 'decimal'

export type Cell = string | number | null

const none = '–'

function digitsOf(value: number): number {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1
}

/** What rounds to nothing has no sign. */
function rounded(value: number, digits: number, language: Language): string {
  return formatNumber(Number(value.toFixed(digits)) === 0 ? 0 : value, language, digits)
}

/** A cell as people read it; nothing known is a dash. */
function written(value: Cell, kind: Kind, language: Language): string {
  if (value === null || value === '') return none
  if (typeof value === 'string') return value
  if (!Number.isFinite(value)) return none
  if (kind === 'year') return String(value)
  if (kind === 'share') return `${rounded(100 * value, digitsOf(100 * value), language)}\u00a0%`
  return rounded(value, kind === 'decimal' ? 2 : digitsOf(value), language)
}

/** The same for axes: thousands and millions in short. */
function short(value: number, language: Language): string {
  return value.toLocaleString(locales[language], { notation: 'compact', maximumFractionDigits: 1 })
}

/** Writers in the language of the user. */
export function useWritten() {
  const { language } = useSettings()
  return {
    cell: (value: Cell, kind: Kind) => written(value, kind, language),
    share: (value: number) => written(value, 'share', language),
    count: (value: number) => written(value, 'count', language),
    short: (value: number) => short(value, language),
  }
}
