import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OcppVersion } from '../src/live/ocpp/index.ts'
import { type Desk, openDesk, RawClient, type Respond, settle } from './support/ocpp.ts'

/** Frames a management system meets, and what OCPP wants answered. Rules: src/live/ocpp/SPEC.md. */
const versions: readonly OcppVersion[] = ['1.6', '2.0.1', '2.1']
const spelled = {
  frame: { '1.6': 'FormationViolation', '2.0.1': 'RpcFrameworkError', '2.1': 'RpcFrameworkError' },
  format: { '1.6': 'FormationViolation', '2.0.1': 'FormatViolation', '2.1': 'FormatViolation' },
  occurrence: {
    '1.6': 'OccurenceConstraintViolation',
    '2.0.1': 'OccurrenceConstraintViolation',
    '2.1': 'OccurrenceConstraintViolation',
  },
} as const

const status = {
  '1.6': { connectorId: 1, errorCode: 'NoError', status: 'Available' },
  '2.0.1': { timestamp: '2026-11-24T12:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 },
  '2.1': { timestamp: '2026-11-24T12:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 },
} as const
const statusField = { '1.6': 'status', '2.0.1': 'connectorStatus', '2.1': 'connectorStatus' } as const

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

describe.each(versions)('OCPP %s', (version) => {
  let desk: Desk
  let client: RawClient
  beforeAll(async () => {
    desk = await openDesk()
    client = await RawClient.open(desk, version)
  })
  afterAll(() => desk.stop())

  let ids = 0
  const newId = () => `${version}-${++ids}`
  /** Sends a CALL and gives id, code and reason of the error that comes. */
  const refusal = async (action: string, payload: unknown, id = newId()) => {
    const taken = desk.calls.length
    const [type, answered, code, description, details] = JSON.parse(
      await client.ask(JSON.stringify([2, id, action, payload])),
    )
    expect([type, answered, desk.calls.length]).toEqual([4, id, taken])
    expect(description.length).toBeGreaterThan(10)
    return [code, details.path ?? details.reason]
  }
  const frameError = async (text: string) => {
    const [type, id, code, description] = JSON.parse(await client.ask(text))
    expect([type, typeof description]).toEqual([4, 'string'])
    return [id, code]
  }

  test.each(['', '   ', 'not JSON', '[2,"a","Heartbeat",{}', '{"2":"a"}', '2', 'null', '"text"', '[]', '["2","x"]'])(
    'F2 no message: %j',
    async (text) => {
      const id = text === '["2","x"]' ? 'x' : '-1'
      expect(await frameError(text)).toEqual([id, spelled.frame[version]])
    },
  )

  test.each([7, null, true, [], {}, ''])('F3 id %j', async (id) => {
    expect(await frameError(JSON.stringify([2, id, 'Heartbeat', {}]))).toEqual(['-1', spelled.frame[version]])
  })

  test('F2 F3 an id too long is given back, one beyond all bounds is not', async () => {
    const call = (length: number) => JSON.stringify([2, 'x'.repeat(length), 'Heartbeat', {}])
    expect(await frameError(call(37))).toEqual(['x'.repeat(37), spelled.frame[version]])
    expect(await frameError(call(255))).toEqual(['x'.repeat(255), spelled.frame[version]])
    expect(await frameError(call(256))).toEqual(['-1', spelled.frame[version]])
    expect(JSON.parse(await client.ask(call(36)))[0]).toBe(3)
  })

  test.each(['[2,"a"]', '[2,"a","Heartbeat"]', '[2,"a","Heartbeat",{},1]', '[2,"a",5,{}]', '[2,"a",null,{}]'])(
    'F3 wrong number of elements or no action: %s',
    async (text) => {
      expect(await frameError(text)).toEqual(['a', spelled.frame[version]])
    },
  )

  test('F4 a payload that is no object; null is an empty one', async () => {
    expect(await frameError('[2,"p1","Heartbeat",[]]')).toEqual(['p1', spelled.format[version]])
    expect(await frameError('[2,"p2","Heartbeat","{}"]')).toEqual(['p2', spelled.format[version]])
    expect(JSON.parse(await client.ask('[2,"p3","Heartbeat",null]'))[0]).toBe(3)
  })

  test('F5 message types that do not exist', async () => {
    for (const type of version === '2.1' ? [0, 1, 7, 99] : [0, 1, 5, 6, 7]) {
      const text = JSON.stringify([type, `t${type}`, 'Heartbeat', {}])
      if (version === '1.6') expect(await client.isSilentOn(text)).toBe(true)
      else expect(await frameError(text)).toEqual([`t${type}`, 'MessageTypeNotSupported'])
    }
    expect(desk.codes()).toContain('ocpp.frame.unknownType')
  })

  test.each([
    '[3,"nobody",{}]',
    '[4,"nobody","InternalError","",{}]',
    '[3]',
    '[3,5,{}]',
    '[4,"x"]',
    '[4]',
    '[3,"-1",[]]',
  ])('F6 C3 an answer to nothing is met with silence: %s', async (text) => {
    expect(await client.isSilentOn(text)).toBe(true)
  })

  test('Q2 an action nobody knows', async () => {
    expect(await refusal('MakeCoffee', {})).toEqual(['NotImplemented', 'ocpp.action.unknown'])
    for (const name of [
      'heartbeat',
      '',
      '__proto__',
      'constructor',
      'toString',
      'HeartbeatRequest',
      'Heartbeat\u0000',
    ]) {
      const [type, , code] = JSON.parse(await client.ask(JSON.stringify([2, newId(), name, {}])))
      expect([type, code]).toEqual([4, name.includes('\0') ? spelled.format[version] : 'NotImplemented'])
    }
  })

  test('Q3 a field missing, too much, of another type, null, of no value of its list', async () => {
    const good = status[version]
    const { connectorId, ...without } = good
    expect(await refusal('StatusNotification', without)).toEqual([spelled.occurrence[version], 'connectorId'])
    const more = { ...good, colour: 'red' }
    expect(await refusal('StatusNotification', more)).toEqual([spelled.format[version], 'colour'])
    const type = 'TypeConstraintViolation'
    expect(await refusal('StatusNotification', { ...good, connectorId: '1' })).toEqual([type, 'connectorId'])
    expect(await refusal('StatusNotification', { ...good, connectorId: 1.5 })).toEqual([type, 'connectorId'])
    expect(await refusal('StatusNotification', { ...good, connectorId: null })).toEqual([type, 'connectorId'])
    const stranger = { ...good, [statusField[version]]: 'Sleeping' }
    expect(await refusal('StatusNotification', stranger)).toEqual(['PropertyConstraintViolation', statusField[version]])
    expect(JSON.parse(await client.ask(JSON.stringify([2, newId(), 'StatusNotification', good])))[0]).toBe(3)
  })

  test('Q4 times', async () => {
    const at = async (timestamp: string) =>
      JSON.parse(
        await client.ask(JSON.stringify([2, newId(), 'StatusNotification', { ...status[version], timestamp }])),
      )
    for (const time of ['2026-11-24T12:00:00.123456Z', '2026-11-24T12:00:00+02:00', '2026-11-24 12:00:00Z']) {
      expect((await at(time))[0]).toBe(3)
    }
    for (const time of ['1970-01-01T00:00:00Z', '2099-01-01T00:00:00Z']) expect((await at(time))[0]).toBe(3)
    expect(desk.codes()).not.toContain('ocpp.time.noZone')
    for (const time of ['2026-11-24T12:00:00', '2026-11-24T12:00:00.1']) expect((await at(time))[0]).toBe(3)
    expect(desk.codes().filter((code) => code === 'ocpp.time.noZone')).toHaveLength(1)
    for (const time of ['', 'now', '24.11.2026', '2026-02-30T12:00:00Z', '2026-11-24T25:00:00Z', '2026-11-24']) {
      expect((await at(time)).slice(2, 3)).toEqual(['PropertyConstraintViolation'])
    }
  })

  test('F7 NUL, half characters, keys of prototypes, numbers without end, nesting', async () => {
    const send = async (payload: string) => {
      const id = newId()
      const [type, answered, code, , details] = JSON.parse(await client.ask(`[2,"${id}","DataTransfer",${payload}]`))
      expect([type, answered, code]).toEqual([4, id, spelled.format[version]])
      return details.reason
    }
    expect(await send('{"vendorId":"a\\u0000b"}')).toBe('ocpp.json.nul')
    expect(await send('{"vendorId":"a\\ud800b"}')).toBe('ocpp.json.halfCharacter')
    expect(await send('{"vendorId":"a","\\u0000":1}')).toBe('ocpp.json.nul')
    for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
      expect(await send(`{"vendorId":"a","${key}":{"polluted":1}}`)).toBe('ocpp.json.key')
    }
    expect(await send('{"vendorId":"a","data":1e308}')).toBe('ocpp.json.number')
    expect(await send('{"vendorId":"a","data":-1e999}')).toBe('ocpp.json.number')
    expect(await send(`{"vendorId":"a","data":${deep(31)}}`)).toBe('ocpp.json.deep')
    expect(await send(`{"vendorId":"a","data":${deep(50_000)}}`)).toBe('ocpp.json.deep')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(JSON.parse(await client.ask(`[2,"${newId()}","DataTransfer",{"vendorId":"\\ud83d\\ude97"}]`))[2]).toBe(
      'InternalError',
    )
  })

  test('F7 an id that holds what is refused is not sent back', async () => {
    for (const id of ['\\u0000', '\\udfff']) {
      const [type, answered] = JSON.parse(await client.ask(`[2,"${id}","Heartbeat",{}]`))
      expect([type, answered]).toEqual([4, '-1'])
    }
  })

  test('F1 a bad frame leaves the connection as it was; it is still open', async () => {
    expect(JSON.parse(await client.ask('[2,"last","Heartbeat",{}]'))[0]).toBe(3)
    expect(desk.closed).toEqual([])
  })
})

describe('F1 frames that end a connection', () => {
  const end = async (send: (client: RawClient) => void) => {
    const desk = await openDesk()
    const client = await RawClient.open(desk, '2.0.1')
    send(client)
    const { code } = await client.closed
    await settle(() => desk.closed.length > 0)
    await desk.stop()
    return [code, desk.calls.length]
  }

  test('too long, at once or in parts', async () => {
    const text = `[2,"1","DataTransfer",{"vendorId":"a","data":"${'x'.repeat(300_000)}"}]`
    expect(await end((client) => client.socket.send(text))).toEqual([1009, 0])
    const inParts = (client: RawClient) => {
      for (let part = 0; part < 30; part++) client.socket.send(text.slice(part * 1e4, (part + 1) * 1e4), { fin: false })
    }
    expect(await end(inParts)).toEqual([1009, 0])
  })

  test('binary', async () => {
    expect(await end((client) => client.socket.send(Buffer.from('[2,"1","Heartbeat",{}]')))).toEqual([1003, 0])
  })

  test('no UTF-8', async () => {
    const bytes = Buffer.from([0x5b, 0xc3, 0x28, 0x5d])
    expect(await end((client) => client.socket.send(bytes, { binary: false }))).toEqual([1007, 0])
  })
})

describe('Q5 readings of 1.6, which are text', () => {
  const sample = (value: string, more = {}) => ({
    timestamp: '2026-11-24T12:00:00Z',
    sampledValue: [
      { value: '1', measurand: 'Voltage' },
      { value, ...more },
    ],
  })
  const answer = async (value: string, more = {}) => {
    const desk = await openDesk()
    const client = await RawClient.open(desk, '1.6')
    const payload = { connectorId: 1, meterValue: [sample('0'), sample(value, more)] }
    const [, , code, , details] = JSON.parse(await client.ask(JSON.stringify([2, '1', 'MeterValues', payload])))
    await desk.stop()
    return [code, details?.path, desk.calls.length]
  }

  test.each(['NaN', '', ' ', '1e308', 'Infinity', '12,5', '0x10', '1 000', '1.2.3', '--1', 'null'])(
    '%j',
    async (value) => {
      const path = 'meterValue[1].sampledValue[1].value'
      expect(await answer(value)).toEqual(['PropertyConstraintViolation', path, 0])
    },
  )

  test.each(['0', '-1.5', '+3', '007', '12.', '1e3', '123456789012345'])('%j is one', async (value) => {
    expect(await answer(value)).toEqual([{}, undefined, 1])
  })

  test('a signed reading is not looked at', async () => {
    expect((await answer('OCMF|{...}', { format: 'SignedData' }))[2]).toBe(1)
  })

  test('StopTransaction passes, and is told', async () => {
    const desk = await openDesk()
    const client = await RawClient.open(desk, '1.6')
    const payload = {
      transactionId: 1,
      meterStop: 5,
      timestamp: '2026-11-24T12:00:00Z',
      transactionData: [sample('NaN')],
    }
    expect(JSON.parse(await client.ask(JSON.stringify([2, '1', 'StopTransaction', payload])))[0]).toBe(3)
    expect(desk.codes()).toEqual(['ocpp.value.unreadable'])
    await desk.stop()
  })
})

describe('2.1 SEND', () => {
  const stream = { id: 1, pending: 0, basetime: '2026-11-24T12:00:00Z', data: [{ t: 1, v: '2' }] }
  let desk: Desk
  let client: RawClient
  beforeAll(async () => {
    desk = await openDesk()
    client = await RawClient.open(desk, '2.1')
  })
  afterAll(() => desk.stop())

  test('reaches the handler and is not answered', async () => {
    expect(await client.isSilentOn(JSON.stringify([6, 's1', 'NotifyPeriodicEventStream', stream]))).toBe(true)
    expect(desk.sends.map(({ action, payload }) => [action, payload])).toEqual([['NotifyPeriodicEventStream', stream]])
  })

  test.each([
    [6, 's2', 'NotifyPeriodicEventStream', {}],
    [6, 's3', 'MakeCoffee', {}],
    [6, 's4', 'Heartbeat', {}],
    [6, 's5', 'HeartbeatRequest', {}],
    [6, 's6', 'NotifyPeriodicEventStream'],
    [6, 7, 'NotifyPeriodicEventStream', stream],
  ])('F6 a wrong one is not answered either: %j', async (...frame) => {
    const [sends, events] = [desk.sends.length, desk.events.length]
    expect(await client.isSilentOn(JSON.stringify(frame))).toBe(true)
    expect([desk.sends.length, desk.events.length]).toEqual([sends, events + 1])
  })

  test('Q2 as a CALL it is known and not supported', async () => {
    const text = JSON.stringify([2, 'c1', 'NotifyPeriodicEventStream', stream])
    expect(JSON.parse(await client.ask(text)).slice(0, 3)).toEqual([4, 'c1', 'NotSupported'])
  })
})

test('Q6 what a handler does wrong is InternalError on the wire and told here', async () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  const answers = new Map<string, () => ReturnType<Respond>>([
    ['Heartbeat', () => ({ payload: { currentTime: 'soon' } })],
    ['DataTransfer', () => ({ payload: { status: 'Accepted', data: cycle } })],
    ['StatusNotification', () => Promise.reject(new Error('later on fire'))],
    [
      'Authorize',
      () => {
        throw new Error('disk on fire')
      },
    ],
  ])
  const desk = await openDesk((taken) => answers.get(taken.action)?.() ?? { payload: {} })
  const client = await RawClient.open(desk, '2.0.1')
  const ask = async (action: string, payload: object) =>
    JSON.parse(await client.ask(JSON.stringify([2, action, action, payload]))).slice(0, 4)
  const failed = (action: string) => [4, action, 'InternalError', `${action} could not be processed`]
  expect(await ask('Heartbeat', {})).toEqual(failed('Heartbeat'))
  expect(await ask('Authorize', { idToken: { idToken: 'a', type: 'Central' } })).toEqual(failed('Authorize'))
  expect(await ask('StatusNotification', status['2.0.1'])).toEqual(failed('StatusNotification'))
  expect(await ask('DataTransfer', { vendorId: 'a' })).toEqual(failed('DataTransfer'))
  expect(desk.codes()).toEqual(['ocpp.answer.wrong', 'ocpp.handler.threw', 'ocpp.handler.threw', 'ocpp.answer.wrong'])
  await desk.stop()
})
