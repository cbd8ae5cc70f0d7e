import { describe, expect, it } from 'vitest'
import { readTrace } from './formats.ts'

const full = process.env['ANYPLUG_FULL'] === '1'
const size_MB = full ? 100 : 5
const DAY_ms = 86_400_000
const first_ms = Date.UTC(2024, 0, 1)

/** A recording of one size after the other, a session a minute. */
function* recording(): Generator<string> {
  yield 'start,end,kWh,station,id\n'
  let row = 0
  for (let written = 0; written < size_MB * 1e6; ) {
    const lines = Array.from({ length: 1000 }, () => {
      const start_ms = first_ms + row * 60_000
      const times = [start_ms, start_ms + 1_800_000].map((time_ms) => new Date(time_ms).toISOString())
      return `${times.join()},${20 + (row % 30)},station ${row % 50},session-${row++}`
    })
    const text = `${lines.join('\n')}\n`
    written += text.length
    yield text
  }
}

function held_MB(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

describe('a recording that is larger than what is wanted of it', () => {
  it('is read with memory for the wanted part only', { timeout: 120_000 }, async () => {
    const before_MB = held_MB()
    const day = { from_ms: first_ms + DAY_ms, end_ms: first_ms + 2 * DAY_ms }
    let highest_MB = before_MB
    const watched = function* (): Generator<string> {
      let piece = 0
      for (const text of recording()) {
        if (piece++ % 100 === 0) highest_MB = Math.max(highest_MB, held_MB())
        yield text
      }
    }
    const checked = await readTrace('csv', { file: 'large', chunks: watched() }, day)
    expect(checked.ok && checked.value.sessions.length).toBe(1440)
    // Garbage that was not collected yet counts too: the text itself would be far more at full size.
    expect(highest_MB - before_MB).toBeLessThan(60)
  })
})
