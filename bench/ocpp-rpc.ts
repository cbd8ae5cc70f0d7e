/**
 * OCPP-J: CPU time of the server for a message and its answer, JSON and schema checks included, beside a bare WebSocket
 * echo of the same texts that parses and answers by hand. The stations run in a process of their own, so that only the
 * server's time is counted. `npm run bench -- ocpp-rpc`; arguments: stations, messages a station.
 */
import { fork } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { WebSocket, WebSocketServer } from 'ws'
import { MachineClock } from '../src/live/clock/index.ts'
import { attachOcpp } from '../src/live/ocpp/index.ts'

const isStations = process.argv[2] === 'stations'
const numbers = process.argv.slice(isStations ? 3 : 2).map(Number)
const [stations = 100, messages = 200] = numbers
const ROUNDS = 5

const at = '2026-11-24T12:00:00.000Z'
const sampledValue = [
  { value: 123456.5, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } },
  { value: 250000, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
  { value: 55, measurand: 'SoC', unitOfMeasure: { unit: 'Percent' } },
]
const payloads: Readonly<Record<string, object>> = {
  Heartbeat: {},
  MeterValues: { evseId: 1, meterValue: [{ timestamp: at, sampledValue }] },
  TransactionEvent: {
    eventType: 'Updated',
    timestamp: at,
    triggerReason: 'MeterValuePeriodic',
    seqNo: 12,
    evse: { id: 1, connectorId: 1 },
    transactionInfo: { transactionId: '2fb4b0a6-6f6d-4c0f-8f4f-4a3f3c7d1a11', chargingState: 'Charging' },
    meterValue: [{ timestamp: at, sampledValue }],
  },
}

const answerTo = (action: string): object => (action === 'Heartbeat' ? { currentTime: at } : {})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ocpp`
}

/** What the least server could do: parse and answer. */
function toyServer(server: Server): void {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, handleProtocols: () => 'ocpp2.0.1' })
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const [, id, action] = JSON.parse(data.toString())
      socket.send(JSON.stringify([3, id, answerTo(action)]))
    })
  })
}

function ourServer(server: Server): void {
  const gate = attachOcpp(server, {
    clock: new MachineClock(),
    limits: { rate_perSecond: 1e6, burst: 1e6 },
    authenticate: async () => ({ accept: true }),
    connected: () => ({ call: (_, action) => ({ payload: answerTo(action) }) }),
  })
  void gate.warmUp()
}

/** One call outstanding a station, as OCPP has it. */
function station(url: string, action: string): Promise<void> {
  const socket = new WebSocket(url, 'ocpp2.0.1', { perMessageDeflate: false })
  const text = JSON.stringify(payloads[action])
  let sent = 0
  const next = (): void => socket.send(`[2,"${process.pid}-${sent++}","${action}",${text}]`)
  return new Promise((resolve, reject) => {
    socket.on('open', next)
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('message', (data) => {
      if (data.toString()[1] !== '3') reject(new Error(data.toString()))
      if (sent < messages) next()
      else socket.close()
    })
  })
}

async function runStations(): Promise<void> {
  const [url = '', action = ''] = (process.env['BENCH_OCPP'] ?? '').split(' ')
  await Promise.all(Array.from({ length: stations }, (_, place) => station(`${url}/CP${place}`, action)))
}

/** CPU milliseconds of this process for each message that the stations send. */
async function cpuOf(url: string, action: string): Promise<number> {
  const before = process.cpuUsage()
  const args = ['stations', String(stations), String(messages)]
  const env = { ...process.env, BENCH_OCPP: `${url} ${action}` }
  const child = fork(fileURLToPath(import.meta.url), args, { env, execArgv: ['--import', 'tsx'] })
  const code = await new Promise((resolve) => child.on('exit', resolve))
  if (code !== 0) throw new Error(`stations ended with ${code}`)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / (stations * messages)
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function compare(): Promise<void> {
  const servers = [createServer(), createServer()] as const
  toyServer(servers[0])
  ourServer(servers[1])
  const urls = await Promise.all(servers.map(listen))
  console.log(
    `${stations} stations, ${messages} messages each; CPU of the server in ms a message in and its answer out`,
  )
  for (const action of Object.keys(payloads)) {
    const times = urls.map((): number[] => [])
    for (let round = 0; round < ROUNDS; round++) {
      for (const [place, url] of urls.entries()) times[place]?.push(await cpuOf(url, action))
    }
    const [toy = 0, ours = 0] = times.map(median)
    console.log(
      `${action.padEnd(18)} echo ${toy.toFixed(4)}   anyplug ${ours.toFixed(4)}   ${(ours / toy).toFixed(2)} x`,
    )
  }
  console.log(`RSS ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`)
  for (const server of servers) server.close()
}

await (isStations ? runStations() : compare())
