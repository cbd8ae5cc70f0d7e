import { formatNumber, type Language, locales } from '../../../src/base/words/index.ts'
import { useSettings } from '../shell/settings.tsx'

/** How a column reads: shares are kept as 0 to 1 and told in percent. */
export type Kind = 'text' | 'date' | 'year' | 'count' | 'share' | 'decimal'

export type Cell = string | number | null

const none = '–'

function digitsOf(value: number): number {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1
}

/** A cell as people read it; nothing known is a dash. */
export function written(value: Cell, kind: Kind, language: Language): string {
  if (value === null || value === '') return none
  if (typeof value === 'string') return value
  if (!Number.isFinite(value)) return none
  if (kind === 'year') return String(value)
  if (kind === 'share') return `${formatNumber(100 * value, language, digitsOf(100 * value))}\u00a0%`
  return formatNumber(value, language, kind === 'decimal' ? 2 : digitsOf(value))
}

/** The same for axes: thousands and millions in short. */
export function short(value: number, language: Language): string {
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
