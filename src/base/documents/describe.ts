import { z } from 'zod'

/** One attribute of a schema, as the reference shows it and the unit test checks it. */
export interface Attribute {
  /** `stations[].evses[].live`; a record's keys are `*`. */
  readonly path: string
  readonly kind: 'number' | 'text' | 'truth' | 'choice' | 'list' | 'group' | 'table' | 'any'
  readonly unit: string | null
  readonly description: string
  readonly required: boolean
  readonly nullable: boolean
  readonly default: unknown
  /** Allowed values of a choice. */
  readonly allowed: readonly (string | number)[]
  readonly wholeNumber: boolean
}

type Schema = z.core.$ZodType

/** What wrappers (optional, nullable, default, ...) say about the schema inside them. */
export interface Unwrapped {
  readonly inner: Schema
  readonly meta: Readonly<Record<string, unknown>>
  readonly optional: boolean
  readonly nullable: boolean
  readonly default: unknown
}

function definition(schema: Schema): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def
}

/** Takes wrappers off a schema and gathers what they say; the outermost description wins. */
export function unwrap(schema: Schema): Unwrapped {
  const meta = z.globalRegistry.get(schema) ?? {}
  const def = definition(schema)
  switch (def.type) {
    case 'optional':
      return { ...over(unwrap(def.innerType), meta), optional: true }
    case 'default':
    case 'prefault':
      return { ...over(unwrap(def.innerType), meta), optional: true, default: def.defaultValue }
    case 'nullable':
      return { ...over(unwrap(def.innerType), meta), nullable: true }
    case 'readonly':
      return over(unwrap(def.innerType), meta)
    case 'lazy':
      return over(unwrap(def.getter()), meta)
    case 'pipe':
      return over(unwrap(def.in), meta)
    default:
      return { inner: schema, meta, optional: false, nullable: false, default: undefined }
  }
}

function over(inner: Unwrapped, meta: Readonly<Record<string, unknown>>): Unwrapped {
  return { ...inner, meta: { ...inner.meta, ...meta } }
}

/**
 * The schema of the value a path leads to, or null where none is declared. `value` is what stands there: it decides
 * between forms that are told apart by a key of theirs.
 */
export function schemaAt(schema: Schema, path: readonly PropertyKey[], value?: unknown): Schema | null {
  const [step, ...rest] = path
  if (step === undefined) return schema
  for (const next of stepInto(unwrap(formOf(schema, value)).inner, step)) {
    const found = schemaAt(next, rest, inside(value, step))
    if (found) return found
  }
  return null
}

/** What stands under a key or at a place of a list; undefined where nothing does. */
export function inside(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return (value as Record<PropertyKey, unknown>)[step]
}

/** Forms a value may have, by the key that tells them apart; empty for schemas of one form. */
export function formsOf(schema: z.ZodType): ReadonlyMap<unknown, z.ZodType> {
  const def = definition(unwrap(schema).inner)
  if (def.type !== 'union' || !('discriminator' in def)) return new Map()
  const key = String(def.discriminator)
  const keyed = def.options.map((option) => {
    const own = definition(unwrap(option).inner)
    const literal = own.type === 'object' ? own.shape[key] : undefined
    return [literal ? allowedValues(literal)[0] : undefined, option as z.ZodType] as const
  })
  return new Map(keyed)
}

/** Of several forms told apart by a key the one a value has; otherwise the schema itself. */
export function formOf(schema: Schema, value: unknown): Schema {
  const def = definition(unwrap(schema).inner)
  if (def.type !== 'union' || !('discriminator' in def)) return schema
  return formsOf(schema as z.ZodType).get(inside(value, String(def.discriminator))) ?? schema
}

function stepInto(schema: Schema, step: PropertyKey): readonly Schema[] {
  const def = definition(schema)
  switch (def.type) {
    case 'object':
      return typeof step === 'string' && Object.hasOwn(def.shape, step) ? present(def.shape[step]) : []
    case 'array':
      return [def.element]
    case 'record':
      return [def.valueType]
    case 'tuple':
      return present(def.items[Number(step)])
    case 'union':
      return def.options.flatMap((option) => stepInto(unwrap(option).inner, step))
    default:
      return []
  }
}

function present(schema: Schema | undefined): readonly Schema[] {
  return schema ? [schema] : []
}

/** Keys an object schema declares; none for other schemas. */
export function keysOf(schema: Schema): readonly string[] {
  const def = definition(unwrap(schema).inner)
  if (def.type === 'object') return Object.keys(def.shape)
  return def.type === 'union' ? [...new Set(def.options.flatMap(keysOf))] : []
}

/** Values a choice allows; none for other schemas. */
export function allowedValues(schema: Schema): readonly (string | number)[] {
  const def = definition(unwrap(schema).inner)
  if (def.type === 'enum') return Object.values(def.entries)
  if (def.type === 'literal')
    return def.values.filter((value) => typeof value === 'string' || typeof value === 'number')
  return def.type === 'union' ? def.options.flatMap(allowedValues) : []
}

/** Every attribute of a schema, depth first, in the order of declaration. */
export function describeSchema(schema: z.ZodType, path = ''): readonly Attribute[] {
  return within(unwrap(schema).inner, path)
}

function within(schema: Schema, path: string): readonly Attribute[] {
  const def = definition(schema)
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, inner]) => attribute(inner, path === '' ? key : `${path}.${key}`))
    case 'array':
      return element(def.element, `${path}[]`)
    case 'record':
      return element(def.valueType, `${path}.*`)
    case 'tuple':
      return def.items.flatMap((item, index) => element(item, `${path}[${index}]`))
    case 'union':
      return def.options.flatMap((option) => within(unwrap(option).inner, path))
    default:
      return []
  }
}

/** Items that are groups show their attributes only; plain items are an attribute of their own. */
function element(schema: Schema, path: string): readonly Attribute[] {
  const { inner } = unwrap(schema)
  return kindOf(inner) === 'group' ? within(inner, path) : attribute(schema, path)
}

function attribute(schema: Schema, path: string): readonly Attribute[] {
  const unwrapped = unwrap(schema)
  return [row(unwrapped, path), ...within(unwrapped.inner, path)]
}

function row({ inner, meta, optional, nullable, default: value }: Unwrapped, path: string): Attribute {
  return {
    path,
    kind: kindOf(inner),
    unit: typeof meta['unit'] === 'string' ? meta['unit'] : null,
    description: typeof meta['description'] === 'string' ? meta['description'] : '',
    required: !optional,
    nullable,
    default: value,
    allowed: allowedValues(inner),
    wholeNumber: isWholeNumber(inner),
  }
}

const kinds: Readonly<Partial<Record<string, Attribute['kind']>>> = {
  number: 'number',
  string: 'text',
  boolean: 'truth',
  enum: 'choice',
  literal: 'choice',
  array: 'list',
  tuple: 'list',
  object: 'group',
  record: 'table',
}

function kindOf(schema: Schema): Attribute['kind'] {
  const def = definition(schema)
  const groups = def.type === 'union' && def.options.every((option) => kindOf(unwrap(option).inner) === 'group')
  return groups ? 'group' : (kinds[def.type] ?? 'any')
}

function isWholeNumber(schema: Schema): boolean {
  const def = definition(schema)
  return def.type === 'number' && 'format' in def && String(def.format).includes('int')
}

/** JSON Schema (draft 2020-12) of what a file may hold; units are kept as `unit`. */
export function toJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const override = ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    for (const key of internalMeta) delete jsonSchema[key]
  }
  return { ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override }) }
}

/** Meta that only our own checks and tests read. */
const internalMeta = ['problem', 'weight']
