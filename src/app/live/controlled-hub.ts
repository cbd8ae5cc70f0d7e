import { invariant } from '../../base/problems/index.ts'
import type { HubDescription, SitePolicyName } from '../../hub/controller/site/index.ts'
import type { CompiledHub, HubConnector } from '../../hub/plant/compile/index.ts'
import type { Site } from '../../hub/site/index.ts'
import type { ControlledPlace } from '../../live/operate/control/index.ts'
import { describeHub } from '../../study/simulate/control/index.ts'
import { siteStations } from './site-stations.ts'
import { vehicleCurves } from './vehicle-curves.ts'

/** Voltages taken where the file does not tell: the highest of the class, since amperes are worth most there. */
const HIGHEST_DC_V = 1000
const AC_V = 230
const AC_PHASES = 3

/** A hub as its controller has it, where each EVSE of that is in OCPP, and which of its curves is whose. */
export interface ControlledSite {
  readonly description: HubDescription
  readonly places: readonly ControlledPlace[]
  readonly curveOf: (vehicle: string) => number
}

/** The naive reference shares by ratings, which is nothing to command: whoever serves a site refuses it. */
function policyOf({ policy }: Site): SitePolicyName {
  invariant(policy !== 'equal-rating', 'the policy of a site that is run commands something')
  return policy
}

function electricsOf({ connector }: HubConnector, { catalogue }: Site): Omit<ControlledPlace, 'stationId' | 'evse'> {
  const isAc = catalogue.connectors.get(connector.connector)?.dc === false
  if (isAc) return { isAc, phases: AC_PHASES, voltage_V: AC_V }
  return { isAc, phases: 1, voltage_V: connector.maxVoltage_V ?? HIGHEST_DC_V }
}

/** Describes a hub to the site controller that is to run it: the same description a simulation gives it. */
export function controlledSite(hub: CompiledHub): ControlledSite {
  const { site, model, connectors, live } = hub
  const layout = { evseOf: connectors.map(({ evseNumber }) => evseNumber), live, kindOf: connectors.map(() => 0) }
  const { description } = describeHub(model, layout, { policy: policyOf(site), floor_kW: site.floor_kW })
  const { units, plugs } = siteStations(hub)
  const places = units.map(({ stationId, evse }, unit): ControlledPlace => {
    const mine = connectors.filter((_, place) => plugs[place]?.unit === unit).map((at) => electricsOf(at, site))
    const [first] = mine
    const voltage_V = Math.max(...mine.map((one) => one.voltage_V))
    return { stationId, evse, isAc: first?.isAc ?? false, phases: first?.phases ?? 1, voltage_V }
  })
  const { curves, curveOf } = vehicleCurves(site)
  return { description: { ...description, curves }, places, curveOf }
}
