import type { z } from 'zod'
import { replayDecisions, SiteController } from '../../../../hub/controller/site/index.ts'
import type { DecisionEntry } from '../../ports.ts'
import { hubOf, type runSchema, settingsOf } from './run-record.ts'

export type ReplayedRun =
  | { readonly kind: 'same'; readonly decisions: number }
  /** The first that comes out differently, counted from 1. */
  | { readonly kind: 'differs'; readonly decision: number; readonly at_ms: number }
  | { readonly kind: 'bad'; readonly what: 'hub' | 'entry'; readonly detail: string }

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function controllerOf(run: z.infer<typeof runSchema>): SiteController | string {
  try {
    const controller = new SiteController(hubOf(run.hub), settingsOf(run.settings))
    if (run.snapshot !== null) controller.restore(Buffer.from(run.snapshot, 'base64'))
    return controller
  } catch (error) {
    return detailOf(error)
  }
}

/** Decides again on the entries of a run. What cannot be entries of that hub, whatever is wrong with them, is told as such. */
export function replayRun(run: z.infer<typeof runSchema>, entries: readonly DecisionEntry[]): ReplayedRun {
  const controller = controllerOf(run)
  if (typeof controller === 'string') return { kind: 'bad', what: 'hub', detail: controller }
  try {
    const bytes = entries.map((entry) => entry.bytes)
    const first = replayDecisions(controller, run.hub.evses.length, bytes)
    const { at_ms } = entries[first] ?? { at_ms: 0 }
    return first === -1 ? { kind: 'same', decisions: entries.length } : { kind: 'differs', decision: first + 1, at_ms }
  } catch (error) {
    return { kind: 'bad', what: 'entry', detail: detailOf(error) }
  }
}
