import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFrame } from '../src/live/ocpp/frame.ts'
import type { OcppVersion } from '../src/live/ocpp/index.ts'
import { readTime } from '../src/live/ocpp/timestamp.ts'
import { type Desk, openDesk, RawClient } from './support/ocpp.ts'

/** Whatever comes: nothing is thrown, and it is answered or met with silence as src/live/ocpp/SPEC.md says. */
const full = process.env['ANYPLUG_FULL'] === '1'
const frames = full ? 1_000_000 : 10_000

const actions = [
  'Heartbeat',
  'MeterValues',
  'StatusNotification',
  'StopTransaction',
  'TransactionEvent',
  'DataTransfer',
  'Nope',
]
const id = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('-1', 'a', '1'), fc.integer(), fc.constant(null))
const value = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  fc.constantFrom(1e308, '\0', '\ud800', 'NaN', '2026-11-24T12:00:00Z'),
)
const fields = fc.constantFrom(
  'connectorId',
  'meterValue',
  'timestamp',
  'status',
  'vendorId',
  '__proto__',
  'constructor',
)
const payload = fc.oneof(value, fc.dictionary(fc.oneof(fields, fc.string()), value))
const type = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(2, 2, 3, 4, 5, 6) }, fc.jsonValue({ maxDepth: 1 }))
const action = fc.oneof(fc.constantFrom(...actions), value)
const frame = fc
  .oneof(
    fc.tuple(type, id, action, payload),
    fc.tuple(type, id, payload),
    fc.array(value, { maxLength: 6 }),
    fc.jsonValue(),
  )
  .map((parts) => JSON.stringify(parts))
/** A frame with one piece of it cut out, doubled or swapped for something else. */
const broken = fc
  .tuple(frame, fc.nat(), fc.nat({ max: 8 }), fc.constantFrom('', '"', '[', '{', '\\u0000', ',', '\0', '𝄞'))
  .map(([text, at, length, put]) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + put + text.slice(place + length)
  })
const anyText = fc.oneof(
  { weight: 4, arbitrary: frame },
  { weight: 2, arbitrary: broken },
  fc.string({ unit: 'binary' }),
)

/** What the rules want said to a text, told without the code they describe. */
function expected(text: string, version: OcppVersion): 'silence' | 'error' | 'error or result' {
  let parts: unknown
  try {
    parts = JSON.parse(text)
  } catch {
    return 'error'
  }
  if (!Array.isArray(parts)) return 'error'
  const [kind] = parts
  if (typeof kind !== 'number') return 'error'
  if (kind === 2) return 'error or result'
  if (kind === 3 || kind === 4 || (version === '2.1' && (kind === 5 || kind === 6))) return 'silence'
  return version === '1.6' ? 'silence' : 'error'
}

describe.each(['1.6', '2.0.1', '2.1'] as const)('OCPP %s', (version) => {
  let desk: Desk
  let client: RawClient
  beforeAll(async () => {
    desk = await openDesk(undefined, { limits: { burst: 1e9, rate_perSecond: 1e9, ping_ms: 1e12 } })
    client = await RawClient.open(desk, version)
  })
  afterAll(() => desk.stop())

  test('frames of chance over a socket', async () => {
    let count = 0
    const property = fc.asyncProperty(fc.array(anyText, { minLength: 50, maxLength: 50 }), async (texts) => {
      const end = `end-${count++}`
      for (const text of texts) client.socket.send(text)
      client.socket.send(`[2,"${end}","Heartbeat",{}]`)
      const said: unknown[][] = []
      for (let text = await client.next(); !text.startsWith(`[3,"${end}"`); text = await client.next()) {
        said.push(JSON.parse(text))
      }
      const wanted = texts.map((text) => expected(text, version)).filter((answer) => answer !== 'silence')
      expect(said.map(([kind]) => (kind === 3 ? 'result' : 'error'))).toHaveLength(wanted.length)
      for (const [at, [kind, answered, , description]] of said.entries()) {
        expect(kind === 4 || (kind === 3 && wanted[at] === 'error or result')).toBe(true)
        expect(typeof answered).toBe('string')
        if (kind === 4) expect(String(description).length).toBeLessThanOrEqual(255)
      }
    })
    await fc.assert(property, { numRuns: Math.ceil(frames / 150), interruptAfterTimeLimit: 600_000 })
    expect(desk.closed).toEqual([])
  }, 900_000)
})

/** Every text in a value, keys among them. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => [key, ...textsOf(inside)])
}

test('reading a frame never throws and keeps nothing of what is refused', () => {
  const property = fc.property(anyText, fc.constantFrom('1.6', '2.0.1', '2.1'), (text, version) => {
    const read = readFrame(text, version as OcppVersion)
    if (read.kind === 'bad') return
    expect(read.id).toBe(JSON.parse(text)[1])
    expect(textsOf(read).filter((found) => found.includes('\0') || /\p{Surrogate}/u.test(found))).toEqual([])
  })
  fc.assert(property, { numRuns: frames })
})

test('times are read as they were written', () => {
  const written = fc.tuple(
    fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
    fc.integer({ min: -14 * 60, max: 14 * 60 }),
  )
  const property = fc.property(written, fc.boolean(), ([date, offset_min], colon) => {
    const local = new Date(date.getTime() + offset_min * 60_000).toISOString().slice(0, -1)
    const part = (minutes: number) => String(Math.floor(minutes)).padStart(2, '0')
    const size = Math.abs(offset_min)
    const zone = `${offset_min < 0 ? '-' : '+'}${part(size / 60)}${colon ? ':' : ''}${part(size % 60)}`
    expect(readTime(`${local}999${zone}`)).toEqual({ at_ms: date.getTime(), isZoneless: false })
    expect(readTime(date.toISOString().slice(0, -1))).toEqual({ at_ms: date.getTime(), isZoneless: true })
  })
  fc.assert(property)
})
