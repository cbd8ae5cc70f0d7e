import type { Coded } from '../../base/words/index.ts'

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** Whether a value out of JSON.parse is an object, not an array and not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text as JSON; undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Levels of arrays and objects in a message: the schemas need 9, the rest is room for custom data. */
export const MOST_LEVELS = 32
/** No quantity on a wire is larger: Wh of a country in a year are 1e15. */
const LARGEST_NUMBER = 1e15
const keysOfPrototypes = new Set(['__proto__', 'constructor', 'prototype'])
const halfCharacter = /\p{Surrogate}/u

function textProblem(text: string, path: string): Coded | null {
  if (text.includes('\0')) return { code: 'ocpp.json.nul', params: { path } }
  return halfCharacter.test(text) ? { code: 'ocpp.json.halfCharacter', params: { path } } : null
}

/** Walks what was parsed; `escapes`: whether the text had \u at all, without which no string needs a look. */
class Inspection {
  readonly #escapes: boolean
  #places: (string | number)[] = []

  constructor(escapes: boolean) {
    this.#escapes = escapes
  }

  look(value: Json, level: number): Coded | null {
    if (typeof value === 'string') return this.#escapes ? textProblem(value, this.#path()) : null
    if (typeof value === 'number') return this.#number(value)
    if (typeof value !== 'object' || value === null) return null
    if (level >= MOST_LEVELS) return { code: 'ocpp.json.deep', params: { most: MOST_LEVELS } }
    return Array.isArray(value) ? this.#array(value, level) : this.#object(value as JsonObject, level)
  }

  #number(value: number): Coded | null {
    const fits = Math.abs(value) <= LARGEST_NUMBER
    return fits ? null : { code: 'ocpp.json.number', params: { path: this.#path(), most: LARGEST_NUMBER } }
  }

  #array(values: readonly Json[], level: number): Coded | null {
    for (let index = 0; index < values.length; index++) {
      const found = this.#inside(index, values[index] ?? null, level)
      if (found) return found
    }
    return null
  }

  #object(value: JsonObject, level: number): Coded | null {
    for (const key of Object.keys(value)) {
      if (keysOfPrototypes.has(key)) return { code: 'ocpp.json.key', params: { path: this.#path(), key } }
      const found =
        (this.#escapes ? textProblem(key, this.#path()) : null) ?? this.#inside(key, value[key] ?? null, level)
      if (found) return found
    }
    return null
  }

  #inside(place: string | number, value: Json, level: number): Coded | null {
    this.#places.push(place)
    const found = this.look(value, level + 1)
    this.#places.pop()
    return found
  }

  #path(): string {
    return joinPath(this.#places)
  }
}

/** `meterValue[0].timestamp` of its parts; the empty text for the whole. */
export function joinPath(places: readonly (string | number)[]): string {
  const parts = places.map((place) => (typeof place === 'number' ? `[${place}]` : `.${place}`))
  return parts.join('').replace(/^\./, '')
}

/**
 * What no message may carry, whatever its schema: more than 32 levels, keys of prototypes, NUL, half characters (lone
 * surrogates), numbers beyond 1e15. Null when there is nothing of it. `text` is what `value` was parsed from.
 */
export function inspectJson(value: Json, text: string): Coded | null {
  return new Inspection(text.includes('\\u')).look(value, 0)
}
