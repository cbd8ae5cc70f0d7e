import { type Code, type Language, locales, type Parameters, say } from '../../base/words/index.ts'

const noBreakSpace = '\u00a0'
/** What stands where there is no value. */
export const none = '–'
const minus = '−'

/** Writes sentences, numbers and quantities of one language; what is not finite becomes a dash. */
export interface Writer {
  readonly language: Language
  readonly locale: string
  say(code: Code, params?: Parameters): string
  /** Number with exactly `digits` decimals, so that columns line up. */
  number(value: number, digits?: number): string
  /** Number with its sign, for differences. */
  signed(value: number, digits?: number): string
  percent(share_frac: number, digits?: number): string
  power(power_kW: number): string
  energy(energy_kWh: number): string
  minutes(duration_min: number): string
  /** A length of time in its largest whole unit. */
  duration(duration_s: number): string
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** Digits a quantity is told with: three or four figures are enough for people. */
export function digitsOf(value: number): number {
  return Math.abs(value) >= 100 || value === 0 ? 0 : 1
}

/** A writer for one language. Number formats are made once: making them is what costs. */
export function writerOf(language: Language): Writer {
  const locale = locales[language]
  const formats = new Map<string, Intl.NumberFormat>()
  function format(value: number, options: Intl.NumberFormatOptions, digits: number): string {
    if (!Number.isFinite(value)) return none
    const key = `${options.style}${options.unit}${options.signDisplay}${digits}`
    const made =
      formats.get(key) ??
      new Intl.NumberFormat(locale, { ...options, minimumFractionDigits: digits, maximumFractionDigits: digits })
    formats.set(key, made)
    return made.format(value)
  }
  const number = (value: number, digits = 0) => format(value, { signDisplay: 'negative' }, digits)
  const quantity = (value: number, unit: string) => number(value, digitsOf(value)) + noBreakSpace + unit
  return {
    language,
    locale,
    number,
    say: (code, params = {}) => say(code, params, language),
    signed: (value, digits = 0) => format(value, { signDisplay: 'exceptZero' }, digits).replace('-', minus),
    percent: (share_frac, digits = 1) => format(share_frac, { style: 'percent' }, digits),
    power: (power_kW) => quantity(power_kW, 'kW'),
    energy: (energy_kWh) => quantity(energy_kWh, 'kWh'),
    minutes: (duration_min) => quantity(duration_min, say('report.unit.min', {}, language)),
    duration(duration_s) {
      const [unit, size_s] = units.find(([, size]) => duration_s >= size) ?? units[units.length - 1] ?? ['second', 1]
      const value = duration_s / size_s
      return format(value, { style: 'unit', unit, unitDisplay: 'long' }, Number.isInteger(value) ? 0 : 1)
    },
  }
}
