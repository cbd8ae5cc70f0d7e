import type { Reading } from './notes.ts'
import type { StationHabits } from './setup.ts'
import { blankSample, type World } from './world.ts'

export interface MeterSetup {
  readonly world: World
  readonly habits: StationHabits
  readonly shows: (measurand: string) => boolean
  readonly measured: (evse: number, voltage_V: number) => void
  readonly allowed_kW: (evse: number) => number
}

function rounded(value: number, step: number): number {
  return step > 0 ? Number((Math.round(value / step) * step).toFixed(6)) : value
}

/** Reads what is at the plugs, and shows it as coarsely as a meter does. */
export class Meter {
  readonly #setup: MeterSetup
  readonly #sample = blankSample()

  constructor(setup: MeterSetup) {
    this.#setup = setup
  }

  allowed_kW(evse: number): number {
    return this.#setup.allowed_kW(evse)
  }

  read(evse: number, at_ms: number): Reading {
    const { world, habits, shows, measured } = this.#setup
    const sample = this.#sample
    world.sample(evse, sample)
    measured(evse, sample.voltage_V)
    const known = (name: string, value: number, step: number): number | null =>
      Number.isNaN(value) || !shows(name) ? null : rounded(value, step)
    return {
      at_ms,
      power_W: rounded(sample.power_kW * 1000, habits.round_W),
      energy_Wh: rounded(sample.energy_kWhTotal * 1000, 1),
      current_A: known('Current.Import', sample.current_A, habits.round_A),
      voltage_V: known('Voltage', sample.voltage_V, 1),
      soc_frac: known('SoC', sample.soc_frac, habits.round_soc_frac),
      cable_degC: known('Temperature', sample.cable_degC, 1),
      offered_W: known('Power.Offered', sample.offered_kW * 1000, habits.round_W),
    }
  }
}
