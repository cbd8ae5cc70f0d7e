import type { CurvePoints } from '../curve.ts'
import type { PlaceLimit, ProfileInput } from '../profile.ts'
import { ACCEPTANCE_STEPS, Acceptance } from './acceptance.ts'
import { type Coupling, type Electrics, packElectrics, plugElectrics } from './electrics.ts'
import { ceilingLine, placeLimits, type SessionLimits } from './envelope.ts'
import type { PackParameters } from './parameters.ts'

export const CURVE_SOURCE = 'vehicle.chargeCurve'
export const VOLTAGE_SOURCE = 'vehicle.maxVoltage'
export const TEMPERATURE_SOURCE = 'vehicle.temperature'

/** One kind of vehicle at one kind of place. */
export interface VehicleAtPlace {
  readonly pack: PackParameters
  readonly coupling: Coupling
  /** What the warm vehicle takes at its best post, at the plug. */
  readonly own: CurvePoints
  /** What it takes over this inlet; null: the same. */
  readonly curve: CurvePoints | null
  readonly limits: SessionLimits
  /** Plugs it is charged over at once; they share the current evenly. */
  readonly guns: number
}

/**
 * What may flow into one kind of vehicle at one kind of place, as the engine takes it: for every step of acceptance a
 * profile whose lower envelope names its source piece by piece.
 */
export class VehicleEnvelope {
  /** What cable and cabinet see. */
  readonly plug: Electrics
  /** The pack itself: what heats it. */
  readonly pack: Electrics
  readonly guns: number
  readonly #acceptance: Acceptance
  readonly #vehicle: VehicleAtPlace

  constructor(vehicle: VehicleAtPlace) {
    this.plug = plugElectrics(vehicle.pack, vehicle.coupling)
    this.pack = packElectrics(vehicle.pack)
    this.guns = vehicle.guns
    this.#acceptance = new Acceptance(vehicle.pack)
    this.#vehicle = vehicle
  }

  /** Profile of the warm vehicle. */
  warm(): ProfileInput {
    return this.scaled(ACCEPTANCE_STEPS)
  }

  /**
   * Profile at a step of acceptance (`Acceptance.level`, 1 to `ACCEPTANCE_STEPS`). What the vehicle could take stays that of the
   * warm one: what is missing for temperature is held back by `vehicle.temperature`. The curve is off by at most half a step
   * (1/128 of the warm curve); current limits are taken with the lowest resistance that goes with the step and voltage limits
   * with the highest, so that neither is passed at any temperature with this acceptance.
   */
  scaled(level: number): ProfileInput {
    const { own, curve, limits, pack } = this.#vehicle
    const resistances = this.#acceptance.resistances(level)
    const share = level / ACCEPTANCE_STEPS
    const here = curve ?? own
    const cold = here.map(([soc_frac, power_kW]) => [soc_frac, power_kW * share] as const)
    const full = ceilingLine(this.pack, pack.max_V, resistances.high_ohm)
    const vehicleLimits: PlaceLimit[] = [
      ...(share < 1 ? [{ source: TEMPERATURE_SOURCE, limit: cold }] : []),
      ...(curve === null ? [] : [{ source: CURVE_SOURCE, limit: curve }]),
      ...(full === null ? [] : [{ source: VOLTAGE_SOURCE, limit: full }]),
    ]
    return {
      curve: own,
      source: CURVE_SOURCE,
      limits: [...vehicleLimits, ...placeLimits(limits, this.plug, resistances)],
    }
  }
}
