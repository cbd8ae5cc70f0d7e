import { invariant } from '../../../base/problems/index.ts'
import { type FleetMatch, RandomStream } from '../../../hub/demand/index.ts'
import type { Air } from '../../../hub/plant/air/index.ts'
import { CabinetAllocator, CabinetLossMeter } from '../../../hub/plant/cabinet/index.ts'
import { Cable } from '../../../hub/plant/cable/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import type { ProfileTable } from '../../../hub/plant/index.ts'
import { cabinetOfSite, cableOfPlug } from '../../../hub/plant/parts/index.ts'
import { type ArrivalHeat, DRIVEN_K, usualPreconditioning } from '../../../hub/plant/vehicle/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import type { SoundFault } from '../faults/check.ts'
import { faultPlan } from '../faults/plan.ts'
import type { Governor } from '../governor.ts'
import type { CabinetOfHub } from './cabinet-device.ts'
import type { CableAtPlace } from './cable-device.ts'
import { DeviceGovernor } from './device-governor.ts'
import { packKinds } from './pack-device.ts'
import { plugPhysics } from './plug-physics.ts'
import { setUpTimes } from './set-up-device.ts'

/** Booked while a cable is too warm for the current asked for. */
const CABLE_SOURCE = 'cable.temperature'
/** Booked while the cabinet has not (yet) the modules for what is asked for. */
const CABINET_SOURCE = 'cabinet.share'

/** Booked from the plug to the first current. */
const SET_UP_SOURCE = 'protocol.setUp'

/** Booked while a fault keeps a plug from giving what is asked for. */
const FAULT_SOURCE = 'device.fault'

/** Equal plugs have the same kind of cable: it is built once. Cables of one EVSE can charge a vehicle together. */
export function cablesOf({ connectors, site }: CompiledHub): CableAtPlace[] {
  const known = new Map<unknown, CableAtPlace>()
  return connectors.map(({ connector, evseNumber: evse }) => {
    const { cable, cooling, maxCurrent_A, maxVoltage_V, maxPower_kW } = connector
    const place = { connector: connector.connector, cable, cooling, maxCurrent_A, maxVoltage_V, maxPower_kW }
    const key = JSON.stringify(place)
    const made = known.get(key)
    if (made) return { ...made, evse }
    const { id, parameters, confidence } = cableOfPlug(place, site.catalogue)
    const found = { cable: new Cable(parameters), id, confidence, evse }
    known.set(key, found)
    return found
  })
}

/** Cabinets of the hub with their outputs; EVSEs by their number on the site. */
export function cabinetsOf({ connectors, site }: CompiledHub): CabinetOfHub[] {
  return site.cabinets.flatMap((cabinet) => {
    const { parameters, confidence, evses, obstacles } = cabinetOfSite(site, cabinet)
    if (parameters.outputs.length === 0) return []
    invariant(obstacles.length === 0, 'deviceProblems found nothing')
    const numbers = new Map(connectors.map(({ evse, evseNumber }) => [evse.id, evseNumber]))
    const evseOfOutput = evses.map(({ id }) => numbers.get(id) ?? -1)
    const evseOfPlace = connectors.map(({ evseNumber }) => (evseOfOutput.includes(evseNumber) ? evseNumber : -1))
    const [allocator, meter] = [new CabinetAllocator(parameters), new CabinetLossMeter(parameters)]
    return [{ id: cabinet.id, confidence, parameters, allocator, meter, evseOfOutput, evseOfPlace }]
  })
}

/** In such air; drivers who warm the pack on the way are as many as the site file says. */
function arrivalAt({ demand }: Site, ambient_degC: number): ArrivalHeat {
  const share_frac = demand?.preconditioned_frac ?? 0
  return {
    ...{ ambient_degC, driven_K: DRIVEN_K },
    preconditioning: share_frac > 0 ? { share_frac, ...usualPreconditioning } : null,
  }
}

/** Enters the limit sources of devices; before the run is made. */
export function deviceSources(profiles: ProfileTable, canFail: boolean) {
  for (const source of [CABLE_SOURCE, CABINET_SOURCE, SET_UP_SOURCE]) profiles.sourceIndex(source)
  if (canFail) profiles.sourceIndex(FAULT_SOURCE)
  return {
    ...{ cableSource: CABLE_SOURCE, cabinetSource: CABINET_SOURCE, faultSource: FAULT_SOURCE },
    setUpSource: SET_UP_SOURCE,
  }
}

/** What goes with the devices of a hub. */
interface Around {
  readonly site: Governor
  readonly air: Air
  readonly faults: readonly SoundFault[]
  readonly seed: number
}

/** The devices of a hub around its site controller. Before the run is made: limit sources are entered here. */
export function siteDevices(
  hub: CompiledHub,
  fleet: readonly FleetMatch[],
  profiles: ProfileTable,
  { site, air, faults, seed }: Around,
): DeviceGovernor {
  const { setUpSource, ...sources } = deviceSources(profiles, faults.length > 0)
  const [cables, cabinets] = [cablesOf(hub), cabinetsOf(hub)]
  const arrival = arrivalAt(hub.site, air.lowest_degC)
  const kinds = packKinds(hub, fleet, profiles, arrival)
  return new DeviceGovernor({
    site,
    cables,
    cabinets,
    plan: faults.length > 0 ? faultPlan(faults, hub, { cables, cabinets, hottest_degC: air.highest_degC }) : null,
    plugs: plugPhysics(hub, fleet, kinds),
    air,
    ...sources,
    packs: { kinds, arrival, chance: new RandomStream(seed, 'pack') },
    setUp: { times: setUpTimes(hub, fleet), chance: new RandomStream(seed, 'set-up'), source: setUpSource },
  })
}
