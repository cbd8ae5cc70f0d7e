import { invariant } from '../../../base/problems/index.ts'
import { RandomStream } from '../../../hub/demand/index.ts'
import { Air } from '../../../hub/plant/air/index.ts'
import { compileHub } from '../../../hub/plant/compile/index.ts'
import type { ProfileTable } from '../../../hub/plant/index.ts'
import { classElectrics, DRIVEN_K } from '../../../hub/plant/vehicle/index.ts'
import { loadSite, type Site } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import type { Governor } from '../governor.ts'
import type { SimulationResult } from '../result.ts'
import { DeviceGovernor } from './device-governor.ts'
import { PlugPhysics } from './plug-physics.ts'
import { cabinetsOf, cablesOf, deviceSources } from './site-devices.ts'

/** What a recording says nothing of and physics has to know. */
export interface WorkloadAssumptions {
  /** Vehicles that take more than this have packs of the 800 V class, the others of the 400 V class. */
  readonly highVoltageAbove_kW: number
  /** Outlets give their power at this voltage, up to this current, through a cable sold for it; cooled above 250 A. */
  readonly outlet_V: number
  readonly maxCurrent_A: number
  readonly ambient_degC: number
}

/** A recording as far as its devices go. */
export interface RecordedOutlets {
  readonly outlets_kW: readonly number[]
}

/** A site file for the outlets: each a post of its own, with as many modules of a usual size as its power takes. */
function siteOf({ outlets_kW }: RecordedOutlets, { outlet_V, maxCurrent_A, ambient_degC }: WorkloadAssumptions): Site {
  const file = {
    ...{ version: 1, name: 'recording', timezone: 'UTC', currency: 'EUR', ambient_degC },
    location: { latitude_deg: 0, longitude_deg: 0, country: 'DE' },
    grid: { import_kW: outlets_kW.reduce((sum, power_kW) => sum + power_kW, 0) },
    cabinets: outlets_kW.map((power_kW, at) => ({ id: `cabinet-${at}`, power_kW })),
    stations: outlets_kW.map((power_kW, at) => {
      const current_A = Math.min(maxCurrent_A, (power_kW * 1000) / outlet_V)
      const window = { minVoltage_V: 150, maxVoltage_V: 1000, maxCurrent_A: current_A, maxPower_kW: power_kW }
      return { id: `post-${at}`, cabinet: `cabinet-${at}`, evses: [{ connectors: [{ connector: 'ccs2', ...window }] }] }
    }),
  }
  const checked = loadSite(JSON.stringify(file), 'recording', builtInCatalogue())
  invariant(checked.ok, `outlets as a site: ${JSON.stringify(checked)}`)
  return checked.value
}

/** Devices for the runs of one recording; cables and cabinets are compiled once. */
export class WorkloadDevices {
  readonly #assumed: WorkloadAssumptions
  readonly #hub: ReturnType<typeof compileHub>
  readonly #cables: ReturnType<typeof cablesOf>
  readonly #cabinets: ReturnType<typeof cabinetsOf>

  constructor(outlets: RecordedOutlets, assumed: WorkloadAssumptions) {
    this.#assumed = assumed
    this.#hub = compileHub(siteOf(outlets, assumed))
    this.#cables = cablesOf(this.#hub)
    this.#cabinets = cabinetsOf(this.#hub)
  }

  /** Devices around a site controller, or `noSite`. `full_kW`: what the battery of each profile takes at most. */
  around(site: Governor, profiles: ProfileTable, full_kW: readonly number[]): DeviceGovernor {
    const plug = (class_V: 400 | 800) => ({ ...classElectrics(class_V), guns: 1 })
    const classes = { 400: plug(400), 800: plug(800) }
    const { highVoltageAbove_kW, ambient_degC } = this.#assumed
    const plugs = full_kW.map((power_kW, profile) => {
      return [profile, classes[power_kW > highVoltageAbove_kW ? 800 : 400]] as const
    })
    const { setUpSource, ...sources } = deviceSources(profiles, false)
    return new DeviceGovernor({
      ...{ site, cables: this.#cables, cabinets: this.#cabinets, plan: null, air: Air.constant(ambient_degC) },
      ...sources,
      plugs: new PlugPhysics(new Map(plugs)),
      packs: {
        kinds: new Map(),
        arrival: { ambient_degC, driven_K: DRIVEN_K, preconditioning: null },
        chance: new RandomStream(1, 'pack'),
      },
      setUp: { times: new Map(), chance: new RandomStream(1, 'set-up'), source: setUpSource },
    })
  }

  /** What became of the devices of a run that is over. */
  resultOf(
    devices: DeviceGovernor,
    delivered_kWh: number,
  ): Pick<SimulationResult, 'energyIn_kWh' | 'losses_kWh' | 'cables' | 'cabinets'> {
    const [cables, cabinets] = [devices.cables(), devices.cabinets()]
    const losses_kWh = [...cables, ...cabinets].reduce((sum, { loss_kWh }) => sum + loss_kWh, 0)
    return {
      energyIn_kWh: delivered_kWh + losses_kWh,
      losses_kWh,
      cables: Object.fromEntries(cables.map((cable, at) => [`outlet-${at}`, cable])),
      cabinets: Object.fromEntries(cabinets.map((cabinet, at) => [`outlet-${at}`, cabinet])),
    }
  }
}
