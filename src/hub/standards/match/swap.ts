import type { Coded } from '../../../base/words/index.ts'
import type { SwapStation, Vehicle } from '../schema/index.ts'
import { confidenceOf, weakest } from './confidence.ts'
import type { MatchFacts } from './facts.ts'
import { DEFAULT_AMBIENT_degC, dateOf } from './question.ts'
import type { MatchRequest, MatchResult, Obstacle } from './result.ts'

function interfaceObstacle(vehicle: Vehicle, station: SwapStation): Obstacle[] {
  const own = vehicle.swapInterface
  const served = [station.interface, ...station.alsoInterfaces]
  if (own !== null && served.includes(own)) return []
  const remedy: Coded =
    own === null ? { code: 'remedy.plugIn', params: {} } : { code: 'remedy.swapStation', params: { interface: own } }
  return [{ code: 'swap.interface', params: { vehicle: own ?? '-', station: served }, remedy }]
}

function networkObstacle(vehicle: Vehicle, station: SwapStation, request: MatchRequest, date: string): Obstacle[] {
  const brands = station.networkBrands
  const admitted = [vehicle.make, ...(request.memberships ?? [])]
  if (brands.length === 0 || admitted.some((name) => brands.includes(name))) return []
  const params = { make: vehicle.make, post: station.id, date }
  return [{ code: 'access.network', params, remedy: { code: 'remedy.otherNetwork', params: { brands } } }]
}

/** A swap is an equality of interfaces inside one network; no power is computed. */
export function matchSwap(request: MatchRequest, station: SwapStation, facts: MatchFacts): MatchResult {
  const { vehicle } = request
  const date = dateOf(request, facts)
  const obstacles = [...interfaceObstacle(vehicle, station), ...networkObstacle(vehicle, station, request, date)]
  const fits = obstacles.length === 0
  return {
    vehicle: vehicle.id,
    post: station.id,
    kind: 'swap',
    fits,
    verdict: fits ? 'yes' : 'no',
    through: [],
    protocol: null,
    power_kW: fits ? null : 0,
    limits: obstacles.map(({ code, params }) => ({ source: code, power_kW: 0, params })),
    obstacles,
    minutes10to80: null,
    confidence: weakest([confidenceOf(vehicle, 'swapInterface'), confidenceOf(station, 'interface')]),
    minutesConfidence: null,
    connector: null,
    inlet: null,
    evse: null,
    guns: 0,
    market: null,
    options: [],
    date,
    ambient_degC: request.ambient_degC ?? DEFAULT_AMBIENT_degC,
    soc_frac: null,
    own: { maxPower_kW: null, curve: null },
    curve: null,
    warnings: [],
    sources: [...new Set([...vehicle.sources, ...station.sources])],
  }
}
