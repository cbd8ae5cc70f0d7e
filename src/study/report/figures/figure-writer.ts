import { type Language, locales, say } from '../../../base/words/index.ts'
import type { Difference, Estimate, Figure } from '../../simulate/many/index.ts'
import { digitsFor } from './digits.ts'

const none = '–'
const minus = '−'

/** Name and unit of a figure; shares are told in percent. */
export function figureLabel(figure: Figure, language: Language): string {
  const name = say(figure.code, {}, language)
  const unit = figureUnit(figure, language)
  return unit === '' ? name : say('compare.withUnit', { figure: name, unit }, language)
}

export function figureUnit({ unit }: Figure, language: Language): string {
  if (unit === 'count') return ''
  if (unit === 'frac') return '%'
  return unit === 'min' ? say('report.unit.min', {}, language) : unit
}

/** Writes numbers of one figure: shares as percent, with as many decimals as its interval bears. */
export class FigureWriter {
  readonly #factor: number
  readonly #digits: number
  readonly #locale: string

  /** `told`: the estimate whose interval decides on the decimals. */
  constructor(figure: Figure, told: Estimate | null, language: Language) {
    this.#factor = figure.unit === 'frac' ? 100 : 1
    this.#locale = locales[language]
    const half = told?.high == null ? null : told.high - told.mean
    this.#digits = digitsFor((told?.mean ?? 0) * this.#factor, half === null ? null : half * this.#factor)
  }

  number(value: number | null | undefined): string {
    return this.#write(value, 'negative')
  }

  /** With its sign, for differences. */
  signed(value: number | null | undefined): string {
    return this.#write(value, 'exceptZero')
  }

  /** Half the width of the interval. */
  half(estimate: Estimate | null): string {
    return estimate?.high == null ? none : this.number(estimate.high - estimate.mean)
  }

  #write(value: number | null | undefined, signDisplay: 'negative' | 'exceptZero'): string {
    if (value === null || value === undefined) return none
    const digits = { minimumFractionDigits: this.#digits, maximumFractionDigits: this.#digits }
    return (value * this.#factor).toLocaleString(this.#locale, { ...digits, signDisplay }).replace('-', minus)
  }
}

/** A writer for a figure of two hubs: decimals by the interval of their difference, or of the first hub where none differs. */
export function differenceWriter({ figure, base, difference }: Difference, language: Language): FigureWriter {
  return new FigureWriter(figure, difference?.sd ? difference : base, language)
}
