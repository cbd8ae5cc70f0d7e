import { expect, test } from 'vitest'
import { MachineClock, ManualClock, PacedClock } from './index.ts'

test('a clock by hand rings what is due, in the order of time, at its time', () => {
  const clock = new ManualClock(1000)
  const rung: string[] = []
  const note = (name: string) => () => rung.push(`${name} at ${clock.now_ms()}`)
  clock.after(30, note('late'))
  clock.after(10, () => {
    note('early')()
    clock.after(5, note('follow-up'))
  })
  const cancel = clock.after(20, note('called off'))
  cancel()
  clock.moveTo(1020)
  expect(rung).toEqual(['early at 1010', 'follow-up at 1015'])
  expect(clock.now_ms()).toBe(1020)
  clock.moveTo(1010)
  expect(clock.now_ms()).toBe(1020)
  clock.moveTo(2000)
  expect(rung.at(-1)).toBe('late at 1030')
  expect(clock.next_ms).toBe(Number.POSITIVE_INFINITY)
})

test('a clock that runs fast wakes up early by the wall', async () => {
  const clock = new MachineClock({ factor: 1000, start_ms: 0 })
  await new Promise<void>((resolve) => {
    clock.after(20_000, resolve)
  })
  expect(clock.now_ms()).toBeGreaterThanOrEqual(19_000)
})

test('a paced clock waits for a machine that is busy: a step is never longer than a second', async () => {
  const clock = new PacedClock({ factor: 1000, start_ms: 5000 })
  const steps: number[] = []
  let seen_ms = clock.now_ms()
  let rings = 0
  clock.after(1, () => rings++)
  while (seen_ms < 12_000) {
    // Half a minute of the clock would pass while nobody can do anything.
    for (const until_ms = performance.now() + 30; performance.now() < until_ms; );
    const before_ms = clock.now_ms()
    await new Promise((resolve) => setImmediate(resolve))
    steps.push(clock.now_ms() - before_ms)
    seen_ms = clock.now_ms()
  }
  clock.stop()
  expect(Math.max(...steps)).toBeLessThanOrEqual(1000 + 1e-6)
  expect(rings).toBe(1)
  expect(clock.pace).toBeLessThan(100)
})
