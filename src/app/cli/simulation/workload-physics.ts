import { type Language, say } from '../../../base/words/index.ts'
import type { Assumption } from '../../../study/report/index.ts'
import type { ReplayOptions, SimulationResult } from '../../../study/simulate/index.ts'

/** What a recording says nothing of and physics takes for given; named here so that physics is loaded only where it is asked for. */
export const workloadAssumptions = {
  highVoltageAbove_kW: 175,
  outlet_V: 400,
  maxCurrent_A: 600,
  ambient_degC: 20,
} as const

/** Cables and cabinets for the run of a recording, and what became of them. */
export interface WorkloadPhysics {
  readonly steered: Pick<ReplayOptions, 'governor' | 'devices'>
  readonly resultOf: (delivered_kWh: number) => Partial<SimulationResult>
}

/** Devices around the site controller, or below exact sharing where there is none. */
export async function physicsOfWorkload(
  outlets: { readonly outlets_kW: readonly number[] },
  governor: NonNullable<ReplayOptions['governor']> | null,
): Promise<WorkloadPhysics> {
  const { noSite, WorkloadDevices } = await import('../../../study/simulate/devices/index.ts')
  const devices = new WorkloadDevices(outlets, workloadAssumptions)
  let made: ReturnType<typeof devices.around> | null = null
  const around: NonNullable<ReplayOptions['devices']> = (hub) => {
    made = devices.around(governor ? governor(hub) : noSite, hub.profiles, hub.full_kW)
    return made
  }
  return {
    steered: governor ? { governor: around } : { devices: around },
    resultOf: (delivered_kWh) => (made ? devices.resultOf(made, delivered_kWh) : {}),
  }
}

/** What is assumed, in a line of the summary. */
export function assumedLine(language: Language): readonly [label: string, value: string] {
  return [say('simulate.assumed', {}, language), say('simulate.assumedOutlets', { ...workloadAssumptions }, language)]
}

/** The same for the report. */
export function workloadAssumed(language: Language): Assumption[] {
  const value = say('simulate.assumedOutlets', { ...workloadAssumptions }, language)
  return [{ label: { code: 'simulate.assumed', params: {} }, value, source: null, confidence: 'uncertain' }]
}
