/** What an operator can ask of a station; `OperationFace.command` carries it out in whatever version the station speaks. */
export type Command =
  | {
      readonly name: 'start'
      readonly stationId: string
      /** null: the station chooses. */
      readonly evse: number | null
      readonly idToken: string
      readonly tokenType?: string
    }
  /** By the id of the store. */
  | { readonly name: 'stop'; readonly transaction: string }
  | {
      readonly name: 'reset'
      readonly stationId: string
      /** Only this EVSE (2.x); null: the whole station. */
      readonly evse: number | null
      /** `idle`: once no transaction is running. */
      readonly when: 'now' | 'idle'
    }
  | { readonly name: 'unlock'; readonly stationId: string; readonly evse: number; readonly connector: number }
  | {
      readonly name: 'availability'
      readonly stationId: string
      /** null: the whole station. */
      readonly evse: number | null
      readonly operative: boolean
    }
  | {
      readonly name: 'trigger'
      readonly stationId: string
      /** Message asked for, e.g. `StatusNotification`, `MeterValues`, `BootNotification`. */
      readonly message: string
      readonly evse: number | null
    }
  | {
      readonly name: 'reserve'
      readonly stationId: string
      /** 0: any of the station. */
      readonly evse: number
      readonly idToken: string
      readonly expires_ms: number
    }
  | { readonly name: 'cancelReservation'; readonly reservation: number }
  /** Without variables: all of 1.6, a base report of 2.x. */
  | { readonly name: 'getVariables'; readonly stationId: string; readonly variables: readonly Variable[] }
  | {
      readonly name: 'setVariables'
      readonly stationId: string
      readonly values: readonly (Variable & { readonly value: string })[]
    }
  | { readonly name: 'sendLocalList'; readonly stationId: string }
  | { readonly name: 'localListVersion'; readonly stationId: string }
  | { readonly name: 'clearCache'; readonly stationId: string }
  | {
      readonly name: 'dataTransfer'
      readonly stationId: string
      readonly vendor: string
      readonly message?: string
      readonly data?: string
    }
  /** The station uploads its log to this address. */
  | { readonly name: 'diagnostics'; readonly stationId: string; readonly location: string }
  | { readonly name: 'updateFirmware'; readonly stationId: string; readonly location: string; readonly at_ms: number }
  /** Any message of its version as it is. The answer is in the details of the outcome. */
  | {
      readonly name: 'message'
      readonly stationId: string
      readonly action: string
      readonly payload: Readonly<Record<string, unknown>>
    }

/** A configuration key of 1.6 (`component` empty), a variable of a component of 2.x. */
export interface Variable {
  readonly component: string
  readonly variable: string
  readonly evse?: number
  readonly connector?: number
  readonly instance?: string
}

export type CommandName = Command['name']
