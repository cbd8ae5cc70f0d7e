import { afterEach, expect, it } from 'vitest'
import { run } from '../src/app/cli/commands/station.ts'
import { told } from '../src/app/cli/test-support.ts'
import { ManualClock } from '../src/live/clock/index.ts'
import { Management } from './support/management.ts'

let management: Management | null = null

afterEach(async () => {
  await management?.close()
  management = null
})

it('plays stations at a management system and says what they do', async () => {
  management = await new Management(new ManualClock(Date.now())).open()
  const input = { url: management.url, count: '3', speed: '20', minutes: '0.7', json: true }
  const { exitCode, out } = await told(run, input)
  const events = out.split('\n').map((line) => JSON.parse(line) as { kind: string; stationId: string })
  expect(exitCode).toBe(0)
  expect(
    events
      .filter(({ kind }) => kind === 'accepted')
      .map(({ stationId }) => stationId)
      .sort(),
  ).toEqual(['virtual-1', 'virtual-2', 'virtual-3'])
  expect(management.of('BootNotification')).toHaveLength(3)
})

it('one that nobody accepts is a negative answer', async () => {
  const { exitCode, out } = await told(run, { url: 'ws://127.0.0.1:9/ocpp', speed: '100', minutes: '0.2' })
  expect(exitCode).toBe(1)
  expect(out).toContain('0 of 1 stations were accepted.')
})

it('ends when it is interrupted', async () => {
  management = await new Management(new ManualClock(Date.now())).open()
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 200)
  const { exitCode } = await told(run, { url: management.url }, { signal: stop.signal })
  expect([0, 1]).toContain(exitCode)
})

it('answers bad input, all at once', async () => {
  const input = {
    url: 'http://x',
    fault: ['lost=2', 'profiles=perhaps', 'disconnect=600', 'foo'],
    ocpp: '3',
    count: '0',
    id: 'a b',
  }
  const { exitCode, codes } = await told(run, input)
  expect(exitCode).toBe(2)
  expect(codes).toEqual([
    'station.cli.url',
    'cli.outOfRange',
    'station.cli.id',
    'cli.notOneOf',
    'station.cli.fault',
    'station.cli.fault',
    'station.cli.fault',
    'station.cli.fault',
  ])
  expect((await told(run, {})).codes).toEqual(['station.cli.noUrl'])
  expect((await told(run, { url: 'ws://x', site: 'no-such.yaml' })).exitCode).toBe(2)
})
