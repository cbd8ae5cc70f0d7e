import { Cable, Ladder } from '../../../hub/plant/cable/index.ts'
import {
  type ActiveFault,
  type CableTruth,
  type Sensors,
  sensorsUnder,
  shift_K,
  soundCable,
  soundSensors,
  truthOf,
  worn,
} from '../../../hub/plant/device/index.ts'
import type { CableCondition } from '../devices/cable-device.ts'

/** Faults of one plug, and which of them have been told. */
export interface PlugState {
  readonly active: readonly ActiveFault[]
  readonly told: ReadonlySet<ActiveFault>
}

/** Builds what is true of cables and what is seen of them; cables worn alike are made once. */
export class Conditions {
  readonly #worn = new Map<Cable, Map<string, Cable>>()

  /** What sensors show: a thermometer that was found out is not gone by any more, the second one is. */
  sensors({ active, told }: PlugState): Sensors {
    const { flow } = sensorsUnder(active)
    return { flow, thermometer: sensorsUnder(active.filter((fault) => !told.has(fault))).thermometer }
  }

  /** null: nothing is wrong. */
  of(sound: Cable, state: PlugState, now_s: number): CableCondition | null {
    if (state.active.length === 0) return null
    const truth = truthOf(state.active, now_s)
    const { thermometer } = this.sensors(state)
    if (isSound(truth) && thermometer === soundSensors.thermometer) return null
    const cable = this.#wornCable(sound, truth)
    return {
      cable,
      flow_frac: truth.flow_frac,
      fanOn: truth.fanOn,
      ladder: new Ladder(cable, 'sensor', shift_K(thermometer)),
      isModelled: truth.contact !== 1,
    }
  }

  #wornCable(sound: Cable, truth: CableTruth): Cable {
    const { contact, metal_frac } = truth
    if (contact === 1 && metal_frac === 1) return sound
    const known = this.#worn.get(sound) ?? new Map<string, Cable>()
    this.#worn.set(sound, known)
    const key = `${contact}/${metal_frac}`
    const made = known.get(key) ?? new Cable(worn(sound.parameters, truth))
    known.set(key, made)
    return made
  }
}

function isSound({ flow_frac, fanOn, contact, metal_frac }: CableTruth): boolean {
  return (
    flow_frac === soundCable.flow_frac &&
    fanOn === soundCable.fanOn &&
    contact === soundCable.contact &&
    metal_frac === soundCable.metal_frac
  )
}
