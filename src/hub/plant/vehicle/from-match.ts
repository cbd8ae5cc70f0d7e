import { acceptance, type CurvePoints, type Limit, type MatchResult } from '../../standards/index.ts'
import type { Outlet } from '../../standards/schema/index.ts'
import type { Coupling } from './electrics.ts'
import type { SessionLimits, VoltageLimit } from './envelope.ts'
import type { PackParameters } from './parameters.ts'
import { CURVE_SOURCE, type VehicleAtPlace } from './vehicle-envelope.ts'

type Window = Pick<Outlet, 'minVoltage_V' | 'maxVoltage_V'>

function isCurrent(limit: Limit): limit is Limit & { readonly current_A: number } {
  return limit.current_A !== undefined
}

/** How post and pack meet: the strategy of a session below pack voltage decides, else directly. */
function couplingOf({ limits }: MatchResult, { maxVoltage_V }: Window): Coupling {
  const low = limits.find(({ source }) => source === 'vehicle.lowVoltage')
  if (low === undefined || maxVoltage_V === null) return { kind: 'direct' }
  if (low.params['strategy'] === 'bank_switch') return { kind: 'bankSwitch' }
  return { kind: 'converter', post_V: maxVoltage_V }
}

/**
 * The window of a post as limits. A pack whose voltage is that of a class only was judged by that class: nothing finer is
 * known of it. Behind a converter the post keeps to a voltage of its own.
 */
function windowOf({ minVoltage_V, maxVoltage_V }: Window, coupling: Coupling, pack: PackParameters) {
  const counts = pack.voltageTold && coupling.kind !== 'converter'
  const limit = (source: string, voltage_V: number | null): readonly VoltageLimit[] =>
    counts && voltage_V !== null ? [{ source, voltage_V }] : []
  return {
    ceilings: limit('charger.maxVoltage', maxVoltage_V),
    floors: limit('charger.minVoltage', minVoltage_V),
  }
}

function limitsOf(result: MatchResult, window: Window, coupling: Coupling, pack: PackParameters): SessionLimits {
  const others = result.limits.filter(({ source }) => source !== CURVE_SOURCE)
  return {
    powers: others.filter((limit) => !isCurrent(limit)),
    currents: others.filter(isCurrent),
    ...windowOf(window, coupling, pack),
  }
}

/** What the warm vehicle takes at its best post, from 0 to 1. */
function ownCurve(result: MatchResult): CurvePoints {
  return acceptance(result).alone.flatMap(({ from_frac, to_frac, from_kW, to_kW }) => [
    [from_frac, from_kW] as const,
    [to_frac, to_kW] as const,
  ])
}

/**
 * A vehicle at the plug of a post as physics, from the answer of `match` (which fits) and the voltages of the outlet: limits in
 * amperes follow the voltage of the pack instead of standing at its nominal one. Null where nothing is known of what the
 * vehicle takes.
 */
export function vehicleAtPlug(result: MatchResult, pack: PackParameters, window: Window): VehicleAtPlace | null {
  const own = ownCurve(result)
  if (!result.fits || own.length === 0) return null
  const coupling = couplingOf(result, window)
  const limits = limitsOf(result, window, coupling, pack)
  return { pack, coupling, own, curve: result.curve, limits, guns: result.guns }
}
