import { expect, test } from 'vitest'
import { believe, ClockWatch } from './clocks.ts'

const now_ms = Date.parse('2026-06-01T10:00:00Z')
const MINUTE_ms = 60_000

test.each<readonly [string, number | null, boolean]>([
  ['now', now_ms, true],
  ['a week ago', now_ms - 7 * 86_400_000, true],
  ['five minutes ahead', now_ms + 5 * MINUTE_ms, true],
  ['an hour ahead', now_ms + 60 * MINUTE_ms, false],
  ['1970', 0, false],
  ['nothing', null, false],
  ['no number', Number.NaN, false],
])('a time of %s', (_, told_ms, isBelieved) => {
  const expected = isBelieved ? { at_ms: told_ms, doubt: null } : { at_ms: now_ms, doubt: 'doubt.time' }
  expect(believe(told_ms, now_ms)).toEqual(expected)
})

test('of what arrives late the most advanced tells the clock', () => {
  const clock = new ClockWatch()
  for (const late_ms of [9000, 400, 3000]) clock.hear(now_ms + 2000 - late_ms, now_ms, false)
  expect(clock.off_ms).toBe(1600)
  clock.hear(now_ms + 11 * MINUTE_ms - 500, now_ms + 11 * MINUTE_ms, false)
  clock.hear(now_ms + 22 * MINUTE_ms - 700, now_ms + 22 * MINUTE_ms, false)
  expect(clock.off_ms).toBe(-500)
  clock.forget()
  expect(clock.off_ms).toBeNull()
})

test('a clock that is fast is seen at once, one that is slow after a window', () => {
  const [fast, slow] = [new ClockWatch(), new ClockWatch()]
  for (let minute = 0; minute < 12; minute++) {
    const at_ms = now_ms + minute * MINUTE_ms
    fast.hear(at_ms + 40_000, at_ms, false)
    slow.hear(at_ms - 40_000, at_ms, false)
    expect([fast.sureOff_ms, slow.sureOff_ms]).toEqual([40_000, minute < 10 ? 0 : -40_000])
  }
})

test('what a station may have kept says nothing when it is old', () => {
  const clock = new ClockWatch()
  clock.hear(now_ms - 3_600_000, now_ms, true)
  expect(clock.off_ms).toBeNull()
  clock.hear(now_ms - 3_600_000, now_ms, false)
  expect(clock.off_ms).toBe(-3_600_000)
})
