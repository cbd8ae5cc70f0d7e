import type { ErrorObject, ValidateFunction } from 'ajv'
import { invariant } from '../../base/problems/index.ts'
import type { Coded, Parameter } from '../../base/words/index.ts'
import type { RpcErrorCode } from './error-codes.ts'
import { joinPath } from './json.ts'
import { readTime } from './timestamp.ts'
import type { OcppVersion } from './version.ts'

/** One thing in a payload that its schema does not allow. */
export interface SchemaProblem extends Coded {
  readonly error: RpcErrorCode
  /** `meterValue[0].timestamp`; empty for the payload as a whole. */
  readonly path: string
}

/** Which schema of an action: of a CALL, of its answer, or of a SEND. */
export type Part = 'Request' | 'Response' | 'Send'

type SchemaModule = Readonly<Record<string, object>>

/** The official schemas, verbatim, out of the package; each version is loaded when first needed. */
const modules: Readonly<Record<OcppVersion, () => Promise<SchemaModule>>> = {
  '1.6': () => import('typed-ocpp/dist/ocpp16/schemas.js'),
  '2.0.1': () => import('typed-ocpp/dist/ocpp20/schemas.js'),
  '2.1': () => import('typed-ocpp/dist/ocpp21/schemas.js'),
}

/** What stations send all day: compiled before the first of them arrives. */
const frequent = [
  'BootNotification',
  'Heartbeat',
  'StatusNotification',
  'MeterValues',
  'Authorize',
  'StartTransaction',
  'StopTransaction',
  'TransactionEvent',
  'NotifyReport',
  'NotifyEvent',
  'SetChargingProfile',
  'ClearChargingProfile',
  'DataTransfer',
]

/** Times without a zone in the payload checked last; a format of Ajv has no other way to tell. */
let zonelessTimes = 0

function isTime(text: string): boolean {
  const time = readTime(text)
  if (time?.isZoneless) zonelessTimes++
  return time !== null
}

const uri = /^[a-z][a-z0-9+.-]*:\S+$/i

async function newValidator() {
  const { Ajv } = await import('ajv')
  // The schemas hold keywords a strict Ajv refuses; 0.1 is no multiple of 0.1 without a precision.
  const ajv = new Ajv({ strict: false, multipleOfPrecision: 6, validateSchema: false, addUsedSchema: false })
  ajv.addFormat('date-time', isTime)
  ajv.addFormat('uri', (text: string) => uri.test(text))
  return ajv
}

const violated: Readonly<Record<string, RpcErrorCode>> = {
  type: 'TypeConstraintViolation',
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  additionalProperties: 'FormatViolation',
}

const codes: Readonly<Record<string, Coded['code']>> = {
  type: 'ocpp.field.type',
  required: 'ocpp.field.missing',
  additionalProperties: 'ocpp.field.extra',
  enum: 'ocpp.field.enum',
  format: 'ocpp.field.format',
  maxLength: 'ocpp.field.long',
  minLength: 'ocpp.field.short',
  maximum: 'ocpp.field.high',
  minimum: 'ocpp.field.low',
  multipleOf: 'ocpp.field.multiple',
  maxItems: 'ocpp.field.many',
  minItems: 'ocpp.field.few',
}

/** Where, from Ajv's JSON pointer; a missing or extra field is named itself. */
function pathOf(error: ErrorObject): string {
  const pointer = error.instancePath.split('/').slice(1)
  const places = pointer.map((part) =>
    /^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~'),
  )
  const named = error.params['missingProperty'] ?? error.params['additionalProperty']
  return joinPath(typeof named === 'string' ? [...places, named] : places)
}

function allowed(error: ErrorObject): Parameter {
  const { type, limit, format, allowedValues, multipleOf } = error.params
  return type ?? limit ?? format ?? allowedValues ?? multipleOf ?? null
}

function problemOf(error: ErrorObject): SchemaProblem {
  const path = pathOf(error)
  const code = codes[error.keyword] ?? 'ocpp.field.other'
  const params = { path, allowed: allowed(error), keyword: error.keyword }
  return { error: violated[error.keyword] ?? 'PropertyConstraintViolation', path, code, params }
}

/** The messages of one version and what they must look like. */
export class Schemas {
  readonly version: OcppVersion
  readonly #schemas: SchemaModule
  readonly #ajv: Awaited<ReturnType<typeof newValidator>>
  readonly #compiled = new Map<string, ValidateFunction>()
  /** Names of schemas that were asked for and are there. */
  readonly #there = { Request: new Set<string>(), Response: new Set<string>(), Send: new Set<string>() }

  constructor(version: OcppVersion, schemas: SchemaModule, ajv: Awaited<ReturnType<typeof newValidator>>) {
    this.version = version
    this.#schemas = schemas
    this.#ajv = ajv
  }

  /** Whether the version has this action with this part: a CALL has a Request, what is sent unanswered only a Send. */
  has(action: string, part: Part): boolean {
    if (this.#there[part].has(action)) return true
    const isThere =
      /^[A-Z]\w+$/.test(action) &&
      !/Re(quest|sponse)$/.test(action) &&
      Object.hasOwn(this.#schemas, nameOf(action, part))
    if (isThere) this.#there[part].add(action)
    return isThere
  }

  /** What is wrong with the payload; null: nothing. `has` must hold. */
  check(action: string, part: Part, payload: object): SchemaProblem | null {
    zonelessTimes = 0
    const validate = this.#validator(nameOf(action, part))
    if (validate(payload)) return null
    const error = validate.errors?.[0]
    return error ? problemOf(error) : null
  }

  /** Whether a time of the payload checked last had no zone. */
  get sawZonelessTime(): boolean {
    return zonelessTimes > 0
  }

  /** Compiles what is used most, one message at a time, so that nothing else waits long. */
  async warmUp(): Promise<void> {
    for (const action of frequent) {
      for (const part of ['Request', 'Response'] as const) {
        if (this.has(action, part)) this.#validator(nameOf(action, part))
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }

  #validator(name: string): ValidateFunction {
    const known = this.#compiled.get(name)
    if (known) return known
    const schema = this.#schemas[name]
    invariant(schema, `a message of OCPP ${this.version}, not ${name}`)
    const compiled = this.#ajv.compile(schema)
    this.#compiled.set(name, compiled)
    return compiled
  }
}

const nameOf = (action: string, part: Part): string => (part === 'Send' ? action : `${action}${part}`)

const loaded = new Map<OcppVersion, Promise<Schemas>>()

async function load(version: OcppVersion): Promise<Schemas> {
  const [schemas, ajv] = await Promise.all([modules[version](), newValidator()])
  return new Schemas(version, schemas, ajv)
}

/** The schemas of a version; loaded once, compiled message by message as they are met. */
export function loadSchemas(version: OcppVersion): Promise<Schemas> {
  const known = loaded.get(version)
  if (known) return known
  const loading = load(version)
  loaded.set(version, loading)
  return loading
}
