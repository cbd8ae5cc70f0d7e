import type { Coded } from '../../../base/words/index.ts'
import { clip, isReason, type MomentReader } from '../sessions/moments.ts'

/** A found value, short enough for a sentence. */
function shown(value: unknown): string {
  return clip(JSON.stringify(value) ?? 'undefined')
}

type Group = Readonly<Record<string, unknown>>

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads values of one record and keeps the first fault it meets: why the record is left out. */
export class Fields {
  readonly #group: Group
  #fault: Coded | null = null

  constructor(value: unknown) {
    this.#group = isGroup(value) ? value : {}
    if (!isGroup(value)) this.#fail({ code: 'trace.notRecord', params: { found: shown(value) } })
  }

  get fault(): Coded | null {
    return this.#fault
  }

  /** A value under a path of keys such as `cdr_location.evse_uid`; undefined where it is missing or null. */
  value(path: string): unknown {
    const found = path
      .split('.')
      .reduce<unknown>((inside, key) => (isGroup(inside) ? inside[key] : undefined), this.#group)
    return found === null ? undefined : found
  }

  number(path: string): number {
    const value = this.value(path)
    if (typeof value === 'number' && Number.isFinite(value)) return value
    this.#fail(missing(value, path) ?? { code: 'trace.notNumber', params: { column: path, found: shown(value) } })
    return Number.NaN
  }

  optionalNumber(path: string): number | undefined {
    return this.value(path) === undefined ? undefined : this.number(path)
  }

  /** A text; a number is taken as it is written. */
  text(path: string): string {
    const value = this.value(path)
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
    this.#fail(missing(value, path) ?? { code: 'trace.notText', params: { column: path, found: shown(value) } })
    return ''
  }

  optionalText(path: string): string | undefined {
    const value = this.value(path)
    return value === undefined || value === '' ? undefined : this.text(path)
  }

  moment_ms(path: string, moments: MomentReader): number {
    const text = this.text(path)
    if (text === '') return Number.NaN
    const read = moments.read(text, path)
    if (!isReason(read)) return read[0] ?? Number.NaN
    this.#fail(read)
    return Number.NaN
  }

  optionalMoment_ms(path: string, moments: MomentReader): number | undefined {
    return this.value(path) === undefined ? undefined : this.moment_ms(path, moments)
  }

  #fail(reason: Coded): void {
    this.#fault ??= reason
  }
}

function missing(value: unknown, path: string): Coded | null {
  return value === undefined || value === '' ? { code: 'trace.noValue', params: { column: path } } : null
}
