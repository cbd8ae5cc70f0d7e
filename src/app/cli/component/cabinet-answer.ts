import type { Coded } from '../../../base/words/index.ts'
import {
  allocationPolicies,
  CabinetAllocator,
  type CabinetGrants,
  type CabinetLosses,
  CabinetLossMeter,
  type CabinetParameters,
  type CabinetRequests,
  createGrants,
  createRequests,
  deratedShare,
  type FeasibleSet,
  FeasibleSets,
  type SharingReason,
  sharingReasons,
} from '../../../hub/plant/cabinet/index.ts'
import type { Compiled } from '../../../hub/plant/parts/index.ts'
import type { CabinetQuestion } from './cabinet-input.ts'
import type { CabinetFound } from './find-cabinet.ts'

/** Cabinets come to rest within a few moves; more looks than this would be a fault of ours. */
const MAX_LOOKS = 50

export interface OutputAnswer {
  /** Counts from 1. */
  readonly output: number
  readonly voltage_V: number
  readonly asked_kW: number
  readonly priority: number
  readonly power_kW: number
  /** Modules that work for it, from 1; halves as `3a`, `3b`. */
  readonly modules: readonly string[]
  readonly boundBy: SharingReason
}

/** Who gets which modules of a cabinet, and why. */
export interface CabinetAnswer {
  readonly id: string
  readonly name: string
  readonly policy: string | null
  readonly ambient_degC: number
  readonly altitude_m: number
  readonly failed: number
  readonly modules: number
  /** Rated power of one; null: they differ. */
  readonly module_kW: number | null
  readonly matrix: CabinetParameters['matrix']['kind']
  readonly outlets: number
  /** What all modules give in these surroundings; the cabinet as a whole may give less. */
  readonly available_kW: number
  readonly outputs: readonly OutputAnswer[]
  /** Modules nobody needs. */
  readonly idle: readonly string[]
  readonly power_kW: number
  readonly losses: CabinetLosses
  /** Of modules, bus, fans and standby together; null: nothing flows. */
  readonly efficiency_frac: number | null
  readonly method: CabinetGrants['method']
  readonly isProven: boolean
  readonly feasible: FeasibleSet
  readonly rule: Coded | null
  readonly confidence: Compiled<unknown>['confidence']
  readonly assumed: readonly string[]
  readonly sources: readonly string[]
}

function requestsOf(cabinet: CabinetParameters, question: CabinetQuestion): CabinetRequests {
  const faced = createRequests(cabinet)
  faced.ambient_degC = question.ambient_degC
  faced.altitude_m = question.altitude_m
  faced.health_frac.fill(0, 0, question.failed)
  for (const [order, { output, power_kW, priority, voltage_V }] of question.cars.entries()) {
    faced.demand_kW[output] = power_kW
    faced.voltage_V[output] = voltage_V
    faced.priority[output] = priority
    faced.arrived_s[output] = order
    // Nobody is known to leave or to need more than another: what is asked for stands for both.
    faced.remaining_kWh[output] = power_kW
  }
  return faced
}

/** Shares until nothing moves any more. */
function settled(cabinet: CabinetParameters, faced: CabinetRequests): CabinetGrants {
  const allocator = new CabinetAllocator(cabinet)
  const state = new Float64Array(allocator.stateLength)
  const granted = createGrants(cabinet)
  allocator.start(state, 0)
  for (let look = 0; look < MAX_LOOKS && Number.isFinite(faced.now_s); look++) {
    const next_s = allocator.allocate(state, 0, faced, granted)
    if (!Number.isFinite(next_s)) break
    faced.now_s = next_s
  }
  return granted
}

/** Name of a granule: its module from 1, and which half of it. */
function granuleNames({ modules, matrix }: CabinetParameters, granules: number): readonly string[] {
  const areHalves = granules > modules.length && (matrix.kind === 'full' || matrix.kind === 'partial')
  if (!areHalves) return modules.map((_, module) => `${module + 1}`)
  return modules.flatMap(({ halves }, module) =>
    halves?.separable ? [`${module + 1}a`, `${module + 1}b`] : [`${module + 1}`],
  )
}

/** Both halves of a module are the module. */
function whole(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const module = name.replace(/[ab]$/, '')
    const both = names.includes(`${module}a`) && names.includes(`${module}b`)
    if (!both) return [name]
    return name.endsWith('a') ? [module] : []
  })
}

function outputsOf(question: CabinetQuestion, granted: CabinetGrants, names: readonly string[]): OutputAnswer[] {
  return question.cars.map(({ output, voltage_V, power_kW: asked_kW, priority }) => {
    const working = names.filter((_, granule) => granted.output[granule] === output && granted.awake[granule] === 1)
    return {
      ...{ output: output + 1, voltage_V, asked_kW, priority },
      power_kW: granted.power_kW[output] ?? 0,
      modules: whole(working),
      boundBy: sharingReasons[granted.boundBy[output] ?? 0] ?? 'sharing.nothing',
    }
  })
}

function idleOf(
  faced: CabinetRequests,
  granted: CabinetGrants,
  { modules }: CabinetParameters,
  names: readonly string[],
) {
  const isWell = (name: string) => (faced.health_frac[Number.parseInt(name, 10) - 1] ?? 0) > 0
  if (modules.length > granted.awake.length) return []
  return whole(names.filter((name, granule) => granted.awake[granule] === 0 && isWell(name)))
}

function lossesOf(cabinet: CabinetParameters, faced: CabinetRequests, granted: CabinetGrants): CabinetLosses {
  const losses = { modules_kW: 0, bus_kW: 0, fans_kW: 0, standby_kW: 0 }
  new CabinetLossMeter(cabinet).measure(faced, granted, granted.power_kW, losses)
  return losses
}

const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0)

/** Asks a cabinet who gets what. */
export function cabinetAnswer(found: CabinetFound, question: CabinetQuestion): CabinetAnswer {
  const { id, name, rule, confidence, assumed, sources } = found
  const policy =
    question.policy === null
      ? found.parameters.policy
      : {
          ...allocationPolicies[question.policy],
          hold_s: found.parameters.policy.hold_s,
        }
  const cabinet = { ...found.parameters, policy }
  const { modules, matrix, outputs } = cabinet
  const faced = requestsOf(cabinet, question)
  const granted = settled(cabinet, faced)
  const names = granuleNames(cabinet, granted.output.length)
  const losses = lossesOf(cabinet, faced, granted)
  const power_kW = sum(granted.power_kW)
  const shares = modules.map(({ power_kW: rated_kW }, at) => {
    return rated_kW * deratedShare(cabinet, at, question) * (faced.health_frac[at] ?? 0)
  })
  const sizes = new Set(modules.map((module) => module.power_kW))
  return {
    ...{ id, name, policy: question.policy },
    ...{ ambient_degC: question.ambient_degC, altitude_m: question.altitude_m, failed: question.failed },
    ...{ modules: modules.length, module_kW: sizes.size === 1 ? (modules[0]?.power_kW ?? null) : null },
    ...{ matrix: matrix.kind, outlets: outputs.length, available_kW: sum(shares) },
    outputs: outputsOf(question, granted, names),
    idle: matrix.kind === 'bus' ? [] : idleOf(faced, granted, cabinet, names),
    ...{ power_kW, losses },
    efficiency_frac: power_kW > 0 ? power_kW / (power_kW + sum(Object.values(losses))) : null,
    ...{ method: granted.method, isProven: granted.isProven },
    feasible: new FeasibleSets(cabinet).of(faced),
    ...{ rule, confidence, assumed, sources },
  }
}
