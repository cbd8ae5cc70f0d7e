import { connect, type Socket } from 'node:net'
import { FrameReader, maskedFrame, pongFrame } from './wire.ts'

/** A text frame with its message id under way: `m` and the number of a message of the load, `q` of a question of ours. */
const LOAD = 'm'.charCodeAt(0)
const ZERO = '0'.charCodeAt(0)
const QUOTE = '"'.charCodeAt(0)
const RESULT = '3'.charCodeAt(0)
const CALL = '2'.charCodeAt(0)
/** `[3,"m` */
const AT_KIND = 1
const AT_ID = 4

/** What a station that takes all it is told answers; everything else it does not know. */
const answers: Readonly<Record<string, object>> = {
  SetChargingProfile: { status: 'Accepted' },
  ClearChargingProfile: { status: 'Accepted' },
  TriggerMessage: { status: 'Accepted' },
  GetCompositeSchedule: { status: 'Rejected' },
}

/** What comes back for messages of the load. */
export type OnAnswer = (number: number, isResult: boolean, text: () => string) => void

export interface LoadStationOptions {
  readonly port: number
  readonly stationId: string
  readonly answered: OnAnswer
  readonly closed?: () => void
}

/** A station of OCPP 2.0.1 over a bare socket: it does little, so that thousands of them fit into a process. */
export class LoadStation {
  readonly stationId: string
  /** Calls of the server it has answered. */
  served = 0
  isOpen = false
  readonly #options: LoadStationOptions
  readonly #questions = new Map<string, (text: string) => void>()
  #socket: Socket | null = null
  #asked = 0

  constructor(options: LoadStationOptions) {
    this.#options = options
    this.stationId = options.stationId
  }

  /** Connects; done once the server has agreed to speak. */
  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#options.port, '127.0.0.1')
      this.#socket = socket
      const reader = new FrameReader({
        text: (payload) => this.#take(payload),
        ping: (payload) => void socket.write(pongFrame(payload)),
        closed: () => socket.destroy(),
      })
      let head = ''
      const shake = (chunk: Buffer): void => {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        socket.off('data', shake)
        if (!head.startsWith('HTTP/1.1 101')) {
          reject(new Error(head.slice(0, 40)))
          return
        }
        this.isOpen = true
        socket.on('data', (data) => reader.take(data))
        const rest = Buffer.from(head.slice(end + 4), 'latin1')
        if (rest.length > 0) reader.take(rest)
        resolve()
      }
      socket.setNoDelay(true)
      socket.on('data', shake)
      socket.on('error', reject)
      socket.on('close', () => this.#gone(reject))
      socket.write(this.#request())
    })
  }

  /** Sends a message and answers the text that came back. */
  ask(action: string, payload: object): Promise<string> {
    const id = `q${++this.#asked}`
    return new Promise((resolve) => {
      this.#questions.set(id, resolve)
      this.write(maskedFrame(Buffer.from(JSON.stringify([2, id, action, payload]))))
    })
  }

  write(frame: Buffer): void {
    if (this.isOpen) this.#socket?.write(frame)
  }

  /** Starts as a station does: its boot, then the state of its connectors. */
  async boot(connectors: number): Promise<void> {
    const chargingStation = { vendorName: 'Load', model: 'L1', serialNumber: this.stationId, firmwareVersion: '1' }
    const booted = await this.ask('BootNotification', { reason: 'PowerUp', chargingStation })
    if (!booted.includes('Accepted')) throw new Error(booted)
    await this.report(connectors)
  }

  /** Tells the state of its connectors. */
  async report(connectors: number): Promise<void> {
    const timestamp = new Date().toISOString()
    for (let connectorId = 1; connectorId <= connectors; connectorId++) {
      await this.ask('StatusNotification', { timestamp, connectorStatus: 'Available', evseId: 1, connectorId })
    }
  }

  /** Is gone without a farewell, as after a cut of power. */
  cut(): void {
    this.isOpen = false
    this.#socket?.destroy()
  }

  #request(): string {
    const lines = [
      `GET /ocpp/${this.stationId} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol: ocpp2.0.1',
    ]
    return `${lines.join('\r\n')}\r\n\r\n`
  }

  #gone(reject: (error: Error) => void): void {
    const wasOpen = this.isOpen
    this.isOpen = false
    reject(new Error('closed'))
    if (wasOpen) this.#options.closed?.()
  }

  #take(payload: Buffer): void {
    if (payload[AT_KIND] === CALL) this.#serve(payload.toString())
    else if (payload[AT_ID] === LOAD) this.#count(payload)
    else this.#tell(payload.toString())
  }

  #count(payload: Buffer): void {
    let number = 0
    for (let at = AT_ID + 1; payload[at] !== QUOTE && at < payload.length; at++) {
      number = 10 * number + (payload[at] as number) - ZERO
    }
    this.#options.answered(number, payload[AT_KIND] === RESULT, () => payload.toString())
  }

  #tell(text: string): void {
    const id = text.slice(AT_ID, text.indexOf('"', AT_ID))
    const told = this.#questions.get(id)
    this.#questions.delete(id)
    told?.(text)
  }

  #serve(text: string): void {
    const [, id, action] = JSON.parse(text) as [number, string, string]
    const known = answers[action]
    const answer = known ? [3, id, known] : [4, id, 'NotImplemented', '', {}]
    this.served++
    this.write(maskedFrame(Buffer.from(JSON.stringify(answer))))
  }
}
