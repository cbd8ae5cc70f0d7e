import type { Answer, JsonObject, RpcErrorCode } from '../../ocpp/index.ts'
import type { PlugAt } from '../dialect.ts'
import { momentOf_ms } from '../profiles/index.ts'

/** A moment as messages have it: UTC with milliseconds. */
export const timeText = (at_ms: number): string => new Date(at_ms).toISOString()

export const result = (payload: object): Answer => ({ payload })

export const fault = (error: RpcErrorCode, description: string): Answer => ({ error, description })

/** A message of the version that a virtual station has no use for. */
export const notSupported = (action: string): Answer =>
  fault('NotSupported', `A virtual station does not do ${action}.`)

export const timeIn = (payload: JsonObject): number | null => momentOf_ms(payload['currentTime'])

/** Without a part that is not there. */
export function given<T>(name: string, value: T | null): Readonly<Record<string, T>> {
  return value === null ? {} : { [name]: value }
}

/** Numbers of plugs counted over the whole station, from 1. */
export class PlugNumbers {
  readonly #plugs: readonly PlugAt[]

  constructor(connectors: readonly (readonly string[])[]) {
    this.#plugs = connectors.flatMap((plugs, evse) =>
      plugs.map((_, connector) => ({ evse: evse + 1, connector: connector + 1 })),
    )
  }

  get count(): number {
    return this.#plugs.length
  }

  numberOf({ evse, connector }: PlugAt): number {
    return this.#plugs.findIndex((plug) => plug.evse === evse && plug.connector === connector) + 1
  }

  /** null: there is no such plug. */
  plugOf(number: number): PlugAt | null {
    return this.#plugs[number - 1] ?? null
  }
}
