import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { booted, openHub } from '../../../live/operate/test-support.ts'
import { type LogLevel, logOperation, openLog } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'anyplug-log-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Line = Record<string, unknown>

function collected(level: LogLevel) {
  const texts: string[] = []
  const log = openLog({ level, to: (line) => texts.push(line), key: 'secret' })
  return { log, texts, lines: (): Line[] => texts.map((line) => JSON.parse(line) as Line) }
}

test('a line is JSON with level, time and event; what is below the level is not written', () => {
  const { log, texts, lines } = collected('info')
  log.write('debug', 'nothing')
  log.write('info', 'serves', { url: 'http://localhost', note: 'a\nb' })
  log.write('error', 'failed', { err: new Error('broken') })
  expect(texts.every((text) => !text.includes('\n'))).toBe(true)
  const [first, second] = lines()
  expect(first).toEqual({
    level: 'info',
    time: expect.any(String),
    event: 'serves',
    url: 'http://localhost',
    note: 'a\nb',
  })
  expect(Number.isNaN(Date.parse(String(first?.['time'])))).toBe(false)
  expect(second).toMatchObject({
    level: 'error',
    err: { message: 'broken', stack: expect.stringContaining('log.test') },
  })
  expect(log.isOn('debug')).toBe(false)
})

test('an identifier has the same name under one key, whatever its case, and another under another', () => {
  const { log } = collected('info')
  const other = openLog({ level: 'info', to: () => {}, key: 'other' })
  expect(log.hashed('CARD-1')).toMatch(/^[0-9a-f]{12}$/)
  expect(log.hashed('card-1')).toBe(log.hashed('CARD-1'))
  expect(log.hashed('CARD-2')).not.toBe(log.hashed('CARD-1'))
  expect(other.hashed('CARD-1')).not.toBe(log.hashed('CARD-1'))
})

test('what happens at stations is one line each, and nobody is named in it', async () => {
  const hub = await openHub()
  const { log, texts, lines } = collected('trace')
  const stop = logOperation(hub.operation, log)
  const station = await booted(hub, '1.6')
  await station.say('StatusNotification', { connectorId: 1, status: 'Preparing', errorCode: 'NoError' })
  await station.say('Authorize', { idTag: 'STRANGER-9' })
  const timestamp = new Date(hub.clock.now_ms()).toISOString()
  const start = { connectorId: 1, idTag: 'CARD', meterStart: 1000, timestamp }
  const { transactionId } = await station.say('StartTransaction', start)
  const sampledValue = [{ value: '50000', measurand: 'Power.Active.Import', unit: 'W' }]
  await station.say('MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue }] })
  await station.say('StopTransaction', { transactionId, meterStop: 6000, timestamp, idTag: 'CARD' })
  await hub.operation.command('admin', { name: 'start', stationId: 'S1', evse: 1, idToken: 'CARD' })
  await hub.operation.putToken({ ...hub.operation.tokens()[0], idToken: 'CARD' } as never)
  stop()
  await hub.operation.removeToken('CARD')
  const events = lines().map(({ event }) => event)
  for (const event of ['connected', 'booted', 'status', 'doubt', 'started', 'reading', 'ended', 'command', 'token']) {
    expect(events, event).toContain(event)
  }
  expect(texts.join('\n')).not.toMatch(/CARD|STRANGER/i)
  const started = lines().find(({ event }) => event === 'started')
  expect(started).toMatchObject({ level: 'info', stationId: 'S1', evse: 1, token: log.hashed('CARD') })
  expect(lines().find(({ event }) => event === 'doubt')?.['params']).toMatchObject({ token: log.hashed('STRANGER-9') })
  expect(lines().find(({ event }) => event === 'reading')).toMatchObject({ level: 'trace', power_W: 50_000 })
  expect(lines().filter(({ event }) => event === 'token')).toHaveLength(1)
})

test('a file is added to, for its owner only', async () => {
  const file = join(folder, 'hub.log')
  for (const word of ['one', 'two']) {
    const log = openLog({ level: 'info', to: file, key: '' })
    log.write('info', word)
    log.close()
  }
  const events = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as Line)['event'])
  expect(events).toEqual(['one', 'two'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test.skipIf(!existsSync('/dev/full'))('a full disk is told once, and nothing is thrown', () => {
  const failed: Error[] = []
  const log = openLog({ level: 'info', to: '/dev/full', key: '', failed: (error) => failed.push(error) })
  for (let line = 0; line < 5; line++) log.write('info', 'line', { line })
  log.close()
  expect(failed.map(({ message }) => message)).toEqual([expect.stringContaining('ENOSPC')])
})
