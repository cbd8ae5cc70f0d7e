import type { ManualClock } from '../../src/live/clock/index.ts'
import type { CallOutcome, JsonObject, OcppVersion, PeerHandler, RpcPeer } from '../../src/live/ocpp/index.ts'
import type { Line, Operation } from '../../src/live/operate/index.ts'
import {
  limitAt,
  listOf,
  numberOf,
  ProfileShelf,
  readProfile,
  refusalOf,
} from '../../src/live/station/profiles/index.ts'

/** What is plugged in. */
export interface Car {
  readonly transactionId: string
  readonly canTake_kW: number
  readonly started_ms: number
  seqNo: number
}

export interface DoubleOptions {
  readonly stationId: string
  readonly version: OcppVersion
  readonly evses: number
  readonly rating_kW: number
  readonly clock: ManualClock
  readonly units?: readonly ('W' | 'A')[]
  readonly maxStackLevel?: number
  readonly dynamic?: boolean
  readonly voltage_V?: number
}

type Fate = 'heard' | 'refused' | 'answerLost' | 'lost'

/**
 * A station at the level of messages, without a socket: keeps profiles by the rules of its version, refuses what they do not
 * allow, and lets vehicles draw what its profiles allow.
 */
export class ChargingDouble implements Line {
  readonly options: Required<DoubleOptions>
  isOpen = false
  readonly shelf = new ProfileShelf()
  readonly cars: (Car | null)[]
  readonly energy_Wh: number[]
  readonly asked: { readonly action: string; readonly payload: JsonObject }[] = []
  /** What becomes of a profile that is sent; tests decide. */
  fate: () => Fate = () => 'heard'
  /** Refuses these purposes without a reason. */
  refuses: readonly string[] = []
  /** Takes profiles and gives what it likes. */
  ignores = false
  offlineSince_ms: number | null = null
  #handler: PeerHandler | null = null
  #transactions = 0

  constructor(options: DoubleOptions) {
    this.options = { units: ['W'], maxStackLevel: 5, dynamic: false, voltage_V: 400, ...options }
    this.cars = Array.from({ length: options.evses }, () => null)
    this.energy_Wh = this.cars.map(() => 0)
  }

  get version(): OcppVersion {
    return this.options.version
  }

  get stationId(): string {
    return this.options.stationId
  }

  get #now_ms(): number {
    return this.options.clock.now_ms()
  }

  async connect(operation: Operation, reboots: boolean): Promise<void> {
    this.isOpen = true
    this.offlineSince_ms = null
    this.#handler = operation.connected(this)
    if (!reboots) return
    const boot =
      this.version === '1.6'
        ? { chargePointVendor: 'Strict', chargePointModel: 'Double', firmwareVersion: '1' }
        : { reason: 'PowerUp', chargingStation: { vendorName: 'Strict', model: 'Double', firmwareVersion: '1' } }
    await this.say('BootNotification', boot)
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.offlineSince_ms = this.#now_ms
    this.#handler?.closed?.(this as unknown as RpcPeer, 1006)
    this.#handler = null
  }

  async say(action: string, payload: object): Promise<JsonObject> {
    const answer = await this.#handler?.call(this as unknown as RpcPeer, action, payload as JsonObject, 'id')
    return (answer && 'payload' in answer ? answer.payload : {}) as JsonObject
  }

  async plugIn(evse: number, canTake_kW: number): Promise<void> {
    const timestamp = new Date(this.#now_ms).toISOString()
    const common = { canTake_kW, started_ms: this.#now_ms, seqNo: 0 }
    if (this.version === '1.6') {
      const start = {
        connectorId: evse,
        idTag: 'CARD',
        meterStart: Math.round(this.energy_Wh[evse - 1] ?? 0),
        timestamp,
      }
      const { transactionId } = await this.say('StartTransaction', start)
      this.cars[evse - 1] = { ...common, transactionId: String(transactionId) }
      return
    }
    const transactionId = `${this.stationId}-${++this.#transactions}-${this.#now_ms}`
    const car = { ...common, transactionId }
    this.cars[evse - 1] = car
    const idToken = { idToken: 'CARD', type: 'ISO14443' }
    await this.#event('Started', evse, car, { triggerReason: 'CablePluggedIn', idToken })
  }

  async leave(evse: number): Promise<void> {
    const car = this.cars[evse - 1]
    if (!car) return
    this.cars[evse - 1] = null
    this.shelf.endTransaction(evse)
    const timestamp = new Date(this.#now_ms).toISOString()
    if (this.version === '1.6') {
      const meterStop = Math.round(this.energy_Wh[evse - 1] ?? 0)
      await this.say('StopTransaction', { transactionId: Number(car.transactionId), meterStop, timestamp })
    } else await this.#event('Ended', evse, car, { triggerReason: 'EVDeparted' })
  }

  /** Tells the meter of an EVSE. */
  async measure(evse: number): Promise<void> {
    const car = this.cars[evse - 1]
    if (!car || !this.isOpen) return
    const meterValue = [this.#sample(evse)]
    if (this.version === '1.6') {
      await this.say('MeterValues', { connectorId: evse, transactionId: Number(car.transactionId), meterValue })
    } else await this.#event('Updated', evse, car, { triggerReason: 'MeterValuePeriodic', meterValue })
  }

  /** What a vehicle draws now. */
  power_kW(evse: number): number {
    const car = this.cars[evse - 1]
    if (!car) return 0
    return this.ignores
      ? Math.min(car.canTake_kW, this.options.rating_kW)
      : Math.min(car.canTake_kW, this.limit_kW(evse))
  }

  /** What the profiles allow now. */
  limit_kW(evse: number): number {
    const car = this.cars[evse - 1]
    const { rating_kW, voltage_V } = this.options
    const transaction = car ? { id: car.transactionId, started_ms: car.started_ms } : null
    const circumstances = { transaction, offlineSince_ms: this.offlineSince_ms }
    const at = { now_ms: this.#now_ms, electrics: { voltage_V, phases: 1 } }
    return Math.min(rating_kW, limitAt(this.shelf.all, evse, circumstances, at).limit_kW)
  }

  async call(action: string, payload: object, options?: { readonly timeout_ms?: number }): Promise<CallOutcome> {
    if (!this.isOpen) return { kind: 'closed' }
    const plain = JSON.parse(JSON.stringify(payload)) as JsonObject
    this.asked.push({ action, payload: plain })
    const isProfile = action === 'SetChargingProfile' || action === 'UpdateDynamicSchedule'
    const fate = isProfile ? this.fate() : 'heard'
    const answer = fate === 'lost' ? {} : this.#answer(action, plain, fate)
    if (fate === 'heard' || fate === 'refused') return { kind: 'result', payload: answer }
    const after_ms = options?.timeout_ms ?? 30_000
    return new Promise((resolve) => this.options.clock.after(after_ms, () => resolve({ kind: 'timeout', after_ms })))
  }

  #answer(action: string, payload: JsonObject, fate: Fate): JsonObject {
    if (action === 'SetChargingProfile') return fate === 'refused' ? { status: 'Rejected' } : this.#setProfile(payload)
    if (action === 'UpdateDynamicSchedule') return this.#update(payload)
    if (action === 'GetConfiguration') return this.#configuration()
    if (action === 'GetVariables') return this.#variables(payload)
    if (action === 'GetCompositeSchedule') return this.#composite(payload)
    return action === 'SetVariables' ? { setVariableResult: [] } : { status: 'Accepted' }
  }

  #setProfile(payload: JsonObject): JsonObject {
    const { version, evses, maxStackLevel, units } = this.options
    const evse = numberOf(payload['connectorId'] ?? payload['evseId']) ?? 0
    const given = (payload['csChargingProfiles'] ?? payload['chargingProfile']) as JsonObject
    if (this.refuses.includes(String(given['chargingProfilePurpose']))) return { status: 'Rejected' }
    const profile = readProfile(given, evse, this.#now_ms)
    const transactionAt = (at: number): string | null => this.cars[at - 1]?.transactionId ?? null
    const limits = { maxPeriods: 2, maxProfiles: 4 * evses, phases: 1 }
    const abilities = { version, evses, maxStackLevel, units, transactionAt, ...limits }
    const refusal = refusalOf({ profile, abilities, installed: this.shelf.all, isStrict: true })
    if (!refusal) this.shelf.install(profile, version)
    if (!refusal) return { status: 'Accepted' }
    return { status: 'Rejected', ...(version === '1.6' ? {} : { statusInfo: { reasonCode: refusal.reasonCode } }) }
  }

  #update({ chargingProfileId, scheduleUpdate }: JsonObject): JsonObject {
    const limit = numberOf((scheduleUpdate as JsonObject)['limit']) ?? 0
    const done = this.shelf.update(numberOf(chargingProfileId) ?? 0, limit, this.#now_ms)
    return { status: done ? 'Accepted' : 'Rejected' }
  }

  #configuration(): JsonObject {
    const { maxStackLevel, units } = this.options
    const names = units.map((unit) => (unit === 'W' ? 'Power' : 'Current'))
    const row = (key: string, value: string): JsonObject => ({ key, readonly: true, value })
    return {
      configurationKey: [
        row('ChargeProfileMaxStackLevel', String(maxStackLevel)),
        row('ChargingScheduleAllowedChargingRateUnit', names.join(',')),
        row('SupportedFeatureProfiles', 'Core,SmartCharging'),
      ],
    }
  }

  #variables({ getVariableData }: JsonObject): JsonObject {
    const { maxStackLevel, units, dynamic } = this.options
    const values: Readonly<Record<string, string>> = {
      ...{ Enabled: 'true', Available: 'true', ProfileStackLevel: String(maxStackLevel) },
      ...{ RateUnit: units.join(','), SupportsDynamicProfiles: String(dynamic) },
    }
    const results = listOf(getVariableData).map((row) => {
      const { component, variable } = row as JsonObject
      const value = values[String((variable as JsonObject)['name'])]
      const told =
        value === undefined
          ? { attributeStatus: 'UnknownVariable' }
          : { attributeStatus: 'Accepted', attributeValue: value }
      return { component, variable, ...told } as JsonObject
    })
    return { getVariableResult: results }
  }

  #composite(payload: JsonObject): JsonObject {
    const evse = numberOf(payload['connectorId'] ?? payload['evseId']) ?? 0
    const chargingSchedulePeriod = [{ startPeriod: 0, limit: this.limit_kW(evse) * 1000 }]
    const schedule = { chargingRateUnit: 'W', chargingSchedulePeriod }
    return { status: 'Accepted', [this.version === '1.6' ? 'chargingSchedule' : 'schedule']: schedule }
  }

  #sample(evse: number): object {
    const { voltage_V } = this.options
    const power_W = Math.round(this.power_kW(evse) * 1000)
    const value = (number: number): string | number => (this.version === '1.6' ? String(number) : number)
    const of = (measurand: string, number: number): object => ({ measurand, value: value(number) })
    const sampledValue = [
      of('Power.Active.Import', power_W),
      of('Energy.Active.Import.Register', Math.round(this.energy_Wh[evse - 1] ?? 0)),
      of('Voltage', voltage_V),
      of('Current.Import', power_W / voltage_V),
    ]
    return { timestamp: new Date(this.#now_ms).toISOString(), sampledValue }
  }

  async #event(eventType: string, evse: number, car: Car, more: object): Promise<void> {
    const timestamp = new Date(this.#now_ms).toISOString()
    const transactionInfo = { transactionId: car.transactionId, chargingState: 'Charging' }
    const place = { evse: { id: evse, connectorId: 1 } }
    await this.say('TransactionEvent', { eventType, timestamp, seqNo: car.seqNo++, transactionInfo, ...place, ...more })
  }
}
