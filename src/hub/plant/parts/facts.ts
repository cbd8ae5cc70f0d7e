import { invariant } from '../../../base/problems/index.ts'
import { builtInCatalogue, type Catalogue, confidenceOf, weakest } from '../../standards/index.ts'
import type { Component, ComponentOf, ComponentType, Confidence } from '../../standards/schema/index.ts'

/** Parameters made from records, with what they rest on. */
export interface Compiled<T> {
  readonly parameters: T
  /** That of the weakest fact used. */
  readonly confidence: Confidence
  /** Attributes no record states, filled in by class: `contact.toWire_WperK`. */
  readonly assumed: readonly string[]
  /** Ids of the sources of all records used. */
  readonly sources: readonly string[]
}

/** A record of a type; records were checked, so a missing one is a bug. */
export function partOf<T extends ComponentType>(catalogue: Catalogue, type: T, id: string): ComponentOf<T> {
  const found = catalogue.components.get(id)
  invariant(found?.type === type, `${id} is no ${type} of the catalogue`)
  return found as ComponentOf<T>
}

/** A record of the program that stands in for what others leave open; own records do not replace it. */
export function archetypeOf<T extends ComponentType>(type: T, id: string): ComponentOf<T> {
  return partOf(builtInCatalogue(), type, id)
}

/** Attributes of a record that are numbers, known or not. */
export type NumberKey<R> = { [K in keyof R & string]-?: R[K] extends number | null ? K : never }[keyof R & string]

/** Reads values of records, and keeps account of how sure they are and which were missing. */
export class Facts {
  readonly #found: Confidence[] = []
  readonly #assumed = new Set<string>()
  readonly #sources = new Set<string>()

  /** A value that is always stated. */
  of<R extends Component, K extends keyof R & string>(record: R, key: K): R[K] {
    for (const id of record.sources) this.#sources.add(id)
    this.#found.push(confidenceOf(record, key))
    return record[key]
  }

  /** A number that means something when it is missing: null then. */
  maybe<R extends Component>(record: R, key: NumberKey<R>): number | null {
    const value = record[key] as number | null
    if (value !== null) this.of(record, key)
    return value
  }

  /**
   * A number that may be unknown, else what is made up for it; an assumption is told by the type of the part and the
   * key.
   */
  or<R extends Component>(record: R, key: NumberKey<R>, otherwise: number): number {
    return this.maybe(record, key) ?? this.assume(record.type, key, otherwise)
  }

  /** A value no record states, told as `part.key`. */
  assume<T>(part: string, key: string, value: T): T {
    this.#assumed.add(`${part}.${key}`)
    this.#found.push('uncertain')
    return value
  }

  /** What was found in another account. */
  add({ confidence, assumed, sources }: Compiled<unknown>): void {
    this.#found.push(confidence)
    for (const name of assumed) this.#assumed.add(name)
    for (const id of sources) this.#sources.add(id)
  }

  compiled<T>(parameters: T): Compiled<T> {
    const confidence = weakest(this.#found)
    return { parameters, confidence, assumed: [...this.#assumed], sources: [...this.#sources] }
  }
}

type Overridable = keyof NonNullable<ComponentOf<'cable'>['overrides']>

/** A part of a cable with the values the cable states for it, and with the cable's confidence in those. */
export function partOfCable<T extends Overridable>(
  cable: ComponentOf<'cable'>,
  catalogue: Catalogue,
  type: T,
  id: string,
): ComponentOf<T> {
  const record: ComponentOf<Overridable> = partOf(catalogue, type, id)
  const own = Object.entries(cable.overrides?.[type] ?? {}).filter(([, value]) => value !== null)
  if (own.length === 0) return record as ComponentOf<T>
  const sure = own.map(([key]) => [key, confidenceOf(cable, `overrides.${type}.${key}`)] as const)
  const fieldConfidence = { ...record.fieldConfidence, ...Object.fromEntries(sure) }
  return { ...record, ...Object.fromEntries(own), fieldConfidence } as ComponentOf<T>
}
