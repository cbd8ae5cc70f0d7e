import type { Problem } from '../../base/problems/index.ts'
import type { CommandInput } from './command-specs.ts'
import { usageProblem } from './print.ts'

interface Range {
  readonly min?: number
  readonly max?: number
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Reads options as numbers, words and dates, and gathers what is wrong with them, so that all is told at once. */
export class OptionReader {
  readonly problems: Problem[] = []
  readonly #input: CommandInput

  constructor(input: CommandInput) {
    this.#input = input
  }

  text(name: string): string | undefined {
    const value = this.#input[camelCase(name)]
    return typeof value === 'string' ? value : undefined
  }

  flag(name: string): boolean {
    return this.#input[camelCase(name)] === true
  }

  list(name: string): readonly string[] {
    const value = this.#input[camelCase(name)]
    if (typeof value === 'string') return [value]
    return Array.isArray(value) ? value : []
  }

  number(name: string, range: Range = {}): number | undefined {
    const text = this.text(name)?.trim()
    if (text === undefined) return undefined
    const value = Number(text)
    if (!plainNumber.test(text) || !Number.isFinite(value)) {
      this.problems.push(usageProblem({ code: 'cli.notANumber', params: { name, text } }))
      return undefined
    }
    return this.#within(name, value, range)
  }

  integer(name: string, range: Range = {}): number | undefined {
    const value = this.number(name, range)
    if (value === undefined || Number.isSafeInteger(value)) return value
    const params = { name, text: this.text(name) ?? '' }
    this.problems.push(usageProblem({ code: 'cli.notAnInteger', params }))
    return undefined
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const found = allowed.find((word) => word === text)
    if (found === undefined) {
      this.problems.push(usageProblem({ code: 'cli.notOneOf', params: { name, text, allowed: [...allowed] } }))
    }
    return found
  }

  /** Two options that exclude each other. */
  notTogether(first: string, second: string): void {
    if (this.#given(first) && this.#given(second)) {
      this.problems.push(usageProblem({ code: 'cli.notTogether', params: { first, second } }))
    }
  }

  #given(name: string): boolean {
    return this.#input[camelCase(name)] !== undefined
  }

  #within(name: string, value: number, { min, max }: Range): number | undefined {
    if (value >= (min ?? -Infinity) && value <= (max ?? Infinity)) return value
    const params = { name, value, min: min ?? '-∞', max: max ?? '∞' }
    this.problems.push(usageProblem({ code: 'cli.outOfRange', params }))
    return undefined
  }
}

/** `--site-limit` is `siteLimit` in what the command line parser hands over; arguments keep their name. */
function camelCase(name: string): string {
  return name.replace(/^--/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
