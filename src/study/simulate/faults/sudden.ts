import { faultMode } from '../../../hub/plant/device/index.ts'
import { cableOfPlug } from '../../../hub/plant/parts/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import type { SoundFault } from './check.ts'

/** Ways for a plug to fail that can be let happen in a living hub: with the first two it goes on with less, the others end the session. */
export const suddenModes = ['sensor-open', 'fan', 'pump', 'emergency-stop'] as const
export type SuddenMode = (typeof suddenModes)[number]

/** Faults that begin when somebody lets them, at every plug that can have them. */
export function suddenFaults({ stations, catalogue }: Site): SoundFault[] {
  const plugs = stations.flatMap(({ evses }) => evses.flatMap(({ connectors }) => connectors))
  return plugs.flatMap((plug) => {
    const isCooled = cableOfPlug(plug, catalogue).parameters.cooling !== null
    const modes = suddenModes.filter((mode) => isCooled || faultMode(mode).cooledOnly !== true)
    return modes.map((mode) => ({
      ...{ mode, part: plug.id, at_s: Number.POSITIVE_INFINITY, lasts_s: null, severity_frac: 1, modules: null },
      ...{ connectors: [plug.id], cabinet: null },
    }))
  })
}
