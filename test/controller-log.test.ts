import { describe, expect, it } from 'vitest'
import { DecisionRecorder, replayDecisions, SiteController } from '../src/hub/controller/site/index.ts'
import { csms } from '../src/hub/controller/site/sight/index.ts'
import { RandomStream } from '../src/hub/demand/random.ts'
import { hubOf, runSiteDay, workloadDay } from './support/site-plant.ts'

const day = workloadDay()
const part = { ...day, duration_s: 14 * 3600, sessions: day.sessions.filter(({ plug_s }) => plug_s < 14 * 3600) }
const hub = hubOf(day, 900, 3)
const evses = hub.evses.length

/**
 * Part of a day, written down. Before entry `at` another controller goes on from a snapshot of the first, and a second writer begins.
 */
function recorded(at: number) {
  const entries: Uint8Array[] = []
  const later: Uint8Array[] = []
  const recorder = new DecisionRecorder(evses)
  const laterRecorder = new DecisionRecorder(evses)
  const chance = new RandomStream(7, 'sight')
  const other = new SiteController(hub)
  let snapshot = new Uint8Array()
  runSiteDay({
    recording: part,
    hub,
    sight: { ...csms, lost_frac: 0.05, late_frac: 0.1 },
    uniform: () => chance.uniform(),
    decide: (first, readings, setpoints) => {
      const isLater = entries.length >= at
      if (entries.length === at) {
        snapshot = first.snapshot().slice()
        other.restore(snapshot)
      }
      recorder.readings(readings)
      if (isLater) laterRecorder.readings(readings)
      const ask_s = (isLater ? other : first).decide(readings, setpoints)
      entries.push(recorder.setpoints(setpoints, ask_s))
      if (isLater) later.push(laterRecorder.setpoints(setpoints, ask_s))
      return ask_s
    },
  })
  return { entries, later, snapshot }
}

describe('the decision log (C19)', () => {
  const { entries, later, snapshot } = recorded(9000)

  it('replays to the same setpoints, to the bit, across a restart in the middle', () => {
    expect(entries.length).toBeGreaterThan(20_000)
    expect(replayDecisions(new SiteController(hub), evses, entries)).toBe(-1)
  })

  it('replays from a snapshot and what was written since', () => {
    const controller = new SiteController(hub)
    controller.restore(snapshot)
    expect(later.length).toBe(entries.length - 9000)
    expect(replayDecisions(controller, evses, later)).toBe(-1)
    expect(replayDecisions(new SiteController(hub), evses, later)).toBe(0)
  })

  it('tells the first entry that comes out differently', () => {
    const forged = entries.map((entry) => entry.slice())
    const entry = forged.findIndex(({ length }, at) => at > 500 && length !== forged[at - 1]?.length)
    const bytes = forged[entry]
    if (bytes) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(replayDecisions(new SiteController(hub), evses, forged)).toBe(entry)
    expect(replayDecisions(new SiteController(hub, { margin_frac: 0.03 }), evses, entries)).toBeGreaterThan(0)
  })

  it('is small: what changed, and no more', () => {
    const bytes = entries.reduce((sum, entry) => sum + entry.length, 0)
    expect(bytes / entries.length).toBeLessThan(120)
  })
})
