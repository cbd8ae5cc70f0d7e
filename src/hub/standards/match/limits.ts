import type { Parameters } from '../../../base/words/index.ts'
import type { Adapter, Charger, Inlet } from '../schema/index.ts'
import { powerAt_kW, scaleShape } from './curve.ts'
import type { MatchFacts, PreparedOutlet, PreparedPost, PreparedVehicle } from './facts.ts'
import type { CurvePoints, Limit } from './result.ts'
import type { Session } from './session.ts'
import { type LimitSource, rankOf } from './sources.ts'

/** From this ambient temperature on an adapter without thermal approval is planned with its hot-climate current. */
export const HOT_AMBIENT_degC = 35

/** Everything the limits of one way into the vehicle depend on. */
export interface Path {
  readonly facts: MatchFacts
  readonly vehicle: PreparedVehicle
  readonly post: PreparedPost
  readonly outlet: PreparedOutlet
  readonly inlet: Inlet
  readonly chain: readonly Adapter[]
  readonly session: Session
  readonly ambient_degC: number
  readonly hottest_degC: number
  readonly soc_frac: number | null
  /** Cap the vehicle's maker reports for this network; null: none applies. */
  readonly networkCap_kW: number | null
}

// In hot object literals a spread stands last: engines add properties to a spread copy slowly (measured: half the speed).
function power(source: LimitSource, power_kW: number | null, params: Parameters = {}): Limit[] {
  return power_kW === null ? [] : [{ source, power_kW, params: { power_kW, ...params } }]
}

function current(source: LimitSource, current_A: number | null, session: Session, params: Parameters = {}): Limit[] {
  const { voltage_V } = session
  if (current_A === null || voltage_V === null) return []
  const power_kW = (current_A * voltage_V) / 1000
  return [{ source, power_kW, current_A, voltage_V, params: { power_kW, current_A, voltage_V, ...params } }]
}

/** Smaller of two values of which either may be unknown. */
function lower(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** Guns that charge the vehicle together: what it has inlets for and the post brings. */
export function gunsOf(path: Pick<Path, 'inlet' | 'outlet'>): number {
  return Math.min(path.inlet.usedTogether, path.outlet.gunsPerVehicle)
}

/** Share of rated power at an ambient temperature: full below the first row, the last row holds above. */
export function derating_frac(rows: Charger['cabinet']['derating'], ambient_degC: number): number {
  const above = rows.findIndex((row) => row.ambient_degC >= ambient_degC)
  const right = above < 0 ? rows.at(-1) : rows[above]
  const left = rows[above - 1]
  if (!right || (above === 0 && right.ambient_degC > ambient_degC)) return 1
  if (above <= 0 || !left) return right.power_frac
  const share = (ambient_degC - left.ambient_degC) / (right.ambient_degC - left.ambient_degC)
  return left.power_frac + share * (right.power_frac - left.power_frac)
}

/**
 * More current than a coupler's standard names is the maker's own affair: it flows where the vehicle states such a
 * current, or where post and vehicle are of one maker.
 */
function mayExceed(standard_A: number, { vehicle, post }: Pick<Path, 'vehicle' | 'post'>): boolean {
  const { make, maxCurrent_A } = vehicle.record
  return make === post.record.manufacturer || (maxCurrent_A !== null && maxCurrent_A > standard_A)
}

function outletCurrent_A(path: Path): number | null {
  const { standardCurrent_A, maxCurrent_A } = path.outlet.record
  if (standardCurrent_A === null || mayExceed(standardCurrent_A, path)) return maxCurrent_A
  return lower(standardCurrent_A, maxCurrent_A)
}

function inletCurrent_A(path: Path): number | null {
  const stated_A = path.vehicle.record.maxCurrent_A
  const coupler_A = ceiling_A(path.facts, path.inlet.connector)
  if (stated_A !== null || coupler_A === null || mayExceed(coupler_A, path)) return stated_A
  return coupler_A * gunsOf(path)
}

function chargerLimits(path: Path): Limit[] {
  const { outlet, session } = path
  const guns = gunsOf(path)
  const { record, connector } = outlet
  const current_A = outletCurrent_A(path)
  const maxPower_kW = record.maxPower_kW === null ? null : record.maxPower_kW * guns
  const cabinet = path.post.record.cabinet
  const rated_kW = lower(cabinet.power_kW, cabinet.power_kW === null ? maxPower_kW : null)
  const share_frac = derating_frac(cabinet.derating, path.ambient_degC)
  const ceiling_A = record.maxCurrent_A === null ? connector.current.ceiling_A : null
  return [
    ...current('charger.maxCurrent', current_A === null ? null : current_A * guns, session, { guns }),
    ...power('charger.maxPower', maxPower_kW, { guns }),
    ...power('charger.derating', rated_kW !== null && share_frac < 1 ? rated_kW * share_frac : null, {
      ambient_degC: path.ambient_degC,
      share_frac,
    }),
    ...power('cabinet.share', cabinet.power_kW),
    ...current('cable.maxCurrent', ceiling_A === null ? null : ceiling_A * guns, session, { connector: connector.id }),
  ]
}

function ceiling_A(facts: MatchFacts, connector: string): number | null {
  return facts.catalogue.connectors.get(connector)?.current.ceiling_A ?? null
}

/** Ratings of an adapter; one without a rated current stands what the standards of its two couplers name. */
function adapterLimits(adapter: Adapter, path: Path): Limit[] {
  const { facts, session } = path
  const params = { adapter: adapter.id }
  const couplers_A = lower(ceiling_A(facts, adapter.plug), ceiling_A(facts, adapter.inlet))
  const hot_A = path.hottest_degC >= HOT_AMBIENT_degC ? adapter.hotClimateCurrent_A : null
  return [
    ...current('adapter.maxCurrent', adapter.maxCurrent_A ?? couplers_A, session, params),
    ...power('adapter.maxPower', adapter.maxPower_kW, params),
    ...current('adapter.temperature', hot_A, session, { ...params, ambient_degC: path.hottest_degC }),
  ]
}

/** What the inlet takes; where that was not found, what the vehicle takes at its best bounds it. */
export function inletPower_kW(inlet: Inlet, vehicle: PreparedVehicle): number | null {
  return inlet.maxPower_kW ?? vehicle.record.maxPower_kW
}

/** The vehicle's curve in kW; a class shape needs the peak to mean anything. */
export function curveOf(vehicle: PreparedVehicle, peak_kW: number | null): CurvePoints | null {
  if (vehicle.curve === null) return null
  if (!vehicle.curve.ofPeak) return vehicle.curve.points
  return peak_kW === null ? null : scaleShape(vehicle.curve.points, peak_kW, 1)
}

/** Peak of the curve, or its value at the state of charge asked for. */
function curvePower_kW(path: Path, peak_kW: number | null): number | null {
  const { vehicle, soc_frac } = path
  if (vehicle.curve === null || (vehicle.curve.ofPeak && peak_kW === null)) return null
  const { points, ofPeak, highest_kW } = vehicle.curve
  const value = soc_frac === null ? highest_kW : powerAt_kW(points, soc_frac)
  return ofPeak ? value * (peak_kW ?? 0) : value
}

function vehicleLimits(path: Path): Limit[] {
  const { vehicle, inlet, session } = path
  const stated = vehicle.record.maxCurrent_A !== null
  const peak_kW = inletPower_kW(inlet, vehicle)
  return [
    ...current('vehicle.maxCurrent', inletCurrent_A(path), session, { stated, inlet: inlet.connector }),
    ...power('vehicle.maxPower', peak_kW),
    ...power('vehicle.chargeCurve', curvePower_kW(path, peak_kW), { soc_frac: path.soc_frac }),
  ]
}

/** Tightest power of a list; null for an empty one. */
export function tightest_kW(limits: readonly Limit[]): number | null {
  return limits.reduce<number | null>((least, limit) => lower(least, limit.power_kW), null)
}

/**
 * Below pack voltage: the published power; where none was found the vehicle takes at most what everything else
 * allows, which the parameter `known` tells.
 */
function lowVoltageLimit(session: Session, others: readonly Limit[]): Limit[] {
  if (session.low === null) return []
  const { power_kW, atMost_kW, strategy } = session.low
  const known = power_kW !== null
  return power('vehicle.lowVoltage', known ? power_kW : lower(atMost_kW, tightest_kW(others)), { known, strategy })
}

/** Tightest first; equal ones in the order of the list of sources. */
export function byTightness(a: Limit, b: Limit): number {
  return a.power_kW - b.power_kW || rankOf(a.source) - rankOf(b.source)
}

/** Every limit of one way into the vehicle, unsorted. */
export function limitsOf(path: Path): Limit[] {
  const limits = [
    ...power('access.network', path.networkCap_kW),
    ...chargerLimits(path),
    ...path.chain.flatMap((adapter) => adapterLimits(adapter, path)),
    ...vehicleLimits(path),
  ]
  return [...limits, ...lowVoltageLimit(path.session, limits)]
}
