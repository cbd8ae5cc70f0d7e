import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../src/app/cli/commands/replay.ts'
import { told } from '../src/app/cli/test-support.ts'
import { LivingHub } from './support/living-hub.ts'

const folder = mkdtempSync(join(tmpdir(), 'anyplug-replay-'))
afterAll(() => rmSync(folder, { recursive: true }))

let log = ''
beforeAll(async () => {
  const kinds = [1, 2, 3].map(() => ({ version: '2.0.1' as const, evses: 1, rating_kW: 150 }))
  const hub = new LivingHub(kinds, 250, { mostEntries: 10 })
  await hub.start()
  await hub.pass(5)
  for (const station of hub.stations) await station.plugIn(1, 120)
  await hub.run(120)
  hub.control.setSiteLimit(100)
  await hub.run(60)
  hub.control.close()
  log = hub.store.log
})

async function replay(text: string, more: object = {}) {
  const path = join(folder, 'log.txt')
  writeFileSync(path, text)
  return told(run, { log: path, ...more })
}

/** The log with one byte of an entry's end changed. */
function bent(text: string, at: number): string {
  const lines = text.split('\n')
  const entries = lines.flatMap((line, index) => (line.startsWith('d ') ? [index] : []))
  const index = entries[at] as number
  const [word, time, base64 = ''] = (lines[index] as string).split(' ')
  const bytes = Buffer.from(base64, 'base64')
  bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1)
  lines[index] = `${word} ${time} ${bytes.toString('base64')}`
  return lines.join('\n')
}

test('a log of several runs is the same to the bit', async () => {
  const { exitCode, out } = await replay(log, { json: true })
  expect(exitCode).toBe(0)
  const said = JSON.parse(out) as { runs: number; decisions: number }
  expect(said.runs).toBeGreaterThan(2)
  expect(said.decisions).toBe(log.split('\n').filter((line) => line.startsWith('d ')).length)
  expect((await replay(log)).out).toContain('bit-identical')
})

test('the first decision that comes out differently is named', async () => {
  const { exitCode, out } = await replay(bent(log, 2))
  expect(exitCode).toBe(1)
  expect(out).toContain('decision 3 of run')
})

test('a log of another version says so', async () => {
  expect((await replay(log)).codes).toContain('replay.warning.version')
})

describe('what is no log is refused with its line', () => {
  test.each([
    ['', 'replay.problem.empty'],
    ['hello\n', 'replay.problem.line'],
    ['d 5 AAAA\n', 'replay.problem.line'],
    ['run {}\n', 'replay.problem.line'],
    ['run {"id":\n', 'replay.problem.line'],
  ])('%j', async (text, code) => {
    const { exitCode, codes } = await replay(text)
    expect(exitCode).toBe(2)
    expect(codes).toEqual([code])
  })

  test('entries that are cut, and a hub that cannot be', async () => {
    const [head = '', first = ''] = log.split('\n')
    const cut = await replay(`${head}\n${first.slice(0, 40)}\n`)
    expect(cut.exitCode).toBe(2)
    expect(cut.err.at(-1)).toContain('log.txt:1:1')
    const orphan = head.replace('"node":0', '"node":7')
    expect((await replay(`${orphan}\n${first}\n`)).exitCode).toBe(2)
    expect((await told(run, { log: join(folder, 'nothing') })).codes).toEqual(['cli.file.missing'])
  })
})
