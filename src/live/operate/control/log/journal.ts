import { randomUUID } from 'node:crypto'
import {
  DecisionRecorder,
  type HubDescription,
  type Readings,
  type Setpoints,
  type SiteController,
} from '../../../../hub/controller/site/index.ts'
import type { Clock } from '../../../clock/index.ts'
import type { DecisionEntry, DecisionRun, OperateStore } from '../../ports.ts'
import { plainHub } from './run-record.ts'

export interface JournalSetup {
  readonly store: Pick<OperateStore, 'decisions'>
  readonly clock: Clock
  readonly hub: HubDescription
  readonly controller: SiteController
  readonly engineVersion: string
  readonly flush_ms: number
  readonly mostEntries: number
}

/** Writes decisions down and hands them to the store in batches. A log that grows long goes on in a new run, with the controller's memory. */
export class DecisionJournal {
  readonly #setup: JournalSetup
  #recorder: DecisionRecorder
  #run: DecisionRun
  #written = 0
  #waiting: DecisionEntry[] = []
  #cancel: (() => void) | null = null

  constructor(setup: JournalSetup) {
    this.#setup = setup
    this.#recorder = new DecisionRecorder(setup.hub.evses.length)
    this.#run = this.#newRun(null)
  }

  /** Before the decision. */
  before(readings: Readings): void {
    if (this.#written >= this.#setup.mostEntries) this.#turn()
    this.#recorder.readings(readings)
  }

  /** After the decision. */
  after(setpoints: Setpoints, askAgain_s: number): void {
    const { clock, flush_ms } = this.#setup
    this.#waiting.push({ at_ms: clock.now_ms(), bytes: this.#recorder.setpoints(setpoints, askAgain_s) })
    this.#written++
    this.#cancel ??= clock.after(flush_ms, () => this.flush())
  }

  /** Hands over what waits. */
  flush(): void {
    this.#cancel?.()
    this.#cancel = null
    if (this.#waiting.length === 0) return
    this.#setup.store.decisions(this.#run, this.#waiting)
    this.#waiting = []
  }

  #turn(): void {
    this.flush()
    this.#written = 0
    this.#recorder = new DecisionRecorder(this.#setup.hub.evses.length)
    this.#run = this.#newRun(this.#setup.controller.snapshot())
  }

  #newRun(snapshot: Uint8Array | null): DecisionRun {
    const { clock, hub, controller, engineVersion } = this.#setup
    const settings = { ...controller.settings }
    return { id: randomUUID(), started_ms: clock.now_ms(), hub: plainHub(hub), settings, engineVersion, snapshot }
  }
}
