import { invariant } from '../../../base/problems/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import { type DispenserParameters, dispenserOf, type Talk } from '../../../hub/plant/device/index.ts'
import { outputProtection } from '../../../hub/plant/parts/index.ts'
import type { CableAtPlace } from '../devices/cable-device.ts'
import type { SoundFault } from './check.ts'
import type { FaultPlan, ScheduledFault } from './schedule.ts'

/** Voltage of a plug that states none: the highest of usual posts. */
const USUAL_V = 1000

function talkOf(connector: string): Talk {
  if (/gbt|chaoji/.test(connector)) return 'gbt'
  return connector.startsWith('chademo') ? 'chademo' : 'ccs'
}

/** What the dispensers of a hub declare for the hottest air, by place; made where a fault asks for it. */
export function dispensersOf(
  { connectors, site }: CompiledHub,
  cables: readonly CableAtPlace[],
  hottest_degC = site.ambient_degC,
): (place: number) => DispenserParameters {
  const made = new Map<number, DispenserParameters>()
  const insulation = outputProtection(null, site.catalogue).parameters.insulationMonitor
  return (place) => {
    const known = made.get(place)
    if (known) return known
    const plug = connectors[place]?.connector
    const cable = cables[place]?.cable
    invariant(plug && cable, `no plug at place ${place}`)
    const talk = talkOf(plug.connector)
    const dispenser = dispenserOf({
      cable,
      ambient_degC: hottest_degC,
      most_A: plug.maxCurrent_A,
      most_V: plug.maxVoltage_V ?? USUAL_V,
      talk,
      insulation,
      rule: talk === 'gbt' ? 'gbt2015' : 'iec2023',
    })
    made.set(place, dispenser)
    return dispenser
  }
}

interface PartsOfHub {
  readonly cables: readonly CableAtPlace[]
  readonly cabinets: readonly { readonly id: string }[]
  readonly hottest_degC: number
}

/** Faults of a run against the places and cabinets of its hub. */
export function faultPlan(
  faults: readonly SoundFault[],
  hub: CompiledHub,
  { cables, cabinets, hottest_degC }: PartsOfHub,
): FaultPlan {
  const placeOf = new Map(hub.connectors.map(({ connector }, place) => [connector.id, place]))
  const scheduled = faults.map((fault): ScheduledFault => {
    const { mode, part, at_s, lasts_s, severity_frac, modules } = fault
    return {
      ...{ mode, part, at_s, severity_frac },
      ends_s: at_s + (lasts_s ?? Number.POSITIVE_INFINITY),
      places: fault.connectors.flatMap((id) => placeOf.get(id) ?? []),
      cabinet: cabinets.findIndex(({ id }) => id === fault.cabinet),
      modules: fault.cabinet === null ? [] : Array.from({ length: modules ?? 1 }, (_, module) => module),
    }
  })
  return { faults: scheduled, dispenser: dispensersOf(hub, cables, hottest_degC) }
}
